import type { Scratch } from '../files.ts';
import type { Uuid } from '../identifiers.ts';
import type { Actor } from '../ledger/entry.ts';
import type { LedgerAudit } from '../ledger/ledger-store.ts';
import type { Journal } from './journal.ts';
import type { Records } from './records.ts';
import type { DatabaseKeys } from './slots.ts';

/** Who appends, and how the checkpoint over what was appended is signed. */
export interface Signer {
  readonly actor: Actor;
  /** An armored detached signature over the body of a checkpoint. */
  sign(body: string): Promise<string>;
}

export interface DatabasePlace {
  /** The vault folder, absolute. */
  readonly folder: string;
  readonly vaultId: Uuid;
  /** Every key of a kind is tried, the first one first. Without `v`, vault.db stays shut. */
  readonly keys: DatabaseKeys;
  /** Asked before every commit: a rotation changes the answer. */
  readonly signer: () => Signer;
}

/** The open databases of one vault. */
export interface VaultDatabases {
  readonly ledger: LedgerAudit;
  /** An auditor's refuses with `not-allowed`. */
  readonly records: Records;
  readonly scratch: Scratch;
  readonly journal: Journal;
  /**
   * Finishes what a crash interrupted: an intent whose entry exists is applied, one without is
   * dropped.
   */
  recover(): Promise<void>;
  /** seq of the last entry whose effects are in vault.db; undefined without vault.db. */
  applied(): number | undefined;
  /** Whether every open database is under the first of these keys. */
  isUnder(keys: DatabaseKeys): boolean;
  /** Encrypts what is not under the first of these keys anew; each database at once or not. */
  rekey(keys: DatabaseKeys): void;
  /** Twice is once. */
  close(): void;
}

export interface VaultStore {
  /** Makes both databases in a folder that has none. */
  create(place: DatabasePlace): Promise<VaultDatabases>;
  /**
   * Opens both (an auditor's keys: one), checks them, and migrates them after a copy.
   * @throws DomainError `database-missing`, `database-empty`, `database-truncated`,
   * `database-plain`, `database-foreign`, `database-damaged`, `vault-newer`, `vault-busy`
   */
  open(place: DatabasePlace): Promise<VaultDatabases>;
}
