import type { Digest } from '../identifiers.ts';
import type { EntryDetail, EntryType, Subject } from '../ledger/entry-types.ts';
import type { Effect } from './records.ts';

/** A salted commitment and what it hides. `digest` = hex SHA-256(salt ‖ UTF-8 of value). */
export interface Opening {
  readonly digest: Digest;
  /** 16 bytes, hex. */
  readonly salt: string;
  readonly value: string;
}

/** Bytes that an entry names by digest: kept in ledger.db, so that an auditor needs no other key. */
export interface Evidence {
  readonly sha256: Digest;
  readonly kind:
    | 'certificate'
    | 'receipt'
    | 'approval'
    | 'witness'
    | 'rotation'
    | 'recorded'
    | 'complaint'
    | 'notice'
    | 'timestamp';
  readonly bytes: Uint8Array;
  /** Binary signature packet over `bytes`, where there is one. */
  readonly signature?: Uint8Array;
}

/** One entry to be. The journal itself fills in `prevKeys`. */
export type Act = {
  [T in EntryType]: {
    readonly type: T;
    readonly subject?: Subject;
    readonly detail: Omit<EntryDetail<T>, 'prevKeys'>;
  };
}[EntryType];

/** Everything that becomes true together with some entries, or not at all. */
export interface Commit {
  readonly acts: readonly Act[];
  readonly openings?: readonly Opening[];
  readonly evidence?: readonly Evidence[];
  /** Rows of vault.db. */
  readonly effects?: readonly Effect[];
  /** Files written and synced as `from` (ends in `.partial`), renamed to `to`; absolute paths. */
  readonly renames?: readonly { readonly from: string; readonly to: string }[];
  /** Files that go (a destroyed package), absolute paths. */
  readonly removals?: readonly string[];
  /** The checkpoint leaves the vault, or has to be kept for ever for another reason. */
  readonly keepCheckpoint?: boolean;
}

export interface Committed {
  /** seq of the first and of the last entry that this commit appended. */
  readonly first: number;
  readonly last: number;
  readonly size: number;
}

/** The checkpoint as it stands: six lines, and its detached signature (armored). */
export interface SignedCheckpoint {
  readonly size: number;
  readonly body: string;
  readonly signature: string;
}

/**
 * The one way to change a vault: entries and their effects on both databases and the files, by
 * the protocol of docs/formats/vault.md. Commits run one after the other. An act is done only
 * when `commit` has answered.
 */
export interface Journal {
  commit(commit: Commit): Promise<Committed>;
  /**
   * Changes rows that no act stands behind: what the queue remembers of its own work, and what
   * the window was last told. Nothing is appended.
   */
  note(effects: readonly Effect[]): Promise<void>;
  /** The last signed checkpoint; marks it as kept when it is about to leave the vault. */
  checkpoint(options?: { leaves: boolean }): Promise<SignedCheckpoint>;
}
