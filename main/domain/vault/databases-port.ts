import type { Scratch } from '../files.ts';
import type { Uuid } from '../identifiers.ts';
import type { Actor } from '../ledger/entry.ts';
import type { LedgerAudit } from '../ledger/ledger-store.ts';
import type { Commit, Journal } from './journal.ts';
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

/** What vault.db says was done: the last entry whose effects stand in it, and of which ledger. */
export interface Applied {
  readonly seq: number;
  /** Absent in a vault.db that was last written before ledgers were told apart. */
  readonly origin?: string;
}

/** A ledger of this vault that is only read, until `close`. */
export interface ReadLedger {
  readonly ledger: LedgerAudit;
  readonly close: () => void;
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
  /** Undefined without vault.db, and before the first entry that had effects. */
  applied(): Applied | undefined;
  /**
   * Puts a new ledger that begins with `commit` in the place of this one, which is kept to be
   * read. A crash at any step leaves the one or the other. vault.db has to be there.
   * @throws DomainError `disk-full`, `not-writable`: the ledger stands as it did
   */
  restart(commit: Commit, keys: DatabaseKeys): Promise<void>;
  /** Origins of the ledgers that were kept by `restart`, in no order. */
  earlier(): string[];
  /** @throws DomainError `ledger-unknown`, `database-*` */
  openEarlier(origin: string, keys: DatabaseKeys): ReadLedger;
  /** Whether every database is under the first of these keys, those of earlier ledgers as well. */
  isUnder(keys: DatabaseKeys): boolean;
  /**
   * Encrypts what is not under the first of these keys anew; each database at once or not. The
   * others are tried on the earlier ledgers.
   */
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
