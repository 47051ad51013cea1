import type { LedgerStatus } from '../../store/create-store.ts';
import type { Tone } from '../../ui/index.ts';
import type { Row } from './types.ts';

/** What is known of an entry, and how it looks. */
export interface Proof {
  readonly key: 'verified' | 'receiptVerified' | 'open' | 'receiptOpen' | 'broken' | 'doubt';
  readonly tone: Tone;
}

/** How far entries are known to be good. */
export type Standing = Pick<LedgerStatus, 'state' | 'verified' | 'problem'>;

/**
 * What may be said of an entry: good is only what the last verification went through, receipts'
 * signatures included. While something is wrong with the ledger, nothing in it is called good.
 */
export function proofOf({ seq, type }: Row, ledger: Standing | undefined): Proof {
  if (ledger?.state === 'broken')
    return seq === ledger.problem?.seq
      ? { key: 'broken', tone: 'bad' }
      : { key: 'doubt', tone: 'warn' };
  const isReceipt = type === 'receipt-in';
  const isVerified = ledger?.state === 'verified' && seq < (ledger.verified?.entries ?? 0);
  if (isVerified) return { key: isReceipt ? 'receiptVerified' : 'verified', tone: 'ok' };
  return { key: isReceipt ? 'receiptOpen' : 'open', tone: 'neutral' };
}
