import { DomainError, isDomainError } from '../errors/index.ts';
import type { Scratch } from '../files.ts';
import type { Uuid } from '../identifiers.ts';
import type { LedgerAudit } from '../ledger/ledger-store.ts';
import type { Certificate, SecretKey } from '../pgp/engine.ts';
import type { AnchorPosition } from './anchor-port.ts';
import { AnchoredJournal } from './anchored-journal.ts';
import type { AnchorKeeper } from './anchors.ts';
import type { ReadLedger, VaultDatabases } from './databases-port.ts';
import { earlierOrigins } from './earlier.ts';
import type { VaultFolder } from './folder-port.ts';
import { encodeHeader, headerDigest } from './header.ts';
import type { Commit, Committed, Journal } from './journal.ts';
import type { HeaderPlan, KeyChange, Keyring } from './keyring.ts';
import type { Records } from './records.ts';
import type { Member, Session } from './session.ts';
import type { Trouble } from './trouble.ts';

export interface OpenVaultParts {
  readonly place: VaultFolder;
  readonly keyring: Keyring;
  readonly databases: VaultDatabases;
  readonly keeper: AnchorKeeper;
  readonly member: Member;
  readonly certificate: Certificate;
  readonly readOnly?: Trouble | undefined;
  /** What opening left undone because the vault is read-only; `forget` wipes what that needs. */
  readonly undone?: Undone | undefined;
  /** A change of the databases' keys waits for somebody who has all of them. */
  readonly unfinished?: boolean;
}

export interface Undone {
  finish(): Promise<void>;
  forget(): void;
}

/** An unlocked vault: the session of one member, from unlock to close. */
export class OpenVault implements Session {
  readonly folder: string;
  readonly sealedFolder: string;
  readonly vaultId: Uuid;
  readonly records: Records;
  readonly scratch: Scratch;
  readonly keyring: Keyring;
  readonly keeper: AnchorKeeper;
  readonly #place: VaultFolder;
  readonly #databases: VaultDatabases;
  readonly #member: Member;
  readonly #undone: Undone | undefined;
  #journal: Journal;
  #readOnly: Trouble | undefined;
  #unfinished: boolean;
  #certificate: Certificate;
  #closed = false;

  constructor({
    place,
    keyring,
    databases,
    keeper,
    member,
    certificate,
    readOnly,
    undone,
    unfinished = false,
  }: OpenVaultParts) {
    this.folder = place.path;
    this.sealedFolder = place.sealedFolder;
    this.vaultId = keyring.header.vaultId;
    this.keyring = keyring;
    this.keeper = keeper;
    this.records = databases.records;
    this.scratch = databases.scratch;
    this.#journal = new AnchoredJournal(databases.journal, databases.ledger, keeper, readOnly);
    this.#readOnly = readOnly;
    this.#undone = undone;
    this.#place = place;
    this.#databases = databases;
    this.#member = member;
    this.#certificate = certificate;
    this.#unfinished = unfinished;
  }

  get journal(): Journal {
    return this.#journal;
  }

  get ledger(): LedgerAudit {
    return this.#databases.ledger;
  }

  get readOnly(): Trouble | undefined {
    return this.#readOnly;
  }

  get anchorProblem(): string | undefined {
    return this.keeper.problem;
  }

  get remembered(): readonly AnchorPosition[] {
    return this.keeper.anchors.positions;
  }

  async remember(position: AnchorPosition): Promise<void> {
    await this.keeper.addWitness(position, this.ledger);
  }

  applied(): number | undefined {
    return this.#databases.applied()?.seq;
  }

  get member(): Member {
    return { ...this.#member, fingerprint: this.keyring.current.fingerprint };
  }

  get keys(): readonly SecretKey[] {
    return this.keyring.own;
  }

  get certificate(): Certificate {
    return this.#certificate;
  }

  async changeHeader(
    plan: HeaderPlan,
    commit: (header: string) => Commit,
    certificate?: Certificate,
  ): Promise<Committed> {
    return this.#decide(plan, commit, () => this.#settle(plan, certificate));
  }

  async changeKeys(
    { between, after }: KeyChange,
    commit: (header: string) => Commit,
  ): Promise<Committed> {
    return this.#decide(after, commit, async () => {
      await this.#place.replaceHeader(encodeHeader(between.header));
      this.#databases.rekey(between.keys);
      await this.#settle(after, undefined);
    });
  }

  async restart(plan: HeaderPlan, commit: (header: string) => Commit): Promise<void> {
    const { keyring, keeper } = this;
    await this.#undone?.finish();
    const header = headerDigest(plan.header);
    // The pending header is in force once genesis names it; a crash before that leaves it unused.
    await this.#place.writePendingHeader(encodeHeader(plan.header));
    await this.#databases.restart(commit(header), keyring.keys);
    await this.#place.settlePendingHeader(true);
    keyring.adopt(plan);
    this.#undone?.forget();
    this.#readOnly = undefined;
    const { journal, ledger } = this.#databases;
    this.#journal = new AnchoredJournal(journal, ledger, keeper, undefined);
    await keeper.begin(ledger, { slot: keyring.slotId, header });
  }

  earlier(): string[] {
    return earlierOrigins(this.#databases, this.keyring.keys);
  }

  openEarlier(origin: string): ReadLedger {
    return this.#databases.openEarlier(origin, this.keyring.keys);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#undone?.forget();
    this.keyring.wipe();
    try {
      this.#databases.close();
    } finally {
      await this.#place.release();
    }
  }

  /** Writes the header beside the present one, commits, and finishes what the entry decided. */
  async #decide(
    { header }: HeaderPlan,
    commit: (header: string) => Commit,
    finish: () => Promise<void>,
  ): Promise<Committed> {
    if (this.#unfinished) throw new DomainError('vault-unfinished');
    const digest = headerDigest(header);
    await this.#place.writePendingHeader(encodeHeader(header));
    let committed: Committed;
    try {
      committed = await this.journal.commit(commit(digest));
    } catch (error) {
      // When nobody knows whether it was decided, both stay, and the next opening looks again.
      if (isDomainError(error, 'commit-unsure')) this.#unfinished = true;
      else await this.#place.settlePendingHeader(false);
      throw error;
    }
    try {
      await finish();
    } catch (error) {
      this.#unfinished = true;
      throw error;
    }
    return committed;
  }

  async #settle(plan: HeaderPlan, certificate: Certificate | undefined): Promise<void> {
    await this.#place.settlePendingHeader(true);
    this.keyring.adopt(plan);
    if (certificate !== undefined) this.#certificate = certificate;
    await this.keeper.keep(this.ledger, { header: headerDigest(plan.header) });
  }
}
