import { isDomainError, type ErrorCode } from '../domain/errors/index.ts';
import type { ContactRecord } from '../domain/certificates/contact.ts';
import type { Work } from '../domain/ports.ts';
import type { AirGap } from './air-gap.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { Finding } from './finding.ts';

const SCHEDULE = 'renewals';
const LAST = 'renewed-at';
const DAY = 24 * 60 * 60 * 1000;

/** What became of one contact's certificate. */
export interface Renewed {
  readonly fingerprint: string;
  readonly name: string;
  /** `other-key`: another key is published for the address; nothing was taken in. */
  readonly outcome: 'updated' | 'unchanged' | 'other-key' | 'failed';
  readonly isRevoked: boolean;
  /** Why it failed: `certificate-not-found`, `directory-failed`, … */
  readonly code?: ErrorCode;
}

/** Asks where contacts publish their certificates whether they were revoked, prolonged or changed. */
export class Renewals {
  readonly #desk: Desk;
  readonly #contacts: Contacts;
  readonly #finding: Finding;
  readonly #airGap: AirGap;

  constructor(desk: Desk, parts: { contacts: Contacts; finding: Finding; airGap: AirGap }) {
    this.#desk = desk;
    this.#contacts = parts.contacts;
    this.#finding = parts.finding;
    this.#airGap = parts.airGap;
  }

  /** Whether it is done once a day while the vault is open. The domains learn that somebody asks. */
  get isDaily(): boolean {
    return this.#setting(SCHEDULE) === 'daily';
  }

  /** @throws DomainError `not-allowed`, `ledger-read-only` */
  async setDaily(isDaily: boolean): Promise<void> {
    this.#desk.assertOfficer();
    await this.#put(SCHEDULE, isDaily ? 'daily' : 'off');
  }

  /** Whether a day has gone by since it was done by itself. */
  isDue(): boolean {
    if (!this.isDaily || this.#airGap.isOn) return false;
    const last = this.#setting(LAST);
    return last === undefined || this.#desk.now().getTime() - Date.parse(last) >= DAY;
  }

  /**
   * Asks for every contact that has an address and is not blocked. A newer copy of the same key is
   * merged; another key never is.
   * @throws DomainError `air-gapped`, `not-allowed`, `ledger-read-only`, `cancelled`
   */
  async run(work: Work = {}): Promise<Renewed[]> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    this.#airGap.assertOff();
    await this.#put(LAST, desk.at());
    const done: Renewed[] = [];
    const asked = desk.session.records
      .list('contacts')
      .filter(({ email, blocked }) => email !== undefined && blocked === undefined);
    for (const contact of asked) {
      done.push(await this.#renew(contact, work));
      work.report?.({ stage: 'renewing', done: done.length, total: asked.length });
    }
    return done;
  }

  async #renew(contact: ContactRecord, work: Work): Promise<Renewed> {
    const { fingerprint, name, email = '' } = contact;
    try {
      const { facts, bytes } = await this.#finding.find(email, undefined, work);
      const isRevoked = facts.revokedAt !== undefined;
      if (facts.fingerprint !== fingerprint)
        return { fingerprint, name, outcome: 'other-key', isRevoked: false };
      const { outcome } = await this.#contacts.update(bytes);
      return {
        ...{ fingerprint, name, isRevoked },
        outcome: outcome === 'updated' ? 'updated' : 'unchanged',
      };
    } catch (error) {
      if (!isDomainError(error) || error.code === 'cancelled') throw error;
      return { fingerprint, name, outcome: 'failed', isRevoked: false, code: error.code };
    }
  }

  #setting(id: string): string | undefined {
    return this.#desk.session.records.get('settings', id)?.value;
  }

  async #put(id: string, value: string): Promise<void> {
    this.#desk.assertWritable();
    await this.#desk.session.journal.note([{ put: 'settings', id, doc: { value } }]);
  }
}
