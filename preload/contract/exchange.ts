import { z } from 'zod';
import {
  Code,
  count,
  Digest,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  Passphrase,
  text,
  words,
  nothing,
} from './fields.ts';
import { Taken } from './inbox.ts';
import { event, invoke, work } from './kinds.ts';

const ChannelKind = z.enum(['folder', 'sftp', 'webdav', 'email']);

/** A way to move sealed files, without its secrets. A folder is shown by its last part only. */
export const Channel = z.object({
  id: Id,
  name: text(100),
  kind: ChannelKind,
  /** A folder's name, `user@host:port/path`, a URL, or an address. */
  place: text(6000),
  /** `SHA256:…`, once it is pinned. */
  hostKey: text(64).optional(),
  addedAt: Instant,
});

/** The agency's policy that is in force. */
const PolicyInForce = z.object({
  digest: Digest,
  signer: Fingerprint,
  setAt: Instant,
  name: text(200),
  at: Instant,
  validUntil: text(10).optional(),
  channels: list(ChannelKind, 4).optional(),
  approvers: count.optional(),
  profiles: list(text(16), 2).optional(),
  retentionDays: count.optional(),
  recipients: z
    .object({
      countries: list(text(2), 300).optional(),
      fingerprints: list(Fingerprint, 1000).optional(),
    })
    .optional(),
  /** Whether the file is still what was put in force. */
  file: z.enum(['same', 'changed', 'gone']),
});
const Policies = z.object({ policy: PolicyInForce.optional() });

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
  state: z.enum(['waiting', 'paused', 'sent', 'cancelled']),
  at: Instant,
  /** Of what waits: how often it was tried, when it is tried again, and what went wrong. */
  tries: count.optional(),
  nextAt: Instant.optional(),
  problem: Code.optional(),
});

const named = z.strictObject({ name: words(100) });
/** One, or all. */
const queued = z.strictObject({ id: Id.optional() });

const Way = z.object({ proxy: text(300).optional(), hasAuthority: z.boolean() });

export const exchange = {
  channels: invoke(nothing, list(Channel, 1000)),
  addChannel: invoke(
    z.discriminatedUnion('kind', [
      z.strictObject({
        name: words(100),
        kind: z.literal('folder'),
        folder: fileToken('channel'),
      }),
      z.strictObject({
        name: words(100),
        kind: z.literal('sftp'),
        host: words(256),
        port: count.optional(),
        user: words(256),
        path: words(4096).optional(),
        password: Passphrase.optional(),
        privateKey: fileToken('private-key').optional(),
        proxy: words(300).optional(),
        limitKiB: count.optional(),
      }),
      z.strictObject({
        name: words(100),
        kind: z.literal('webdav'),
        url: words(4096),
        user: words(256),
        password: Passphrase.optional(),
        authority: fileToken('authority').optional(),
        proxy: words(300).optional(),
        limitKiB: count.optional(),
      }),
      z.strictObject({
        name: words(100),
        kind: z.literal('email'),
        host: words(256),
        port: count.optional(),
        imapHost: words(256).optional(),
        imapPort: count.optional(),
        user: words(256),
        password: Passphrase.optional(),
        from: words(320),
        to: words(320),
        largestMiB: count.optional(),
        authority: fileToken('authority').optional(),
        proxy: words(300).optional(),
        limitKiB: count.optional(),
      }),
    ]),
    Channel,
  ),
  /** Whether it works just now; the key of a server is pinned by the first test. */
  testChannel: work(named, Channel),
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
      /** Channels that did not work; what waits for them still waits. */
      failed: list(z.object({ channel: text(100), code: text(64), message: text(8192) }), 1000),
    }),
  ),
  /** What a round sends or fetches by itself just now, in bytes; nothing once it is over. */
  moved: event(z.object({ work: z.object({ done: count, total: count }).optional() })),
  queue: invoke(nothing, list(Outgoing, 1_000_000)),
  pause: invoke(queued, list(Outgoing, 1_000_000)),
  resume: invoke(queued, list(Outgoing, 1_000_000)),
  cancel: invoke(z.strictObject({ id: Id }), Outgoing),
  /** While it is on, nothing goes over a network. */
  airGap: invoke(nothing, z.object({ isOn: z.boolean() })),
  setAirGap: invoke(z.strictObject({ isOn: z.boolean() }), z.object({ isOn: z.boolean() })),
  /** The way to where certificates and time-stamps are. */
  wayOut: invoke(nothing, Way),
  setWayOut: invoke(
    z.strictObject({
      proxy: words(300).optional(),
      authority: fileToken('authority').optional(),
      /** The one that was set stays when no other is given. */
      keepsAuthority: z.boolean(),
    }),
    Way,
  ),
  policy: invoke(nothing, Policies),
  /** Puts one in force, if its signature is good. */
  setPolicy: invoke(z.strictObject({ file: fileToken('policy') }), Policies),
} as const;
