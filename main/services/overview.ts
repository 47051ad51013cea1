import { compareAnchor } from '../domain/ledger/anchor.ts';
import { overdueRecipients, standingOf, type PackageRecord } from '../domain/packages/package.ts';
import { allowedEvents } from '../domain/packages/states.ts';
import type { AgencyPolicy } from './agency-policy.ts';
import type { Approvers } from './approvers.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';

export type AttentionCode =
  | 'approval-wanted'
  | 'approval-waited'
  | 'draft-open'
  | 'package-unsent'
  | 'queue-waiting'
  | 'inbox-undecided'
  | 'quarantine'
  | 'conflict'
  | 'ledger-doubted'
  | 'ledger-alarm'
  | 'contact-unverified'
  | 'retention-due'
  | 'recalled'
  | 'destruction-overdue'
  | 'key-expires'
  | 'policy-changed'
  | 'receipts-outstanding';

/** One thing that needs a person now. */
export interface AttentionItem {
  readonly code: AttentionCode;
  readonly message: string;
  /** What it is about: a package, a contact, a quarantined file. */
  readonly id: string;
  readonly title: string;
  readonly at?: string;
}

const WAITS = {
  package: 'A package waits in the queue.',
  notice: 'A notice waits to be sent.',
  receipt: 'A receipt waits to be sent.',
} as const;
const DAY = 24 * 60 * 60 * 1000;
const RECEIPT_DAYS = 3;
const EXPIRY_DAYS = 60;

/** What needs a person now, from the records alone. */
export class Overview {
  private readonly desk: Desk;
  private readonly contacts: Contacts;
  private readonly approvers: Approvers;
  private readonly policy: AgencyPolicy;

  constructor(desk: Desk, contacts: Contacts, approvers: Approvers, policy: AgencyPolicy) {
    this.desk = desk;
    this.contacts = contacts;
    this.approvers = approvers;
    this.policy = policy;
  }

  /** Most pressing kinds first. An auditor has nothing to do here but to read the ledger. */
  async attention(): Promise<AttentionItem[]> {
    if (this.desk.session.member.role === 'auditor') return this.ownKey();
    return [
      ...this.doubts(),
      ...(await this.policyFile()),
      ...this.alarms(),
      ...this.conflicts(),
      ...this.quarantine(),
      ...this.wanted(),
      ...this.incoming(),
      ...this.outgoing(),
      ...this.retention(),
      ...this.recalled(),
      ...this.overdue(),
      ...(await this.unverified()),
      ...this.ownKey(),
    ];
  }

  /** Somebody knows another history of our own ledger: it is decided about at the next unlock. */
  private doubts(): AttentionItem[] {
    const { ledger, remembered, member, readOnly } = this.desk.session;
    // A vault that is read-only has asked already, on every screen.
    if (readOnly !== undefined) return [];
    return remembered
      .filter((known) => ['rollback', 'fork'].includes(compareAnchor(ledger, known)))
      .map((known) => ({
        code: 'ledger-doubted',
        message: `${this.contacts.find(known.by)?.name ?? 'Somebody'} knows another history of this ledger. Lock the vault, and decide when you unlock it.`,
        id: member.fingerprint,
        title: this.contacts.find(known.by)?.name ?? known.by,
        at: known.at,
      }));
  }

  /** The agency's policy is another file than the one in force: nothing is sealed meanwhile. */
  private async policyFile(): Promise<AttentionItem[]> {
    const inForce = await this.policy.show();
    if (inForce?.file !== 'changed') return [];
    const { digest, policy, setAt } = inForce;
    return [
      {
        code: 'policy-changed',
        message: `The file of the policy “${policy.name}” has changed. Nothing is sealed until an officer sets it again.`,
        ...{ id: digest, title: policy.name, at: setAt },
      },
    ];
  }

  private alarms(): AttentionItem[] {
    const words = {
      restarted: 'began anew',
      fork: 'contradicts what was seen of it',
      rollback: 'went back behind what was seen of it',
    };
    return this.desk.session.records.list('contacts').flatMap(({ ledgerAlarm, ...contact }) =>
      ledgerAlarm === undefined
        ? []
        : [
            {
              code: 'ledger-alarm' as const,
              message: `The ledger of ${contact.name} ${words[ledgerAlarm.kind]}.`,
              id: contact.fingerprint,
              title: contact.name,
              at: ledgerAlarm.at,
            },
          ],
    );
  }

  private conflicts(): AttentionItem[] {
    return this.desk.session.records
      .list('contacts')
      .filter((contact) => contact.conflictsWith !== undefined)
      .map((contact) => ({
        code: 'conflict',
        message: `Two keys claim the address of ${contact.name}. Settle which one is right.`,
        id: contact.fingerprint,
        title: contact.name,
        at: contact.addedAt,
      }));
  }

  private quarantine(): AttentionItem[] {
    return this.desk.session.records.list('quarantine').map((item) => ({
      code: 'quarantine',
      message: `A file failed its checks and was set aside (${item.code}).`,
      id: item.id,
      title: item.fileName,
      at: item.at,
    }));
  }

  /** Packages that this member is asked to agree to. */
  private wanted(): AttentionItem[] {
    const { records, member } = this.desk.session;
    return records.list('packages', { where: { direction: 'out' } }).flatMap((record) => {
      const { manifest, author } = record;
      if (manifest === undefined || !allowedEvents('out', standingOf(record)).includes('approve'))
        return [];
      const isNamed = record.draft?.approvers?.includes(member.fingerprint) === true;
      const hasSaid = record.approvals?.some(
        ({ fingerprint }) => fingerprint === member.fingerprint,
      );
      if (!isNamed || hasSaid === true) return [];
      return [
        {
          code: 'approval-wanted' as const,
          message: `${author?.name ?? 'An officer'} asks you to agree to it.`,
          id: record.id,
          title: record.title,
          at: record.changedAt,
        },
      ];
    });
  }

  private incoming(): AttentionItem[] {
    return this.desk.session.records
      .list('packages', { where: { direction: 'in', state: 'delivered' } })
      .map((record) => ({
        code: 'inbox-undecided',
        message: `${record.arrival?.senderName ?? 'Somebody'} waits for an answer: accept or reject.`,
        id: record.id,
        title: record.title,
        at: record.arrival?.at ?? record.changedAt,
      }));
  }

  private outgoing(): AttentionItem[] {
    const items: AttentionItem[] = [];
    const { records } = this.desk.session;
    const limit = this.desk.now().getTime() - RECEIPT_DAYS * DAY;
    for (const record of records.list('packages', { where: { direction: 'out' } })) {
      const item = { id: record.id, title: record.title, at: record.changedAt };
      if (record.stand === 'frozen') {
        items.push({ ...item, code: 'approval-waited', message: this.stillAsked(record) });
        continue;
      }
      if (record.state === 'approved')
        items.push({ ...item, code: 'draft-open', message: 'It is approved and can be sealed.' });
      else if (record.state === 'draft' || record.state === 'assessed')
        items.push({
          ...item,
          code: 'draft-open',
          message: 'A draft waits to be finished and sealed.',
        });
      else if (record.state === 'sealed')
        items.push({
          ...item,
          code: 'package-unsent',
          message: 'A sealed package was not sent yet.',
        });
      else if (record.state === 'dispatched' && Date.parse(record.changedAt) < limit)
        items.push({
          ...item,
          code: 'receipts-outstanding',
          message: 'No receipt has come for a package that was sent.',
        });
    }
    for (const waiting of records.list('outgoing', { where: { state: 'waiting' } }))
      items.push({
        code: 'queue-waiting',
        message: WAITS[waiting.what],
        id: waiting.package ?? waiting.id,
        title: waiting.fileName,
        at: waiting.at,
      });
    return items;
  }

  /** What the people who were asked to agree to a package have said so far. */
  private stillAsked({ approvals = [], approvalsRequired = 0 }: PackageRecord): string {
    const nameOf = (fingerprint: string) => this.approvers.find(fingerprint)?.name ?? fingerprint;
    const refused = approvals.filter(({ decision }) => decision === 'refused');
    if (refused.length > 0)
      return `${refused.map(({ fingerprint }) => nameOf(fingerprint)).join(', ')} did not agree. Change it, or ask somebody else.`;
    return `${String(approvals.length)} of ${String(approvalsRequired)} approvals are there; the others were asked.`;
  }

  private retention(): AttentionItem[] {
    const today = this.desk.at().slice(0, 10);
    return this.desk.session.records
      .list('packages', { where: { direction: 'in' } })
      .filter(
        ({ deleteBy, sealed, hold }) =>
          deleteBy !== undefined && deleteBy <= today && sealed?.kept === true && !hold,
      )
      .map((record) => ({
        code: 'retention-due',
        message: `Its retention ended on ${record.deleteBy ?? ''}. Destroy or return it.`,
        id: record.id,
        title: record.title,
        at: record.changedAt,
      }));
  }

  /** Packages that their senders took back, and whose content is still here. */
  private recalled(): AttentionItem[] {
    return this.desk.session.records
      .list('packages', { where: { direction: 'in', state: 'recalled' } })
      .filter(({ sealed, hold }) => sealed?.kept === true && !hold)
      .map((record) => ({
        code: 'recalled',
        message: `${record.arrival?.senderName ?? 'Its sender'} recalled it. Destroy or return it.`,
        id: record.id,
        title: record.title,
        at: record.recall?.at ?? record.changedAt,
      }));
  }

  /** Recipients who should have destroyed or returned a package by now, and have not said so. */
  private overdue(): AttentionItem[] {
    const today = this.desk.at().slice(0, 10);
    return this.desk.session.records
      .list('packages', { where: { direction: 'out' } })
      .flatMap((record) => {
        const late = overdueRecipients(record, today);
        if (late.length === 0) return [];
        const names = late.map(({ name }) => name).join(', ');
        return [
          {
            code: 'destruction-overdue' as const,
            message: `${names}: nothing says that it was destroyed or returned by ${record.deleteBy ?? ''}.`,
            id: record.id,
            title: record.title,
            at: record.changedAt,
          },
        ];
      });
  }

  private async unverified(): Promise<AttentionItem[]> {
    const views = await this.contacts.list();
    return views
      .filter((view) => view.state === 'unverified' && view.exception === undefined)
      .map((view) => ({
        code: 'contact-unverified',
        message: `Nobody has compared the fingerprint of ${view.name} yet.`,
        id: view.fingerprint,
        title: view.name,
        at: view.addedAt,
      }));
  }

  private ownKey(): AttentionItem[] {
    const { facts } = this.desk.session.certificate;
    if (facts.expiresAt === undefined) return [];
    const left = Date.parse(facts.expiresAt) - this.desk.now().getTime();
    if (left > EXPIRY_DAYS * DAY) return [];
    return [
      {
        code: 'key-expires',
        message: `Your own key expires on ${facts.expiresAt.slice(0, 10)}.`,
        id: facts.fingerprint,
        title: this.desk.session.member.name,
        at: facts.expiresAt,
      },
    ];
  }
}
