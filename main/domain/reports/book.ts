import type { Entry, EntryOf } from '../ledger/entry.ts';
import type { EntryType, ReleaseFacts } from '../ledger/entry-types.ts';
import type { Fingerprint, Uuid } from '../identifiers.ts';
import type { Outcome } from '../packages/states.ts';
import { firstMoment, type Instant } from '../time.ts';

/** What a recipient said of a package, each the first time. */
export type Heard = Partial<Record<Outcome, Instant>> & { reason?: string };

/** A package of ours, as the ledger tells it. */
export interface SentStory {
  readonly id: Uuid;
  readonly case?: Uuid;
  readonly facts: ReleaseFacts;
  readonly sealedAt: Instant;
  dispatchedAt?: Instant;
  readonly heard: ReadonlyMap<Fingerprint, Heard>;
}

/** A package of theirs. */
export interface ReceivedStory {
  readonly id: Uuid;
  readonly facts: ReleaseFacts;
  readonly arrivedAt: Instant;
  decidedAt?: Instant;
  /** Why it was rejected. */
  reason?: string;
  isGone: boolean;
  isHeld: boolean;
}

export interface CaseStory {
  readonly id: Uuid;
  /** When the request was received: the first moment of that day, or when the case was opened. */
  readonly from: Instant;
  readonly openedAt: Instant;
  /** How many people, when that is known. */
  readonly affected?: number;
  readonly remedies: Map<string, EntryOf<'case-remedy'>['detail']>;
  answeredAt?: Instant;
}

/** What goes beside the rule, or went wrong: counted one by one. */
export const EXCEPTIONS = [
  'contact-excepted',
  'contact-conflict',
  'receipt-conflict',
  'import-refused',
  'fork-found',
  'rollback-found',
  'clock-went-back',
] as const satisfies readonly EntryType[];
export type Exception = (typeof EXCEPTIONS)[number];

/** The types that the book reads; others may be passed over. */
export const BOOK_TYPES: readonly EntryType[] = [
  ...EXCEPTIONS,
  'case-opened',
  'case-remedy',
  'frozen',
  'addressed',
  'sealed',
  'dispatched',
  'receipt-in',
  'recorded',
  'arrived',
  'accepted',
  'rejected',
  'destroyed',
  'returned',
  'held',
  'hold-released',
  'delayed',
];

/** The stories of packages and cases, told by entries in their order and by nothing else. */
export class ReportBook {
  readonly sent = new Map<Uuid, SentStory>();
  readonly received = new Map<Uuid, ReceivedStory>();
  readonly cases = new Map<Uuid, CaseStory>();
  readonly exceptions: { readonly type: Exception; readonly at: Instant }[] = [];
  readonly #recipients = new Map<Uuid, Map<Fingerprint, Heard>>();

  /** Takes in the next entry. */
  note(entry: Entry): void {
    const { at, subject } = entry;
    const id = subject.package ?? '';
    const received = this.received.get(id);
    switch (entry.type) {
      case 'case-opened': {
        this.#open(entry);
        return;
      }
      case 'case-remedy':
        this.cases.get(subject.case ?? '')?.remedies.set(entry.detail.kind, entry.detail);
        return;
      case 'frozen':
      case 'addressed':
        for (const fingerprint of entry.detail.recipients)
          this.#recipientsOf(id).set(fingerprint, {});
        return;
      case 'sealed':
        this.sent.set(id, {
          id,
          ...(subject.case === undefined ? {} : { case: subject.case }),
          facts: entry.detail.facts,
          sealedAt: at,
          heard: this.#recipientsOf(id),
        });
        return;
      case 'dispatched': {
        const sent = this.sent.get(id);
        if (sent) sent.dispatchedAt ??= at;
        this.#answer(subject.case, at);
        return;
      }
      case 'receipt-in': {
        const { by, kind, at: said, reason } = entry.detail;
        this.#hear(id, by, kind, said, reason);
        return;
      }
      case 'recorded': {
        this.#hear(id, entry.detail.recipient, entry.detail.outcome, at);
        return;
      }
      case 'arrived':
        this.received.set(id, {
          id,
          facts: entry.detail.facts,
          arrivedAt: at,
          isGone: false,
          isHeld: false,
        });
        return;
      case 'accepted':
        if (received) received.decidedAt = at;
        return;
      case 'rejected':
        if (received) {
          received.decidedAt = at;
          received.reason = entry.detail.reason;
        }
        {
          this.#answer(subject.case, at);
          return;
        }
      case 'destroyed':
      case 'returned':
        if (received) received.isGone = true;
        return;
      case 'held':
      case 'hold-released':
        if (received) received.isHeld = entry.type === 'held';
        return;
      case 'delayed': {
        this.#answer(subject.case, at);
        return;
      }
      case 'contact-conflict':
        if (entry.detail.phase === 'found') this.exceptions.push({ type: entry.type, at });
        return;
      case 'contact-excepted':
      case 'receipt-conflict':
      case 'import-refused':
      case 'fork-found':
      case 'rollback-found':
      case 'clock-went-back':
        this.exceptions.push({ type: entry.type, at });
        return;
      default:
    }
  }

  #open({ at, subject, detail }: EntryOf<'case-opened'>): void {
    const { receivedOn, affected, affectedMethod } = detail;
    const received = receivedOn === undefined ? at : firstMoment(receivedOn);
    const id = subject.case ?? '';
    this.cases.set(id, {
      id,
      from: received < at ? received : at,
      openedAt: at,
      ...(affected === undefined || affectedMethod === 'unknown' ? {} : { affected }),
      remedies: new Map(),
    });
  }

  #recipientsOf(id: Uuid): Map<Fingerprint, Heard> {
    const known = this.#recipients.get(id) ?? new Map<Fingerprint, Heard>();
    this.#recipients.set(id, known);
    return known;
  }

  #hear(id: Uuid, by: Fingerprint, outcome: Outcome, at: Instant, reason?: string): void {
    const heard = this.#recipients.get(id)?.get(by);
    if (heard === undefined || heard[outcome] !== undefined) return;
    heard[outcome] = at;
    if (outcome === 'rejected' && reason !== undefined) heard.reason = reason;
  }

  #answer(id: Uuid | undefined, at: Instant): void {
    const found = this.cases.get(id ?? '');
    if (found) found.answeredAt ??= at;
  }
}
