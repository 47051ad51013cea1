import type { ContactRecord } from '../domain/certificates/contact.ts';
import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Fingerprint } from '../domain/identifiers.ts';
import { decodeManifest } from '../domain/packages/manifest.ts';
import { requireEvent, standingOf, type PackageRecord } from '../domain/packages/package.ts';
import { allowedEvents, shownState, type PackageState } from '../domain/packages/states.ts';
import { isKnown } from '../domain/packages/vocabularies.ts';
import { CalendarDate } from '../domain/time.ts';
import { encodeNotice, type Notice } from '../domain/transfers/notice.ts';
import type { Act, Evidence } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import { channelOf, packageFor } from './package-record.ts';
import { deliverDocument, sealDocument, type SealedDocument } from './sealed-document.ts';

type PackageNotice = Extract<Notice, { kind: 'recall' | 'delay' }>;

/** What was said to others about a package. */
export interface NoticesGiven {
  readonly id: string;
  readonly state: PackageState;
  readonly notices: readonly { readonly to: Fingerprint; readonly file: string }[];
  /** Names of those whose key cannot be sealed to any more: they have to be told in another way. */
  readonly notTold: readonly string[];
}

interface Made extends SealedDocument {
  readonly act: Act;
  readonly evidence: Evidence;
  readonly to: Fingerprint;
}

/** Signed statements about a package that are no receipts: its sender recalls it, or an answer is late. */
export class PackageNotices {
  readonly #desk: Desk;
  readonly #contacts: Contacts;

  constructor(desk: Desk, contacts: Contacts) {
    this.#desk = desk;
    this.#contacts = contacts;
  }

  /**
   * Takes back a package that was sealed, and tells every recipient. What they have they still
   * have: it asks, and they answer with a certificate of destruction. What still waited to be sent
   * stays here.
   * @throws DomainError `package-unknown`, `package-state`, `reason-unknown`, `not-allowed`
   */
  async recall(id: string, reason: string, out?: string): Promise<NoticesGiven> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const record = packageFor(desk, id, 'recall');
    if (!isKnown('recall-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const changed: PackageRecord = { ...record, state: 'recalled', changedAt: desk.at() };
    const unsent = desk.session.records
      .list('outgoing', { where: { package: id, state: 'waiting' } })
      .filter(({ what }) => what === 'package')
      .map((row): Effect => ({ put: 'outgoing', id: row.id, doc: { ...row, state: 'cancelled' } }));
    return this.#tell(
      changed,
      record.recipients.map(({ fingerprint }) => fingerprint),
      (common) => ({ ...common, kind: 'recall', reason: { code: reason } }),
      { type: 'recalled', subject: subjectOf(record), detail: { reason } },
      unsent,
      out,
    );
  }

  /**
   * Says that a request is answered later, why and until when.
   * @param until a calendar day
   * @throws DomainError `package-unknown`, `package-state`, `not-a-request`, `reason-unknown`,
   * `input-refused`, `receipt-not-possible`, `not-allowed`
   */
  async delay(id: string, reason: string, until: string, out?: string): Promise<NoticesGiven> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const record = packageFor(desk, id, 'delay');
    if (!isKnown('delay-reason', reason)) throw new DomainError('reason-unknown', { reason });
    const { manifest } = decodeManifest(Buffer.from(record.manifest ?? '', 'base64'));
    if (manifest.kind !== 'request') throw new DomainError('not-a-request', { id });
    if (!CalendarDate.safeParse(until).success || until < desk.at().slice(0, 10))
      throw new DomainError('input-refused', {
        what: 'package delay',
        where: '--until',
        problem: 'must be a day to come, such as 2027-03-31',
      });
    const sender = record.arrival?.sender ?? '';
    return this.#tell(
      { ...record, delayedUntil: until, changedAt: desk.at() },
      [sender],
      (common) => ({ ...common, kind: 'delay', reason: { code: reason }, until }),
      { type: 'delayed', subject: subjectOf(record), detail: { reason, until } },
      [],
      out,
    );
  }

  /**
   * Takes in a recall by the package's sender, or a delay by a recipient of our request.
   * @throws DomainError `notice-unknown-package`, `notice-not-theirs`, `notice-wrong-manifest`
   */
  async takeIn(
    notice: PackageNotice,
    contact: ContactRecord,
    evidence: readonly Evidence[],
    effects: readonly Effect[],
  ): Promise<{ readonly record: PackageRecord; readonly entry: number }> {
    const desk = this.#desk;
    const { packageId: id, kind, at, reason } = notice;
    const record = desk.session.records.get('packages', id);
    if (record === undefined) throw new DomainError('notice-unknown-package', { id });
    const by = contact.fingerprint;
    const isTheirs =
      kind === 'recall'
        ? record.direction === 'in' && record.arrival?.sender === by
        : record.direction === 'out' && record.recipients.some((row) => row.fingerprint === by);
    if (!isTheirs) throw new DomainError('notice-not-theirs', { name: contact.name, id });
    if (record.manifestDigest !== notice.manifestDigest)
      throw new DomainError('notice-wrong-manifest', { id });
    const subject = { ...subjectOf(record), contact: by };
    const digest = evidence.at(-1)?.sha256 ?? '';
    const code = reason === undefined ? {} : { reason: reason.code };
    const heard: Act = {
      type: 'notice-in',
      subject,
      detail: {
        kind,
        notice: digest,
        by,
        at,
        ...code,
        ...(kind === 'delay' ? { until: notice.until } : {}),
      },
    };
    const { changed, acts } =
      notice.kind === 'recall' ? this.#recalled(record, notice) : this.#delayed(record, notice, by);
    const certificate = Buffer.from(contact.certificate, 'base64');
    const { first } = await desk.commit({
      acts: [heard, ...acts],
      evidence: [
        ...evidence,
        { sha256: sha256Hex(certificate), kind: 'certificate', bytes: certificate },
      ],
      effects: [{ put: 'packages', id, doc: changed }, ...effects],
    });
    return { record: changed, entry: first };
  }

  /** A recall of what was destroyed or sent back already is kept, and changes nothing. */
  #recalled(record: PackageRecord, { at, reason }: Extract<PackageNotice, { kind: 'recall' }>) {
    const recall = { at, ...(reason === undefined ? {} : { reason }) };
    const noted: PackageRecord = { ...record, recall, changedAt: this.#desk.at() };
    if (!allowedEvents('in', standingOf(record)).includes('recall'))
      return { changed: noted, acts: [] };
    const state = shownState(requireEvent(record, 'recall'));
    const detail = reason === undefined ? {} : { reason: reason.code };
    const act: Act = { type: 'recalled', subject: subjectOf(record), detail };
    return { changed: { ...noted, state }, acts: [act] };
  }

  #delayed(
    record: PackageRecord,
    { reason, until }: Extract<PackageNotice, { kind: 'delay' }>,
    by: Fingerprint,
  ) {
    const recipients = record.recipients.map((row) =>
      row.fingerprint === by ? { ...row, delay: { reason, until } } : row,
    );
    const changed: PackageRecord = { ...record, recipients, changedAt: this.#desk.at() };
    return { changed, acts: [] };
  }

  /** Seals one notice to each, and commits them with what they are about, or nothing at all. */
  async #tell(
    changed: PackageRecord,
    readers: readonly Fingerprint[],
    say: (common: Omit<PackageNotice, 'kind' | 'reason'>) => PackageNotice,
    act: Act,
    effects: readonly Effect[],
    out: string | undefined,
  ): Promise<NoticesGiven> {
    const desk = this.#desk;
    const made: Made[] = [];
    const notTold: string[] = [];
    for (const to of readers) {
      const contact = this.#contacts.record(to);
      const { refusals } = await this.#contacts.facts(contact);
      if (refusals.length > 0 || contact.blocked) notTold.push(contact.name);
      else made.push(await this.#seal(changed, contact, say));
    }
    const nobody = readers.length > 0 && made.length === 0 && act.type === 'delayed';
    if (nobody) throw new DomainError('receipt-not-possible', { name: notTold.join(', ') });
    const commit = (renames: readonly { from: string; to: string }[]) =>
      desk.commit({
        acts: [act, ...made.map((one) => one.act)],
        evidence: made.map((one) => one.evidence),
        effects: [
          { put: 'packages', id: changed.id, doc: changed },
          ...effects,
          ...made.flatMap((one) => one.effects),
        ],
        renames: [...made.flatMap((one) => one.renames), ...renames],
        keepCheckpoint: true,
      });
    await this.#deliver(made, out, commit);
    return {
      id: changed.id,
      state: changed.state,
      notices: made.map(({ to, fileName: file }) => ({ to, file })),
      notTold,
    };
  }

  async #deliver(
    made: readonly Made[],
    out: string | undefined,
    commit: (renames: readonly { from: string; to: string }[]) => Promise<unknown>,
  ): Promise<unknown> {
    const [first, ...rest] = made;
    if (first === undefined) return commit([]);
    return deliverDocument(this.#desk, first, out, (renames) =>
      this.#deliver(rest, out, (more) => commit([...renames, ...more])),
    );
  }

  async #seal(
    record: PackageRecord,
    contact: ContactRecord,
    say: (common: Omit<PackageNotice, 'kind' | 'reason'>) => PackageNotice,
  ): Promise<Made> {
    const desk = this.#desk;
    const id = desk.newId();
    const notice = say({
      format: 'valise.notice/1',
      id,
      at: desk.at(),
      by: desk.party(),
      packageId: record.id,
      manifestDigest: record.manifestDigest ?? '',
    });
    const bytes = encodeNotice(notice);
    const to = contact.fingerprint;
    const sealed = await sealDocument(desk, {
      bytes,
      id,
      what: 'notice',
      to,
      certificate: Buffer.from(contact.certificate, 'base64'),
      channel: channelOf(desk, record.id),
      package: record.id,
    });
    const { digest, signature } = sealed;
    return {
      ...sealed,
      to,
      act: {
        type: 'notice-out',
        subject: { ...subjectOf(record), contact: to },
        detail: { kind: notice.kind, notice: digest, to },
      },
      evidence: { sha256: digest, kind: 'notice', bytes, signature },
    };
  }
}
