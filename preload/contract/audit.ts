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
  nothing,
  Role,
  text,
  words,
} from './fields.ts';
import { invoke, work } from './kinds.ts';
import { LedgerRow } from './ledger.ts';

/** Which entries may be drawn. */
const SampleFilter = z.strictObject({
  package: Id.optional(),
  types: list(Code, 100).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
});

const SampleAsked = z.strictObject({
  seed: words(200),
  count: z.int().min(1).max(10_000),
  /** The ledger as it was after so many entries; as it is now when absent. */
  size: count.optional(),
  filter: SampleFilter.optional(),
});

/** What somebody found about an entry. */
const Finding = z.object({
  /** The entry that says so, and the one that it is about. */
  seq: count,
  entry: count,
  at: Instant,
  text: text(4000).optional(),
  by: z.object({ fingerprint: Fingerprint, role: Role, name: text(400).optional() }),
});

const written = z.object({ name: text(1024), written: AnyFileToken });

export const audit = {
  /** Draws entries by a seed; anybody can draw the same ones again. */
  sample: work(
    SampleAsked,
    z.object({
      seed: text(200),
      count,
      size: count,
      root: Digest,
      /** How many entries it was drawn from. */
      among: count,
      /** In the order in which they were drawn, `draw` from 1; the lowest `rank` first. */
      items: list(LedgerRow.extend({ draw: count, rank: Digest }), 10_000),
    }),
  ),
  /** Draws the same again and writes it into a folder. */
  saveSample: work(
    SampleAsked.extend({ out: fileToken('out'), format: z.enum(['csv', 'json']) }),
    written,
  ),
  /** A finding about an entry, signed by who is at the window. */
  note: invoke(z.strictObject({ entry: count, text: words(4000) }), Finding),
  /** Every finding, oldest first. */
  notes: invoke(nothing, list(Finding, 1_000_000)),
} as const;
