import { z } from 'zod';
import {
  Code,
  count,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  Params,
  text,
  nothing,
} from './fields.ts';
import { invoke, work } from './kinds.ts';
import { PackageState } from './packages.ts';

/** What came in: verified, or quarantined with its reason. */
export const InboxItem = z.object({
  id: Id,
  state: z.union([PackageState, z.literal('quarantined')]),
  at: Instant,
  bytes: count,
  /** Quarantined: why, in words, and whether trying again can help. */
  code: text(64).optional(),
  message: text(4096).optional(),
  hint: text(4096).optional(),
  params: Params.optional(),
  retry: z.boolean().optional(),
  /** Taken in: who and what. */
  title: text(400).optional(),
  sender: Fingerprint.optional(),
  senderName: text(400).optional(),
  files: count.optional(),
  warnings: list(Code, 64).optional(),
});
export type InboxItem = z.infer<typeof InboxItem>;

export const Taken = z.object({
  id: text(64),
  kind: z.enum(['package', 'receipt', 'notice']),
  state: text(32),
  /** The same bytes were taken in before: nothing new happened. */
  repeated: z.boolean(),
  entry: count,
  warnings: list(Code, 64),
});

/** One file's fate, when several were taken in at once. */
const Fate = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), name: text(1024), taken: Taken }),
  z.object({
    ok: z.literal(false),
    name: text(1024),
    code: text(64),
    message: text(4096),
    hint: text(4096).optional(),
    params: Params.optional(),
  }),
]);

export const inbox = {
  list: invoke(nothing, list(InboxItem, 1_000_000)),
  /** Verifies each file and takes it in; one that fails does not stop the others. */
  take: work(
    z.strictObject({ files: list(fileToken('sealed'), 1000) }),
    z.object({ files: list(Fate, 1000) }),
  ),
  retry: work(z.strictObject({ id: Id }), Taken),
} as const;
