import { z } from 'zod';
import {
  AnyFileToken,
  count,
  Country,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  Role,
  text,
  words,
} from './fields.ts';
import { invoke } from './kinds.ts';

/** Small counts are hidden in the public form. */
const Shown = z.union([count, z.literal('<5')]);
const Share = z.object({ of: Shown, among: Shown });
const Spread = z.object({
  count: Shown,
  /** Whole seconds. */
  median: Shown.optional(),
  p90: Shown.optional(),
});
const Spreads = list(Spread.extend({ code: text(64) }), 1000);
const Tally = list(z.object({ code: text(64), count: Shown }), 1000);

/** See docs/formats/indicators.md. */
const Indicators = z.object({
  volume: z.object({ released: Shown, requested: Shown, received: Shown, cases: Shown }),
  timeToRepatriation: Spread.extend({ byInstrument: Spreads, byCountry: Spreads }),
  decisionTime: Spread,
  firstResponseTime: Spread,
  recovery: Share,
  offers: Share,
  acceptance: Share,
  refusals: z.object({ ours: Tally, theirs: Tally }),
  specialCategories: Share,
  minimisation: Share,
  overdueRetention: Share,
  certificates: Share,
  exceptions: Tally,
  outstandingReceipts: Share,
  within72Hours: Share,
});

/** Days or moments, inclusive; without `until` the ledger's end. */
const period = { since: words(32).optional(), until: words(32).optional() };
const Asked = z.strictObject({ ...period, isPublic: z.boolean().optional() });

const Person = z.object({ fingerprint: Fingerprint, name: text(400).optional() });

/** One act on personal data: who, when, why, to whom. */
const Disclosure = z.object({
  seq: count,
  at: Instant,
  act: z.enum(['collection', 'alteration', 'consultation', 'disclosure', 'transfer', 'erasure']),
  by: Person,
  role: Role,
  package: Id.optional(),
  case: Id.optional(),
  reference: text(400).optional(),
  instrument: text(64).optional(),
  legalBasis: list(text(64), 40),
  purposes: list(text(64), 40),
  people: list(Person, 1000),
  countries: list(Country, 100),
  categories: list(text(64), 100),
  affected: count.optional(),
});

export const reports = {
  indicators: invoke(
    Asked,
    z.object({
      format: text(32),
      ledger: text(100),
      entries: count,
      since: Instant.optional(),
      until: Instant,
      public: z.boolean(),
      indicators: Indicators,
    }),
  ),
  /** The newest rows of the disclosure log, newest first, and how many there are. */
  disclosures: invoke(
    z.strictObject(period),
    z.object({ rows: list(Disclosure, 500), total: count }),
  ),
  /** Writes one of them, all of it, to the file that the person named. */
  save: invoke(
    Asked.extend({
      what: z.enum(['indicators', 'disclosures']),
      form: z.enum(['csv', 'json']),
      out: fileToken('save'),
    }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
} as const;
