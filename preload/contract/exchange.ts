import { z } from 'zod';
import {
  count,
  Digest,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  text,
  words,
  nothing,
} from './fields.ts';
import { Taken } from './inbox.ts';
import { invoke, work } from './kinds.ts';

/** A way to move sealed files. The folder is shown by its last part only. */
export const Channel = z.object({
  id: Id,
  name: text(100),
  kind: z.literal('folder'),
  folder: text(1024),
  addedAt: Instant,
});

/** A sealed file that waits for a channel, or went. */
export const Outgoing = z.object({
  id: Id,
  channel: Id.optional(),
  what: z.enum(['package', 'receipt', 'notice']),
  package: Id.optional(),
  fileName: text(256),
  digest: Digest,
  bytes: count,
  to: list(Fingerprint, 1000),
  state: z.enum(['waiting', 'sent', 'cancelled']),
  at: Instant,
});

const named = z.strictObject({ name: words(100) });

export const exchange = {
  channels: invoke(nothing, list(Channel, 1000)),
  addChannel: invoke(
    z.strictObject({ name: words(100), kind: z.literal('folder'), folder: fileToken('channel') }),
    Channel,
  ),
  testChannel: invoke(named, z.object({ name: text(100), ok: z.literal(true) })),
  removeChannel: invoke(named, z.object({})),
  /** Sends what waits and fetches what has come, on one channel or on all. */
  run: work(
    z.strictObject({ channel: words(100).optional() }),
    z.object({
      sent: list(
        z.object({ fileName: text(256), what: text(32), package: Id.optional() }),
        1_000_000,
      ),
      taken: list(Taken, 1_000_000),
      /** Still being copied by somebody: left for the next time. */
      incomplete: list(text(256), 1_000_000),
      refused: list(
        z.object({ fileName: text(256), code: text(64), message: text(4096) }),
        1_000_000,
      ),
    }),
  ),
  queue: invoke(nothing, list(Outgoing, 1_000_000)),
} as const;
