import type { Uuid } from '../domain/identifiers.ts';
import { certificatesHeld } from '../domain/ledger/certificates-named.ts';
import { decodeEntry, type Entry, type EntryOf } from '../domain/ledger/entry.ts';
import type { EntryType } from '../domain/ledger/entry-types.ts';
import { keptSignatures } from '../domain/ledger/kept-signatures.ts';
import { isSignedBy } from '../domain/ledger/verify-checkpoints.ts';
import { verifyReceipt } from '../domain/ledger/verify-statements.ts';
import type { Desk } from './desk.ts';
import type { History } from './history.ts';

/** One act in the life of a package, ours or theirs, with what was found of its signature just now. */
export interface TimelineStamp {
  readonly seq: number;
  /** When it was done: of a receipt, what its signer says. */
  readonly at: string;
  readonly side: 'ours' | 'theirs';
  readonly type: EntryType;
  /** What a receipt or a record says: `accepted`. */
  readonly outcome?: string;
  readonly person?: string;
  /**
   * `signed`: the entry stands in the tree of our last checkpoint, which is signed by its maker.
   * `receipt`: besides, a document that its author signed says so. `recorded`: our word for
   * theirs. `failed`: one of these does not hold.
   */
  readonly signature: 'signed' | 'receipt' | 'recorded' | 'failed';
}

/** Longer lives are cut: the newest acts are left out. */
const MOST = 500;

/** The life of a package on both sides: our entries and their receipts, in the order of time. */
export class Timeline {
  readonly #desk: Desk;
  readonly #history: History;

  constructor(desk: Desk, history: History) {
    this.#desk = desk;
    this.#history = history;
  }

  async of(id: Uuid): Promise<TimelineStamp[]> {
    const { ledger } = this.#desk.session;
    const rows = ledger.query({ package: id, order: 'ascending', limit: MOST });
    const isSigned = await this.#history.lastIsSigned();
    const stamps: TimelineStamp[] = [];
    for (const { bytes, seq } of rows) {
      const entry = decodeEntry(bytes, seq);
      const stands = isSigned && this.#history.isIncluded(seq);
      stamps.push({
        ...this.#act(entry),
        signature: stands ? await this.#signature(entry) : 'failed',
      });
    }
    return stamps.sort((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1));
  }

  #act(entry: Entry): Omit<TimelineStamp, 'signature'> {
    const { seq, at, type } = entry;
    const ours = { seq, at, type, side: 'ours', ...this.#person(entry.actor.fingerprint) } as const;
    const theirs = { seq, at, type, side: 'theirs' } as const;
    switch (entry.type) {
      case 'receipt-in':
        return {
          ...theirs,
          at: entry.detail.at,
          outcome: entry.detail.kind,
          ...this.#person(entry.detail.by),
        };
      case 'notice-in':
        return {
          ...theirs,
          at: entry.detail.at,
          outcome: entry.detail.kind,
          ...this.#person(entry.detail.by),
        };
      case 'receipt-conflict':
        return { ...theirs, outcome: entry.detail.kind, ...this.#person(entry.detail.by) };
      case 'recorded':
        return {
          ...theirs,
          outcome: entry.detail.outcome,
          ...this.#person(entry.detail.recipient),
        };
      case 'receipt-out':
        return { ...ours, outcome: entry.detail.kind };
      default:
        return ours;
    }
  }

  #person(fingerprint: string): { readonly person?: string } {
    const name = this.#history.nameOf(fingerprint);
    return name === undefined ? {} : { person: name };
  }

  async #signature(entry: Entry): Promise<TimelineStamp['signature']> {
    if (entry.type === 'recorded') return 'recorded';
    if (!isOfReceipt(entry)) return 'signed';
    const { ledger } = this.#desk.session;
    const evidence = ledger.evidence(entry.detail.receipt);
    if (evidence === undefined) return 'failed';
    const { bytes, signature } = evidence;
    const { tools } = this.#desk;
    const checkSignature = keptSignatures(tools.engine, () => this.#desk.now());
    const certificatesOf = (fingerprint: string) => certificatesHeld(ledger, fingerprint);
    const isGood =
      entry.type === 'receipt-conflict'
        ? signature !== undefined &&
          (await isSignedBy(entry.detail.by, bytes, signature, certificatesOf, checkSignature))
        : (await verifyReceipt(entry, evidence, certificatesOf, checkSignature)) === undefined;
    if (!isGood) return 'failed';
    return signature === undefined ? 'signed' : 'receipt';
  }
}

type OfReceipt = EntryOf<'receipt-in'> | EntryOf<'receipt-out'> | EntryOf<'receipt-conflict'>;

function isOfReceipt(entry: Entry): entry is OfReceipt {
  return (
    entry.type === 'receipt-in' || entry.type === 'receipt-out' || entry.type === 'receipt-conflict'
  );
}
