import type { ContactRecord, LedgerAlarm } from '../domain/certificates/contact.ts';
import { DomainError } from '../domain/errors/index.ts';
import { encodeNotice, type Notice } from '../domain/transfers/notice.ts';
import type { ContactView } from './contact-view.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import { deliverDocument, sealDocument } from './sealed-document.ts';
import { positionOf } from './witnessing.ts';

/** What an officer does about a counterparty's ledger that is not what was seen of it. */
export class LedgerAlarms {
  readonly #desk: Desk;
  readonly #contacts: Contacts;

  constructor(desk: Desk, contacts: Contacts) {
    this.#desk = desk;
    this.#contacts = contacts;
  }

  /**
   * Decides what to make of it: what was seen last counts from now on.
   * @throws DomainError `alarm-none`, `contact-unknown`, `not-allowed`, `ledger-read-only`
   */
  async acknowledge(fingerprint: string, reason: string): Promise<ContactView> {
    const { record, alarm } = this.#alarm(fingerprint);
    const desk = this.#desk;
    const { kind } = alarm;
    const opening = desk.opening(reason);
    const detail = { kind, known: positionOf(alarm.known), seen: positionOf(alarm.seen) };
    const doc: ContactRecord = {
      ...record,
      // A new ledger is remembered since it was seen, and may have grown; a contradiction is not.
      ...(kind === 'restarted' ? {} : { witnessed: alarm.seen }),
    };
    Reflect.deleteProperty(doc, 'ledgerAlarm');
    const subject = { contact: record.fingerprint };
    await desk.commit({
      acts: [
        { type: 'ledger-acknowledged', subject, detail: { ...detail, reason: opening.digest } },
      ],
      openings: [opening],
      effects: [{ put: 'contacts', id: record.fingerprint, doc }],
    });
    return this.#contacts.show(record.fingerprint);
  }

  /**
   * Complains to a counterparty about their own ledger, with both of the checkpoints that they
   * signed. It waits in the queue, and is copied to `out` when a folder is named.
   * @throws DomainError `alarm-none`, `complaint-unprovable`, `receipt-not-possible`,
   * `not-allowed`, `ledger-read-only`
   */
  async complain(fingerprint: string, out?: string): Promise<{ fileName: string }> {
    const { record: contact, alarm } = this.#alarm(fingerprint);
    const desk = this.#desk;
    const { name } = contact;
    if (alarm.kind === 'restarted') throw new DomainError('alarm-none', { name });
    const { known, seen } = alarm;
    if (known.signed === undefined || seen.signed === undefined)
      throw new DomainError('complaint-unprovable', { name });
    const { refusals } = await this.#contacts.facts(contact);
    if (refusals.length > 0 || contact.blocked)
      throw new DomainError('receipt-not-possible', { name });
    const notice: Notice = {
      format: 'valise.notice/1',
      id: desk.newId(),
      at: desk.at(),
      by: desk.party(),
      kind: 'fork-complaint',
      checkpoints: [known.signed, seen.signed],
    };
    const bytes = encodeNotice(notice);
    const to = contact.fingerprint;
    const certificate = Buffer.from(contact.certificate, 'base64');
    const given = { bytes, id: notice.id, what: 'notice', to, certificate } as const;
    const made = await sealDocument(desk, { ...given, channel: undefined });
    const { digest: complaint, signature, fileName } = made;
    const doc: ContactRecord = { ...contact, ledgerAlarm: { ...alarm, complainedAt: desk.at() } };
    await deliverDocument(desk, made, out, (extra) =>
      desk.commit({
        acts: [{ type: 'complaint-out', subject: { contact: to }, detail: { to, complaint } }],
        evidence: [{ sha256: complaint, kind: 'complaint', bytes, signature }],
        effects: [{ put: 'contacts', id: to, doc }, ...made.effects],
        renames: [...made.renames, ...extra],
        keepCheckpoint: true,
      }),
    );
    return { fileName };
  }

  #alarm(fingerprint: string): { readonly record: ContactRecord; readonly alarm: LedgerAlarm } {
    this.#desk.assertOfficer();
    this.#desk.assertWritable();
    const record = this.#contacts.record(fingerprint);
    const { ledgerAlarm: alarm, name } = record;
    if (alarm === undefined) throw new DomainError('alarm-none', { name });
    return { record, alarm };
  }
}
