import type { Digest } from '../identifiers.ts';
import type { Evidence, Opening, SignedCheckpoint } from '../vault/journal.ts';
import type { EntryType } from './entry-types.ts';

/** An entry's row: the stored bytes are the truth, the rest is a projection that `verify` checks. */
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
  readonly types?: readonly EntryType[];
  /** Inclusive instants. */
  readonly since?: string;
  readonly until?: string;
  /** Words looked for in the entry, its openings and its digests. */
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
  /** Hash of the complete subtree `index` at `level` (RFC 6962), or undefined when incomplete. */
  node(level: number, index: number): Uint8Array | undefined;
  nodes(level: number): { index: number; hash: Uint8Array }[];
  checkpoints(): KeptCheckpoint[];
  lastCheckpoint(): SignedCheckpoint | undefined;
  opening(digest: Digest): Opening | undefined;
  openings(): Opening[];
  evidence(sha256: Digest): Evidence | undefined;
  evidenceOfKind(kind: Evidence['kind']): Evidence[];
}
