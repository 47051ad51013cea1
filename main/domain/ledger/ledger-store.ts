import type { Digest } from '../identifiers.ts';
import type { Evidence, Opening, SignedCheckpoint } from '../vault/journal.ts';
import type { EntryType } from './entry-types.ts';
import type { Tag } from './words.ts';

/** An entry's row. The stored bytes are the truth; the other members are read from them. */
export interface EntryRow {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly type: EntryType;
  readonly at: string;
  readonly actor: string;
  readonly package?: string;
  readonly case?: string;
  readonly contact?: string;
}

export interface LedgerQuery {
  readonly package?: string;
  readonly case?: string;
  readonly contact?: string;
  /** Fingerprint of the member who acted. */
  readonly actor?: string;
  readonly types?: readonly EntryType[];
  /** `kind` or `outcome` of the detail, such as `accepted`. */
  readonly outcome?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** Inclusive instants. */
  readonly since?: string;
  readonly until?: string;
  /** Words looked for in the entry, its openings and its digests; all have to occur. */
  readonly text?: string;
  readonly order?: 'ascending' | 'descending';
  readonly limit?: number;
  /** Continue after this seq in the chosen order. */
  readonly after?: number;
}

/** A kept checkpoint. */
export interface KeptCheckpoint extends SignedCheckpoint {
  /** Why it is kept for ever: the last of one actor's run, every 4096th, or it left the vault. */
  readonly kept: 'last' | 'run' | 'round' | 'left';
}

/** Reads ledger.db. Appends go through the journal alone. */
export interface LedgerStore {
  size(): number;
  entry(seq: number): EntryRow | undefined;
  /** Rows from `from` to before `to`, ascending. */
  entries(from: number, to: number): EntryRow[];
  query(query: LedgerQuery): EntryRow[];
  count(query: LedgerQuery): number;
  /**
   * Where the row stands that is found after `place` others, however many these are; undefined
   * when there are not so many. `limit` says nothing here.
   */
  seqAt(query: LedgerQuery, place: number): number | undefined;
  /** What the words with a tag name, such as every country: at most `limit`, in lower case. */
  named(tag: Tag, limit: number): string[];
  /** The seqs below `size` that a filter finds, ascending; its order, limit and `after` take no part. */
  seqs(query: LedgerQuery, size: number): Uint32Array;
  /** Hash of the complete subtree `index` at `level` (RFC 6962), or undefined when incomplete. */
  node(level: number, index: number): Uint8Array | undefined;
  nodes(level: number): { index: number; hash: Uint8Array }[];
  checkpoints(): KeptCheckpoint[];
  lastCheckpoint(): SignedCheckpoint | undefined;
  opening(digest: Digest): Opening | undefined;
  openings(): Opening[];
  /** Of every text that is kept, ascending. */
  openingDigests(): Digest[];
  evidence(sha256: Digest): Evidence | undefined;
  evidenceOfKind(kind: Evidence['kind']): Evidence[];
  /** Of everything of a kind, ascending: the bytes are asked for one by one. */
  evidenceDigests(kind: Evidence['kind']): Digest[];
}

/** The store as the verifier goes through it: all of it, in bulk. */
export interface LedgerAudit extends LedgerStore {
  /** Entries' bytes by ascending seq, without gaps being marked. */
  bytesBetween(from: number, to: number): Uint8Array[];
  /**
   * The same as text, in a third less time: bytes that are no UTF-8 become U+FFFD, and more than
   * 4 KiB an empty text.
   */
  textsBetween(from: number, to: number): string[];
  seqsBetween(from: number, to: number): number[];
  /** The smallest seq that is not below `from`. */
  nextSeq(from: number): number | undefined;
  /** Evidence of a kind by digest, after `after`: at most `limit`. */
  evidenceAfter(kind: Evidence['kind'], after: Digest, limit: number): Evidence[];
  /** Openings in the order in which they were stored, at most `limit`, after a row number. */
  openingsFrom(row: number, limit: number): { readonly row: number; readonly opening: Opening }[];
  nodeCount(): number;
  /**
   * Which stored nodes of a level, from index `from` on, are missing or differ from `hashes`
   * (32 bytes each, one after the other).
   */
  unequalNodes(level: number, from: number, hashes: Uint8Array): number[];
  /**
   * Whether the full-text index holds together. All its words can be there and a search miss them
   * all the same, when the way that it takes to them was changed.
   */
  indexIsWhole(): boolean;
  /** For every word of the full-text index, the sum of `weigh` over its entries, modulo 2^32. */
  sumPostings(weights: PostingWeights, visit: (word: string, sum: number) => void): void;
  /** Every word of the full-text index with every entry that has it. */
  eachPosting(visit: (word: string, seq: number) => void): void;
}

/** Four secret numbers from 1 to 2^20, drawn anew for each verification. */
export type PostingWeights = readonly [number, number, number, number];

export const WEIGHT_PRIMES = [524287, 524269] as const;

/**
 * A number below 2^38 that nobody can predict without the weights: sums of it, modulo 2^32, tell
 * whether two sets of entries are the same. Exact in doubles, and computed by SQL in the same way.
 * @param seq below 2^32
 */
export function weigh(weights: PostingWeights, seq: number): number {
  const [a, b, c, d] = weights;
  const [p, q] = WEIGHT_PRIMES;
  return ((seq * a + b) % p) * ((seq * c + d) % q);
}
