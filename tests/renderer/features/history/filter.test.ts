import { describe, expect, it } from 'vitest';
import { narrowedOf, queryOf, without } from '../../../../renderer/features/history/filter.ts';
import { proofOf } from '../../../../renderer/features/history/proof.ts';
import { EVERYTHING } from '../../../../renderer/features/history/types.ts';
import type { LedgerStatus } from '../../../../renderer/store/create-store.ts';
import { ENTRIES, type Row } from './office.ts';

describe('a filter', () => {
  it('of nothing asks for everything', () => {
    expect(queryOf(EVERYTHING)).toEqual({});
    expect(narrowedOf(EVERYTHING)).toEqual([]);
  });

  it('takes whole days of the reader', () => {
    const { since, until } = queryOf({ ...EVERYTHING, from: '2026-03-28', to: '2026-03-29' });
    expect(new Date(since ?? '')).toEqual(new Date(2026, 2, 28, 0, 0, 0));
    expect(new Date(until ?? '')).toEqual(new Date(2026, 2, 29, 23, 59, 59));
  });

  it('lets one type of entry take the place of its group', () => {
    const filter = { ...EVERYTHING, acts: 'receipts', type: 'sealed' } as const;
    expect(queryOf(filter).types).toEqual(['sealed']);
    expect(queryOf(without(filter, 'type')).types).toContain('receipt-in');
    expect(without(filter, 'acts').acts).toBe('all');
  });

  it('passes on what was chosen, and names it', () => {
    const filter = { ...EVERYTHING, text: ' baobab ', country: 'SN', outcome: 'accepted' };
    expect(queryOf(filter)).toEqual({ text: 'baobab', country: 'SN', outcome: 'accepted' });
    expect(narrowedOf(filter)).toEqual(['country', 'outcome']);
  });
});

describe('what is said of an entry', () => {
  const base = { size: 5, origin: 'valise/x', root: '', head: '' };
  const ledger = (patch: Partial<LedgerStatus>): LedgerStatus => ({
    ...base,
    state: 'verified',
    verified: { entries: 3, at: '2026-11-23T10:00:00Z' },
    ...patch,
  });
  const key = (seq: number, status?: LedgerStatus) => proofOf(ENTRIES[seq] as Row, status);

  it('is good as far as the last verification went, no further', () => {
    expect(key(1, ledger({}))).toEqual({ key: 'verified', tone: 'ok' });
    expect(key(2, ledger({}))).toEqual({ key: 'receiptVerified', tone: 'ok' });
    expect(key(3, ledger({}))).toEqual({ key: 'receiptOpen', tone: 'neutral' });
    expect(key(4, ledger({}))).toEqual({ key: 'open', tone: 'neutral' });
  });

  it('is never good while nothing is known, or something is wrong', () => {
    const broken = ledger({ state: 'broken', problem: { seq: 2, code: 'chain-broken' } });
    for (const status of [undefined, { ...base, state: 'not-verified' as const }, broken])
      for (const { seq } of ENTRIES) expect(key(seq, status).tone).not.toBe('ok');
    expect(key(2, broken)).toEqual({ key: 'broken', tone: 'bad' });
    expect(key(1, broken)).toEqual({ key: 'doubt', tone: 'warn' });
  });
});
