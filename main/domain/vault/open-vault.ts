import { isDomainError } from '../errors/index.ts';
import type { Scratch } from '../files.ts';
import type { Uuid } from '../identifiers.ts';
import type { LedgerAudit } from '../ledger/ledger-store.ts';
import type { Certificate, SecretKey } from '../pgp/engine.ts';
import type { AnchorPosition } from './anchor-port.ts';
import { AnchoredJournal } from './anchored-journal.ts';
import type { AnchorKeeper, ReadOnly } from './anchors.ts';
import type { VaultDatabases } from './databases-port.ts';
import type { VaultFolder } from './folder-port.ts';
import { encodeHeader, headerDigest } from './header.ts';
import type { Commit, Committed, Journal } from './journal.ts';
import type { HeaderPlan, Keyring } from './keyring.ts';
import { recordedHeader } from './membership.ts';
import type { Records } from './records.ts';
import type { Member, Session } from './session.ts';

export interface OpenVaultParts {
  readonly place: VaultFolder;
  readonly keyring: Keyring;
  readonly databases: VaultDatabases;
  readonly keeper: AnchorKeeper;
  readonly member: Member;
  readonly certificate: Certificate;
  readonly readOnly?: ReadOnly | undefined;
}

/** An unlocked vault: the session of one member, from unlock to close. */
export class OpenVault implements Session {
  readonly folder: string;
  readonly sealedFolder: string;
  readonly vaultId: Uuid;
  readonly journal: Journal;
  readonly records: Records;
  readonly ledger: LedgerAudit;
  readonly scratch: Scratch;
  readonly keyring: Keyring;
  readonly keeper: AnchorKeeper;
  readonly readOnly?: ReadOnly;
  readonly #place: VaultFolder;
  readonly #databases: VaultDatabases;
  readonly #member: Member;
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
  }: OpenVaultParts) {
    this.folder = place.path;
    this.sealedFolder = place.sealedFolder;
    this.vaultId = keyring.header.vaultId;
    this.keyring = keyring;
    this.keeper = keeper;
    this.ledger = databases.ledger;
    this.records = databases.records;
    this.scratch = databases.scratch;
    this.journal = new AnchoredJournal(databases.journal, databases.ledger, keeper, readOnly);
    if (readOnly !== undefined) this.readOnly = readOnly;
    this.#place = place;
    this.#databases = databases;
    this.#member = member;
    this.#certificate = certificate;
  }

  get remembered(): readonly AnchorPosition[] {
    return this.keeper.anchors.positions;
  }

  applied(): number | undefined {
    return this.#databases.applied();
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
    const digest = headerDigest(plan.header);
    await this.#place.writePendingHeader(encodeHeader(plan.header));
    try {
      const committed = await this.journal.commit(commit(digest));
      await this.#settle(plan, certificate);
      return committed;
    } catch (error) {
      // The next opening decides which of the two is in force, so both have to stay.
      if (isDomainError(error, 'commit-unsure')) throw error;
      // The entry decides: with it the header is in force, whatever failed afterwards.
      if (recordedHeader(this.ledger) === digest) await this.#settle(plan, certificate);
      else await this.#place.settlePendingHeader(false);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.keyring.wipe();
    try {
      this.#databases.close();
    } finally {
      await this.#place.release();
    }
  }

  async #settle(plan: HeaderPlan, certificate: Certificate | undefined): Promise<void> {
    await this.#place.settlePendingHeader(true);
    this.keyring.adopt(plan);
    if (certificate !== undefined) this.#certificate = certificate;
    await this.keeper.keep(this.ledger, { header: headerDigest(plan.header) });
  }
}
