import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseNamed } from '../../../../main/domain/ledger/case-named.ts';
import type { BundleFilters } from '../../../../main/domain/ledger/bundle.ts';
import { selectEntries, Selection } from '../../../../main/domain/ledger/selection.ts';
import { caseId, livedIn, packageId, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';

let ledger: LivedIn;

beforeAll(async () => {
  ledger = await livedIn();
});

afterAll(() => {
  ledger.office.dispose();
});

const chosen = async (filters: Omit<BundleFilters, 'redacted'>, size = 12) => {
  const { entries, matched } = await selectEntries(ledger.office.store, size, {
    ...filters,
    redacted: false,
  });
  return { seqs: [...Array(size).keys()].filter((seq) => entries.has(seq)), matched };
};

test('a selection is a set of entries below a size', () => {
  const selection = new Selection(20);
  for (const seq of [0, 7, 8, 8, 19, 20, -1, 1e9]) selection.add(seq);
  expect([...Array(30).keys()].filter((seq) => selection.has(seq))).toEqual([0, 7, 8, 19]);
  expect(selection.count).toBe(4);
  expect([selection.hasAny(1, 7), selection.hasAny(1, 8), selection.hasAny(9, 19)]).toEqual([
    false,
    true,
    false,
  ]);
});

describe('a part of a ledger', () => {
  test('holds a case with its packages, who may act, and the last entry', async () => {
    // 3 opened the case, 5 is about its package and says so, 6 is about the package alone.
    expect(await chosen({ case: caseId })).toEqual({ seqs: [0, 2, 3, 5, 6, 10, 11], matched: 3 });
  });

  test('holds what is about a package', async () => {
    expect(await chosen({ package: packageId })).toEqual({
      seqs: [0, 2, 5, 6, 10, 11],
      matched: 2,
    });
    expect((await chosen({ package: packageId, case: caseId })).matched).toBe(2);
  });

  test('holds a stretch of time, wherever the clock went back in between', async () => {
    const since = '2026-05-03T12:30:00Z';
    expect((await chosen({ since })).seqs).toEqual([0, 2, 10, 11]);
    expect((await chosen({ until: '2026-05-03T00:00:30Z' })).seqs).toEqual([0, 2, 8, 9, 10, 11]);
    expect((await chosen({ case: caseId, since: '2026-05-03T12:05:00Z' })).matched).toBe(2);
  });

  test('ends where it was told to end', async () => {
    expect((await chosen({ package: packageId }, 8)).seqs).toEqual([0, 2, 5, 6, 7]);
  });

  test('of a case or a package that no entry names is refused', async () => {
    const other = '0190a000-0000-7000-8000-000000000009';
    await expect(chosen({ case: other })).rejects.toMatchObject({ code: 'case-unknown' });
    await expect(chosen({ package: other })).rejects.toMatchObject({ code: 'package-unknown' });
  });

  test('is given up when asked to', async () => {
    const filters = { package: packageId, redacted: false };
    const work = { signal: AbortSignal.abort() };
    const selecting = selectEntries(ledger.office.store, 12, filters, work);
    await expect(selecting).rejects.toMatchObject({ code: 'cancelled' });
  });
});

test('a case is found by its reference in the ledger alone', () => {
  const { store } = ledger.office;
  expect(caseNamed(store, 'JIT/2026/17 Opération Baobab')).toBe(caseId);
  expect(caseNamed(store, caseId)).toBe(caseId);
  expect(() => caseNamed(store, 'JIT/2026/18')).toThrow('JIT/2026/18');
});
