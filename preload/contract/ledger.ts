import { z } from 'zod';
import {
  AnyFileToken,
  Code,
  count,
  Country,
  Day,
  Digest,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  Role,
  text,
  words,
  nothing,
} from './fields.ts';
import { event, invoke, work } from './kinds.ts';

const Problem = z.object({ seq: count.optional(), code: text(64), message: text(4096).optional() });

/** The ledger chip: how far, and since when it is known to be good. */
export const LedgerStatus = z.object({
  /** Number of entries. */
  size: count,
  origin: text(100),
  /** Hex. */
  root: text(64),
  head: text(64),
  state: z.enum(['verified', 'not-verified', 'broken']),
  /** The last verification: how many entries, and when. */
  verified: z.object({ entries: count, at: Instant }).optional(),
  /** The first thing found wrong. */
  problem: Problem.optional(),
  /** Why this computer cannot remember where the ledger stands, when it cannot. */
  anchorProblem: text(4096).optional(),
});
export type LedgerStatus = z.infer<typeof LedgerStatus>;

export const LedgerFilter = z.strictObject({
  package: Id.optional(),
  case: Id.optional(),
  contact: Fingerprint.optional(),
  actor: Fingerprint.optional(),
  country: Country.optional(),
  /** `kind` or `outcome` of the detail, such as `accepted`. */
  outcome: Code.optional(),
  types: list(Code, 100).optional(),
  /** `YYYY-MM-DDTHH:MM:SSZ`, inclusive. */
  since: Instant.optional(),
  until: Instant.optional(),
  text: text(400).optional(),
});
export type LedgerFilter = z.infer<typeof LedgerFilter>;

/** What of the ledger goes into a bundle of evidence. */
export const ExportFilter = z.strictObject({
  /** Reference or id. */
  case: words(400).optional(),
  package: Id.optional(),
  /** A day or a moment, inclusive. */
  since: words(32).optional(),
  until: words(32).optional(),
  /** Leaves out texts, receipts, approvals and recorded documents. */
  redacted: z.boolean().optional(),
});
export type ExportFilter = z.infer<typeof ExportFilter>;

/** One entry for the table, with the names that its identifiers stand for. */
export const LedgerRow = z.object({
  seq: count,
  at: Instant,
  type: text(64),
  actor: z.object({ fingerprint: Fingerprint, role: Role, name: text(400).optional() }),
  package: z.object({ id: Id, title: text(400).optional() }).optional(),
  case: z.object({ id: Id, reference: text(400).optional() }).optional(),
  contact: z.object({ fingerprint: Fingerprint, name: text(400).optional() }).optional(),
  /** As the entry has them: ids, codes, counts, digests. */
  subject: z.record(text(64), text(128)),
  detail: z.record(text(64), z.json()),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

/** Which rows: see `page`. */
export const LedgerPage = z.strictObject({
  filter: LedgerFilter.optional(),
  order: z.enum(['ascending', 'descending']).optional(),
  after: count.optional(),
  skip: count.optional(),
  limit: z.int().min(1).max(500),
});
export const LedgerRows = z.object({ rows: list(LedgerRow, 500) });

/** One entry as it stands, with what proves that it stands there. */
export const LedgerEntry = z.object({
  row: LedgerRow,
  /** The canonical text, whose bytes are hashed. */
  text: text(8192),
  /** Hex SHA-256 of these bytes: `prev` of the next entry. */
  hash: Digest,
  /** RFC 6962 inclusion in the tree of `size` entries; hashes are hex. */
  proof: z.object({ leaf: Digest, size: count, root: Digest, hashes: list(Digest, 64) }),
  checkpoint: z.object({ body: text(4096), signature: text(16_384) }),
  /** What was checked just now: chain, proof, the checkpoint's signature. */
  verified: z.object({ chain: z.boolean(), inclusion: z.boolean(), checkpoint: z.boolean() }),
  /** Texts behind the entry's commitments, as far as they are kept. */
  openings: list(z.object({ digest: Digest, salt: text(64), value: text(16_384) }), 64),
  /** Digests of documents that the entry names, as far as they are kept. */
  evidence: list(z.object({ sha256: Digest, kind: text(32), signed: z.boolean() }), 64),
});

const Person = z.object({ fingerprint: Fingerprint, name: text(400).optional() });

/** What the entries name, to choose a filter from: of cases and packages the newest. */
export const LedgerChoices = z.object({
  types: list(Code, 500),
  actors: list(Person, 500),
  contacts: list(Person, 500),
  cases: list(z.object({ id: Id, reference: text(400).optional() }), 500),
  packages: list(z.object({ id: Id, title: text(400).optional() }), 500),
  countries: list(Country, 500),
  outcomes: list(Code, 500),
});

/** One act in the life of a package, ours or theirs. */
export const TimelineStamp = z.object({
  seq: count,
  at: Instant,
  side: z.enum(['ours', 'theirs']),
  type: text(64),
  outcome: Code.optional(),
  person: text(400).optional(),
  signature: z.enum(['signed', 'receipt', 'recorded', 'failed']),
});

/** What History looks for, as its form has it. */
export const ViewFilter = z.strictObject({
  text: words(400).optional(),
  acts: Code.optional(),
  type: Code.optional(),
  from: Day.optional(),
  to: Day.optional(),
  actor: Fingerprint.optional(),
  contact: Fingerprint.optional(),
  case: Id.optional(),
  package: Id.optional(),
  country: Country.optional(),
  outcome: Code.optional(),
});

export const SavedView = z.object({ id: Id, name: text(80), filter: ViewFilter });

/** A moment, whole seconds. */
const Moment = z.iso.datetime({ precision: 0 });

export const ledger = {
  status: invoke(nothing, LedgerStatus),
  /**
   * Rows after the entry `after` in the chosen order, passing over `skip` of them first. Newest
   * first unless said otherwise.
   */
  page: invoke(LedgerPage, LedgerRows),
  /** How many entries the filter finds. */
  count: invoke(z.strictObject({ filter: LedgerFilter.optional() }), z.object({ count })),
  choices: invoke(nothing, LedgerChoices),
  /**
   * For each moment, in ascending order, how many of the entries that the filter finds are older:
   * so where a day or a month begins in the list.
   */
  places: invoke(
    z.strictObject({ filter: LedgerFilter.optional(), at: list(Moment, 500) }),
    z.object({ older: list(count, 500) }),
  ),
  /** One entry as it stands, with what proves that it stands there. */
  entry: invoke(z.strictObject({ seq: count }), LedgerEntry),
  /** The life of a package on both sides, each act with its signature as it was checked just now. */
  timeline: invoke(z.strictObject({ package: Id }), list(TimelineStamp, 500)),
  /** Writes what the filter finds, newest first, to the file that the person named. */
  list: work(
    z.strictObject({
      filter: LedgerFilter.optional(),
      format: z.enum(['csv', 'jsonl']),
      out: fileToken('save'),
    }),
    z.object({ entries: count, name: text(1024), written: AnyFileToken }),
  ),
  /** Filters that were given a name. */
  views: invoke(nothing, list(SavedView, 100)),
  saveView: invoke(z.strictObject({ name: words(80), filter: ViewFilter }), SavedView),
  dropView: invoke(z.strictObject({ id: Id }), z.object({})),
  verify: work(
    z.strictObject({}),
    z.object({
      verified: z.boolean(),
      entries: count,
      root: text(64),
      head: text(64),
      problems: list(Problem, 1000),
    }),
  ),
  export: work(
    z.strictObject({
      out: fileToken('out'),
      /** All of the ledger, with names and words, unless told. */
      filter: ExportFilter.optional(),
    }),
    /** `matched` of the entries were asked for; the others prove who could make them. */
    z.object({ entries: count, matched: count, name: text(1024), written: AnyFileToken }),
  ),
  /** Writes one document that proves this entry, to the file that the person named. */
  prove: invoke(
    z.strictObject({ seq: count, out: fileToken('save') }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
  /** Everything outside the ledger that remembers it, and how the ledger stands to it. */
  anchors: invoke(
    nothing,
    list(
      z.object({
        where: text(128),
        /** Of a counterparty. */
        name: text(400).optional(),
        size: count,
        root: text(64),
        at: Instant,
        verdict: z.enum(['same', 'ahead-consistent', 'continued', 'rollback', 'fork']),
      }),
      100_000,
    ),
  ),
  /** The ledgers that this one continues, the latest first. */
  earlier: invoke(
    nothing,
    list(
      z.object({
        origin: text(100),
        size: count,
        root: text(64),
        /** The last entry that is known to be lost; size − 1 when none is. */
        lostTo: z.union([count, z.literal('unknown')]),
      }),
      1000,
    ),
  ),
  exportEarlier: work(
    z.strictObject({ origin: text(100), out: fileToken('out') }),
    z.object({ entries: count, name: text(1024), written: AnyFileToken }),
  ),
  /** Something was appended: `size` is the new number of entries. */
  appended: event(z.object({ size: count, types: list(text(64), 64).optional() })),
} as const;
