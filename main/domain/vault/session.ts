import type { Scratch } from '../files.ts';
import type { Country, Fingerprint, Role, Uuid } from '../identifiers.ts';
import type { LedgerAudit } from '../ledger/ledger-store.ts';
import type { Certificate, SecretKey } from '../pgp/engine.ts';
import type { AnchorPosition } from './anchor-port.ts';
import type { ReadLedger } from './databases-port.ts';
import type { Commit, Committed, Journal } from './journal.ts';
import type { HeaderPlan, KeyChange, Keyring } from './keyring.ts';
import type { Records } from './records.ts';
import type { Trouble } from './trouble.ts';

/** Who somebody says they are. Stands in the ledger only as a commitment (JCS of this object). */
export interface Identity {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly country: Country;
}

export interface Member extends Identity {
  readonly id: Uuid;
  readonly role: Role;
  readonly fingerprint: Fingerprint;
}

/**
 * An unlocked vault, as the services see it. It ends with `close`: keys are wiped, databases
 * closed, the lock file removed. After a rollback or a fork was found it is `readOnly`.
 */
export interface Session {
  readonly folder: string;
  /** `<folder>/sealed`: OpenPGP ciphertext only. */
  readonly sealedFolder: string;
  readonly vaultId: Uuid;
  readonly member: Member;
  /** Own secret keys of this member, the current one first, retired ones after. */
  readonly keys: readonly SecretKey[];
  readonly certificate: Certificate;
  readonly journal: Journal;
  readonly records: Records;
  readonly ledger: LedgerAudit;
  /** Where this computer and counterparties remember this ledger to be, as far as it is known here. */
  readonly remembered: readonly AnchorPosition[];
  /** seq of the last entry whose effects are in vault.db; undefined without one. */
  applied(): number | undefined;
  readonly scratch: Scratch;
  /** Why nothing may be appended, when nothing may. */
  readonly readOnly: Trouble | undefined;
  /**
   * Remembers outside the vault what a counterparty saw of this ledger. What contradicts it is
   * kept beside what agrees, and makes the vault read-only at the next unlock.
   */
  remember(position: AnchorPosition): Promise<void>;
  /** Why the last anchor outside the vault could not be written, when it could not. */
  readonly anchorProblem: string | undefined;
  /**
   * Goes on from a troubled ledger: `commit` begins a new one, which is put in its place together
   * with the planned header. From then on nothing is read-only.
   */
  restart(plan: HeaderPlan, commit: (header: string) => Commit): Promise<void>;
  /** Origins of the ledgers that the present one continues, the latest first. */
  earlier(): string[];
  /** @throws DomainError `ledger-unknown`, `database-*` */
  openEarlier(origin: string): ReadLedger;
  /** The slots of vault.json; the only holder of the databases' keys. */
  readonly keyring: Keyring;
  /**
   * Puts a planned header in force together with an entry that carries its digest: written beside
   * the present one, committed, renamed. After a crash the ledger says which one is in force.
   * `certificate` is the member's, when the plan changes it.
   */
  changeHeader(
    plan: HeaderPlan,
    commit: (header: string) => Commit,
    certificate?: Certificate,
  ): Promise<Committed>;
  /** The same for new database keys: both databases are encrypted anew before it has answered. */
  changeKeys(change: KeyChange, commit: (header: string) => Commit): Promise<Committed>;
  /** Wipes keys, closes the databases, removes the lock file. Twice is once. */
  close(): Promise<void>;
}
