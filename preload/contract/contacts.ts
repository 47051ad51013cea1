import { z } from 'zod';
import {
  Blocker,
  CertificateFacts,
  Code,
  count,
  Country,
  Day,
  Digest,
  fileToken,
  Fingerprint,
  Instant,
  list,
  text,
  words,
  nothing,
} from './fields.ts';
import { invoke, work } from './kinds.ts';

export const METHODS = ['in-person', 'video', 'phone', 'letter', 'official-list', 'other'] as const;
export const Method = z.enum(METHODS);

/** Where a text was found, when it was. */
const Via = z.enum(['wkd', 'keyserver']);

const Decided = z.object({ reason: text(4000), by: Fingerprint, at: Instant });

export const Contact = z.object({
  fingerprint: Fingerprint,
  name: text(200),
  email: text(1024).optional(),
  organisation: text(200).optional(),
  country: text(64).optional(),
  state: z.enum(['verified', 'unverified', 'conflict', 'blocked', 'unusable']),
  addedAt: Instant,
  verification: z
    .object({ method: Method, note: text(4000).optional(), by: Fingerprint, at: Instant })
    .optional(),
  exception: Decided.optional(),
  blocked: Decided.optional(),
  /** The other key that claims the same address. */
  conflictsWith: Fingerprint.optional(),
  /** Their ledger is not what we saw of it, and nobody has acknowledged that yet. */
  ledgerAlarm: z
    .object({
      kind: z.enum(['restarted', 'fork', 'rollback']),
      at: Instant,
      known: z.object({ size: count, at: Instant }),
      seen: z.object({ size: count, at: Instant }),
      canComplain: z.boolean(),
      complainedAt: Instant.optional(),
    })
    .optional(),
  mandate: z
    .object({ fileName: text(1024), sha256: Digest, until: text(32).optional() })
    .optional(),
  facts: CertificateFacts,
  /** What stands against sealing to this contact. */
  blockers: list(Blocker, 64),
  warnings: list(Code, 64),
});
export type Contact = z.infer<typeof Contact>;

/** A certificate: a chosen file, or pasted text. */
const source = {
  file: fileToken('certificate').optional(),
  text: z
    .string()
    .min(1)
    .max(1024 * 1024)
    .optional(),
};
const described = {
  name: words(200).optional(),
  organisation: words(200).optional(),
  country: Country.optional(),
  mandate: z.strictObject({ file: fileToken('evidence'), until: Day.optional() }).optional(),
};
const oneSource = (given: { file?: unknown; text?: unknown }) =>
  (given.file === undefined) !== (given.text === undefined);
const named = { fingerprint: Fingerprint };

export const contacts = {
  list: invoke(nothing, list(Contact, 100_000)),
  show: invoke(z.strictObject(named), Contact),
  /** What a certificate says, without taking it in. The file's token can be used again. */
  look: invoke(
    z.strictObject(source).refine(oneSource),
    z.object({
      facts: CertificateFacts,
      /** A contact with this key is there already. */
      known: z.boolean(),
      /** Fingerprints of contacts with the same address and another key. */
      rivals: list(Fingerprint, 1000),
    }),
  ),
  /**
   * Looks where a certificate is published: at the address's own domain, or at the key server that
   * is named. Nothing is taken in.
   */
  find: work(
    z.strictObject({ address: words(320), server: words(300).optional() }),
    z.object({ text: text(1024 * 1024), via: Via, host: text(300) }),
  ),
  /** Asks where contacts publish their certificates; another key is never taken in. */
  renew: work(
    nothing,
    list(
      z.object({
        fingerprint: Fingerprint,
        name: text(1024),
        outcome: z.enum(['updated', 'unchanged', 'other-key', 'failed']),
        isRevoked: z.boolean(),
        code: Code.optional(),
      }),
      1_000_000,
    ),
  ),
  renewals: invoke(nothing, z.object({ isDaily: z.boolean() })),
  setRenewals: invoke(z.strictObject({ isDaily: z.boolean() }), z.object({ isDaily: z.boolean() })),
  /** Takes a certificate in; the same key again brings it up to date. */
  add: invoke(
    z.strictObject({ ...source, ...described, via: Via.optional() }).refine(oneSource),
    Contact.extend({ outcome: z.enum(['added', 'updated', 'unchanged']) }),
  ),
  /** What we say about a contact: name, organisation, country, mandate. */
  change: invoke(z.strictObject({ ...named, ...described }), Contact),
  verify: invoke(
    z.strictObject({ ...named, method: Method, note: words(4000).optional() }),
    Contact,
  ),
  settle: invoke(
    z.strictObject({ ...named, keep: z.enum(['old', 'new']), note: words(4000) }),
    Contact,
  ),
  block: invoke(z.strictObject({ ...named, reason: words(4000) }), Contact),
  except: invoke(z.strictObject({ ...named, reason: words(4000) }), Contact),
  /** What was seen of their ledger last counts from now on. */
  acknowledge: invoke(z.strictObject({ ...named, reason: words(2000) }), Contact),
  /** A signed complaint about their ledger, which waits to be sent. */
  complain: invoke(z.strictObject(named), Contact),
} as const;
