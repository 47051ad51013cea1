import { z } from 'zod';
import {
  AnyFileToken,
  Code,
  count,
  Digest,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  Params,
  text,
  words,
} from './fields.ts';
import { invoke, work } from './kinds.ts';
import { LedgerEntry, LedgerFilter, LedgerPage, LedgerRows } from './ledger.ts';

const Owner = z.object({ fingerprint: Fingerprint, name: text(400).optional() });

/** A bundle that was opened: what a stranger's check says of it. */
export const OpenBundle = z.object({
  id: Id,
  /** The last part of its path. */
  name: text(1024),
  /**
   * `failed`: something is wrong, and its entries are not shown. `unchecked`: nothing is wrong, but
   * some signature cannot be judged here. `sound`: everything fits; whether the signer is the right
   * one is what `confirmed` says.
   */
  state: z.enum(['failed', 'unchecked', 'sound']),
  scope: z.enum(['whole', 'part']).optional(),
  redacted: z.boolean(),
  /** Entries in the bundle, and in the ledger that its checkpoint signs. */
  entries: count,
  size: count,
  origin: text(100),
  root: text(64),
  head: text(64),
  /** Who made the bundle, and when. */
  by: Owner.optional(),
  at: Instant.optional(),
  /** Who signed the last checkpoint. Names are what certificates in the bundle say. */
  signer: Owner.optional(),
  /** Up to which size a key signed that the person said they know; 0 without one. */
  confirmed: count,
  confirmedBy: Owner.optional(),
  problems: list(
    z.object({ place: text(400), code: text(64), message: text(4096), seq: count.optional() }),
    2000,
  ),
  /** Signatures that could not be judged, and what is said besides. */
  unchecked: list(text(4096), 1000),
  notes: list(text(4096), 1000),
});
export type OpenBundle = z.infer<typeof OpenBundle>;

const PairState = z.enum(['equal', 'pending', 'only-in-a', 'only-in-b', 'differs']);

/** What one ledger says of a package. */
const Side = z.object({
  sealedAt: Instant.optional(),
  sentAt: Instant.optional(),
  arrivedAt: Instant.optional(),
  manifest: Digest.optional(),
  sealed: Digest.optional(),
  files: count.optional(),
  bytes: count.optional(),
  /** What was done with it, or let known: `accepted`, `destroyed`. */
  outcomes: list(z.object({ kind: text(64), at: Instant }), 64),
});

const Pair = z.object({
  package: Id,
  recipient: Owner,
  sender: z.enum(['a', 'b']),
  state: PairState,
  a: Side.optional(),
  b: Side.optional(),
  /** Each with a sentence, and the same as a key and values for the window's own words. */
  differences: list(z.object({ code: Code, reason: Code, params: Params, text: text(4096) }), 1000),
});

const both = { a: Id, b: Id };

export const bundles = {
  /** Verifies a bundle, a folder or a tar of one, and keeps it open. No vault is needed. */
  open: work(z.strictObject({ bundle: fileToken('bundle') }), OpenBundle),
  /** The person knows this fingerprint from elsewhere; it may be typed in groups. */
  trust: invoke(z.strictObject({ id: Id, fingerprint: words(200) }), OpenBundle),
  page: invoke(LedgerPage.extend({ id: Id }), LedgerRows),
  count: invoke(z.strictObject({ id: Id, filter: LedgerFilter.optional() }), z.object({ count })),
  entry: invoke(z.strictObject({ id: Id, seq: count }), LedgerEntry),
  /** Compares two open bundles, package by package and recipient by recipient. */
  compare: work(
    z.strictObject(both),
    z.object({
      totals: z.object({
        equal: count,
        pending: count,
        'only-in-a': count,
        'only-in-b': count,
        differs: count,
      }),
    }),
  ),
  /** Pairs of the comparison, by package. */
  pairs: invoke(
    z.strictObject({
      ...both,
      states: list(PairState, 5).optional(),
      skip: count,
      limit: z.int().min(1).max(500),
    }),
    z.object({ count, pairs: list(Pair, 500) }),
  ),
  /** Writes the comparison into a folder. */
  save: work(
    z.strictObject({ ...both, out: fileToken('out'), format: z.enum(['csv', 'json']) }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
  close: invoke(z.strictObject({ id: Id }), z.object({})),
} as const;
