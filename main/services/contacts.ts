import { DomainError } from '../domain/errors/index.ts';
import { sha256Hex } from '../domain/digest.ts';
import type { ContactRecord, VerificationMethod } from '../domain/certificates/contact.ts';
import type { Certificate, CertificateFacts } from '../domain/pgp/engine.ts';
import { contactBlockers } from '../domain/packages/check.ts';
import type { Act, Evidence } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import { encodeCanonical } from '../domain/json/canonical.ts';
import { alarmView, stateOf, warningsOf, type ContactView } from './contact-view.ts';
import type { Desk } from './desk.ts';

/** What an officer says about a certificate when taking it in. */
export interface ContactInput {
  readonly certificate: Uint8Array;
  readonly via: ContactRecord['via'];
  readonly name?: string | undefined;
  readonly organisation?: string | undefined;
  readonly country?: string | undefined;
  readonly mandate?: ContactRecord['mandate'] | undefined;
}

export interface Added extends ContactView {
  readonly outcome: 'added' | 'updated' | 'unchanged';
}

const CERTIFICATE_LIMIT = 256 * 1024;

/** Certificates of others: taken in, compared out of band, kept up to date, blocked. */
export class Contacts {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** Reads a certificate file and takes it in. */
  async addFile(path: string, rest: Omit<ContactInput, 'certificate' | 'via'>): Promise<Added> {
    const certificate = await this.desk.tools.files.read(path, CERTIFICATE_LIMIT);
    return this.add({ ...rest, certificate, via: 'file' });
  }

  /** What a certificate says, without taking it in. */
  async look(bytes: Uint8Array): Promise<CertificateFacts> {
    const { facts } = await this.desk.tools.engine.readCertificate(bytes, this.desk.now());
    return facts;
  }

  /**
   * Takes in a certificate. The same key again merges (a revocation is never lost); another key
   * for a known address is a conflict that has to be settled before anybody is sealed to.
   * @throws DomainError of the certificate tables, `contact-is-self`, `contact-needs-name`
   */
  async add(input: ContactInput): Promise<Added> {
    const { desk } = this;
    desk.assertOfficer();
    const certificate = await desk.tools.engine.readCertificate(input.certificate, desk.now());
    const { fingerprint } = certificate.facts;
    if (desk.session.keys.some((key) => key.fingerprint === fingerprint))
      throw new DomainError('contact-is-self', { fingerprint });
    const known = desk.session.records.get('contacts', fingerprint);
    if (known) return this.merge(known, certificate, input);
    return this.addNew(certificate, input);
  }

  /** Merges a newer copy of a known certificate. @throws DomainError `contact-unknown` */
  async update(bytes: Uint8Array): Promise<Added> {
    const certificate = await this.desk.tools.engine.readCertificate(bytes, this.desk.now());
    return this.merge(this.record(certificate.facts.fingerprint), certificate, {});
  }

  /** Records that somebody compared the fingerprint with its owner outside this program. */
  async verify(
    fingerprint: string,
    method: VerificationMethod,
    note: string | undefined,
  ): Promise<ContactView> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.record(fingerprint);
    const opening = note === undefined ? undefined : desk.opening(note);
    const verification = {
      method,
      ...(note === undefined ? {} : { note }),
      by: desk.session.member.fingerprint,
      at: desk.at(),
    };
    await desk.commit({
      acts: [
        {
          type: 'contact-verified',
          subject: { contact: record.fingerprint },
          detail: {
            method,
            certificate: sha256Hex(Buffer.from(record.certificate, 'base64')),
            ...(opening ? { note: opening.digest } : {}),
          },
        },
      ],
      openings: opening ? [opening] : [],
      effects: [put({ ...record, verification })],
    });
    return this.show(fingerprint);
  }

  /**
   * Settles which of two keys for one address is right. The other one is blocked.
   * @throws DomainError `no-conflict` when there is none
   */
  async settle(fingerprint: string, keep: 'old' | 'new', note: string): Promise<ContactView> {
    const { desk } = this;
    desk.assertOfficer();
    const named = this.record(fingerprint);
    if (named.conflictsWith === undefined) throw new DomainError('no-conflict', { fingerprint });
    const other = this.record(named.conflictsWith);
    const [old, fresh] =
      named.addedAt <= other.addedAt && !this.isNewer(named, other)
        ? [named, other]
        : [other, named];
    const [kept, gone] = keep === 'old' ? [old, fresh] : [fresh, old];
    const opening = desk.opening(note);
    const blocked = { reason: note, by: desk.session.member.fingerprint, at: desk.at() };
    await desk.commit({
      acts: [
        {
          type: 'contact-conflict',
          subject: { contact: kept.fingerprint },
          detail: { other: gone.fingerprint, phase: 'settled', keep, note: opening.digest },
        },
      ],
      openings: [opening],
      effects: [
        put(without(kept, 'conflictsWith')),
        put({ ...without(gone, 'conflictsWith'), blocked }),
      ],
    });
    return this.show(kept.fingerprint);
  }

  /** Nothing is sealed to this contact, and nothing of theirs is taken in, from now on. */
  async block(fingerprint: string, reason: string): Promise<ContactView> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.record(fingerprint);
    const opening = desk.opening(reason);
    const blocked = { reason, by: desk.session.member.fingerprint, at: desk.at() };
    await desk.commit({
      acts: [
        {
          type: 'contact-blocked',
          subject: { contact: fingerprint },
          detail: { reason: opening.digest },
        },
      ],
      openings: [opening],
      effects: [put({ ...record, blocked })],
    });
    return this.show(fingerprint);
  }

  /** A recorded exception: sealing to a key that nobody could compare, with the reason. */
  async except(fingerprint: string, reason: string): Promise<ContactView> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.record(fingerprint);
    const opening = desk.opening(reason);
    const exception = { reason, by: desk.session.member.fingerprint, at: desk.at() };
    await desk.commit({
      acts: [
        {
          type: 'contact-excepted',
          subject: { contact: fingerprint },
          detail: { reason: opening.digest },
        },
      ],
      openings: [opening],
      effects: [put({ ...record, exception })],
    });
    return this.show(fingerprint);
  }

  async list(): Promise<ContactView[]> {
    const views = await Promise.all(
      this.desk.session.records.list('contacts').map((record) => this.view(record)),
    );
    return views.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws DomainError `contact-unknown` */
  async show(fingerprint: string): Promise<ContactView> {
    return this.view(this.record(fingerprint));
  }

  /** @throws DomainError `contact-unknown` */
  record(fingerprint: string): ContactRecord {
    const wanted = fingerprint.replace(/\s+/g, '').toUpperCase();
    const record = this.desk.session.records.get('contacts', wanted);
    if (!record) throw new DomainError('contact-unknown', { fingerprint: wanted });
    return record;
  }

  /** The contact, if there is one. */
  find(fingerprint: string): ContactRecord | undefined {
    return this.desk.session.records.get('contacts', fingerprint);
  }

  /** Certificates of every contact that owns the key `keyId` (16 hex digits). */
  byKeyId(keyId: string): Uint8Array[] {
    return this.desk.session.records
      .list('contacts')
      .filter((record) => record.keyIds.includes(keyId))
      .map((record) => bytesOf(record));
  }

  /** The certificate's facts as of now: expiry and revocation depend on the day. */
  async facts(record: ContactRecord): Promise<CertificateFacts> {
    return this.look(bytesOf(record));
  }

  private async addNew(certificate: Certificate, input: ContactInput): Promise<Added> {
    const { desk } = this;
    const { facts } = certificate;
    const user = facts.userIds[0];
    const name = input.name ?? user?.name ?? '';
    if (name === '')
      throw new DomainError('contact-needs-name', { fingerprint: facts.fingerprint });
    const email = facts.userIds.find((id) => id.email !== undefined)?.email;
    const rivals = email === undefined ? [] : this.rivals(facts);
    const rival = rivals[0];
    const record: ContactRecord = {
      fingerprint: facts.fingerprint,
      name,
      ...(email === undefined ? {} : { email }),
      ...optional('organisation', input.organisation),
      ...optional('country', input.country),
      ...optional('mandate', input.mandate),
      certificate: Buffer.from(certificate.bytes).toString('base64'),
      keyIds: [facts.primary, ...facts.subkeys].map((key) => key.keyId),
      addedAt: desk.at(),
      via: input.via,
      ...optional('conflictsWith', rival?.fingerprint),
    };
    const identity = desk.opening(
      new TextDecoder().decode(
        encodeCanonical({ name, email, organisation: input.organisation, country: input.country }),
      ),
    );
    const evidence = certificateEvidence(certificate);
    const acts: Act[] = [
      {
        type: 'contact-added',
        subject: { contact: facts.fingerprint },
        detail: {
          certificate: evidence.sha256,
          identity: identity.digest,
          algorithm: facts.primary.algorithm,
          ...optional('country', input.country),
          via: input.via,
          warnings: warningsOf(record, facts).slice(0, 16),
        },
      },
    ];
    const effects: Effect[] = [put(record)];
    if (rival) {
      acts.push({
        type: 'contact-conflict',
        subject: { contact: rival.fingerprint },
        detail: { other: facts.fingerprint, phase: 'found' },
      });
      effects.push(put({ ...rival, conflictsWith: facts.fingerprint }));
    }
    await desk.commit({ acts, openings: [identity], evidence: [evidence], effects });
    return { ...(await this.view(record)), outcome: 'added' };
  }

  private async merge(
    known: ContactRecord,
    update: Certificate,
    input: Partial<ContactInput>,
  ): Promise<Added> {
    const { desk } = this;
    desk.assertOfficer();
    const merged = await desk.tools.engine.mergeCertificate(
      bytesOf(known),
      update.bytes,
      desk.now(),
    );
    const certificate = Buffer.from(merged.bytes).toString('base64');
    const changes: string[] = [];
    if (certificate !== known.certificate) changes.push('certificate');
    const record: ContactRecord = {
      ...known,
      ...optional('name', input.name),
      ...optional('organisation', input.organisation),
      ...optional('country', input.country),
      ...optional('mandate', input.mandate),
      certificate,
      keyIds: [merged.facts.primary, ...merged.facts.subkeys].map((key) => key.keyId),
    };
    for (const field of ['name', 'organisation', 'country', 'mandate'] as const)
      if (JSON.stringify(record[field]) !== JSON.stringify(known[field])) changes.push(field);
    if (changes.length === 0) return { ...(await this.view(known)), outcome: 'unchanged' };
    const evidence = certificateEvidence(merged);
    await desk.commit({
      acts: [
        {
          type: 'contact-changed',
          subject: { contact: known.fingerprint },
          detail: { certificate: evidence.sha256, changes },
        },
      ],
      evidence: [evidence],
      effects: [put(record)],
    });
    return { ...(await this.view(record)), outcome: 'updated' };
  }

  /** Contacts that already hold one of the addresses with another key, and are not blocked. */
  rivals(facts: CertificateFacts): ContactRecord[] {
    const emails = new Set(
      facts.userIds.flatMap((id) => (id.email ? [id.email.toLowerCase()] : [])),
    );
    return this.desk.session.records
      .list('contacts')
      .filter(
        (record) =>
          record.email !== undefined &&
          record.blocked === undefined &&
          record.fingerprint !== facts.fingerprint &&
          emails.has(record.email.toLowerCase()),
      );
  }

  /** Two contacts of the same second: the ledger says which came later. */
  private isNewer(a: ContactRecord, b: ContactRecord): boolean {
    const seq = (record: ContactRecord) =>
      this.desk.session.ledger.query({
        contact: record.fingerprint,
        types: ['contact-added'],
        limit: 1,
      })[0]?.seq ?? 0;
    return seq(a) > seq(b);
  }

  private async view(record: ContactRecord): Promise<ContactView> {
    const facts = await this.facts(record);
    const blockers = contactBlockers(record, facts.refusals);
    return {
      fingerprint: record.fingerprint,
      name: record.name,
      ...optional('email', record.email),
      ...optional('organisation', record.organisation),
      ...optional('country', record.country),
      ...optional('verification', record.verification),
      ...optional('exception', record.exception),
      ...optional('blocked', record.blocked),
      ...optional('conflictsWith', record.conflictsWith),
      ...optional('ledgerAlarm', alarmView(record)),
      ...optional('mandate', record.mandate),
      addedAt: record.addedAt,
      state: stateOf(record, facts),
      facts,
      blockers,
      warnings: warningsOf(record, facts),
    };
  }
}

function certificateEvidence(certificate: Certificate): Evidence {
  return { sha256: sha256Hex(certificate.bytes), kind: 'certificate', bytes: certificate.bytes };
}

function put(record: ContactRecord): Effect {
  return { put: 'contacts', id: record.fingerprint, doc: record };
}

function bytesOf(record: ContactRecord): Uint8Array {
  return Buffer.from(record.certificate, 'base64');
}

function without<K extends keyof ContactRecord>(record: ContactRecord, key: K): ContactRecord {
  const copy = { ...record };
  Reflect.deleteProperty(copy, key);
  return copy;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
