import type { Files } from '../domain/files.ts';
import type { CertificateDirectory } from '../domain/certificates/directory-port.ts';
import { DomainError } from '../domain/errors/index.ts';
import { newId } from '../domain/new-id.ts';
import type { Party } from '../domain/packages/fields.ts';
import type { Engine } from '../domain/pgp/engine.ts';
import type { Tables } from '../domain/tables/table-port.ts';
import type { Carriers } from '../domain/transfers/carrier-port.ts';
import type { Clock, Random } from '../domain/ports.ts';
import { instant, type Instant } from '../domain/time.ts';
import { makeOpening } from '../domain/ledger/opening.ts';
import { requireWritable } from '../domain/vault/anchored-journal.ts';
import type { Commit, Committed, Opening } from '../domain/vault/journal.ts';
import type { Session } from '../domain/vault/session.ts';

/** What every service is handed, open vault or not. */
export interface Tools {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly tables: Tables;
  readonly carriers: Carriers;
  readonly directory: CertificateDirectory;
}

/**
 * An open vault with the tools to work on it: what a service holds between unlock and lock.
 * It adds the few things that every service would otherwise write again.
 */
export class Desk {
  readonly session: Session;
  readonly tools: Tools;

  constructor(session: Session, tools: Tools) {
    this.session = session;
    this.tools = tools;
  }

  now(): Date {
    return this.tools.clock.now();
  }

  at(): Instant {
    return instant(this.now());
  }

  /** This member as the documents name who sends or signs them. */
  party(): Required<Party> {
    const { name, organisation, country, fingerprint } = this.session.member;
    return { name, organisation, country, fingerprint };
  }

  newId(): string {
    return newId(this.tools.clock, this.tools.random);
  }

  /** A salted commitment to a text that must not stand in the ledger in clear. */
  opening(value: string): Opening {
    return makeOpening(value, this.tools.random);
  }

  /** A path in the vault's folder of ciphertext. */
  sealed(fileName: string): string {
    return this.tools.files.join(this.session.sealedFolder, fileName);
  }

  /**
   * Appends entries with their effects.
   * @throws DomainError `ledger-read-only` while a rollback or a fork waits for a decision
   */
  async commit(commit: Commit): Promise<Committed> {
    this.assertWritable();
    return this.session.journal.commit(commit);
  }

  /** @throws DomainError `ledger-read-only` */
  assertWritable(): void {
    requireWritable(this.session.readOnly);
  }

  /** @throws DomainError `not-allowed` unless this member is an officer */
  assertOfficer(): void {
    const { role } = this.session.member;
    if (role !== 'officer') throw new DomainError('not-allowed', { role });
  }

  /**
   * Runs `work` with a partial file or folder that no intent names yet. It is remembered until it
   * was renamed or removed, so that not even a crash leaves half of it behind.
   */
  async withScratch<T>(path: string, work: () => Promise<T>): Promise<T> {
    this.session.scratch.begin(path);
    try {
      return await work();
    } finally {
      await this.tools.files.remove(path);
      this.session.scratch.end(path);
    }
  }
}
