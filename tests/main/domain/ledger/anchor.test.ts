import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareAnchor, compareWitness } from '../../../../main/domain/ledger/anchor.ts';
import { compareApplied } from '../../../../main/domain/ledger/applied.ts';
import { checkpointAt } from '../../../../main/domain/ledger/checkpoint.ts';
import { decodeEntry, encodeEntry, type Entry } from '../../../../main/domain/ledger/entry.ts';
import { livedIn, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';

let people: LivedIn;

beforeAll(async () => {
  people = await livedIn();
});
afterAll(() => {
  people.office.dispose();
});

const place = (size: number) => checkpointAt(people.office.store, size, 0);

describe('what is remembered of a ledger', () => {
  test('is the same, or a place that it went through', () => {
    const { store } = people.office;
    expect(compareAnchor(store, place(12))).toBe('same');
    for (let size = 1; size < 12; size += 1)
      expect(compareAnchor(store, place(size))).toBe('ahead-consistent');
    expect(compareWitness(store, place(12))).toBe('consistent');
    expect(compareWitness(store, place(3))).toBe('consistent');
  });

  test('is more than there is, or another way', () => {
    const { store } = people.office;
    const last = place(12);
    expect(compareAnchor(store, { ...last, size: 13 })).toBe('rollback');
    expect(compareAnchor(store, { ...last, root: place(11).root })).toBe('fork');
    expect(compareAnchor(store, { ...last, head: place(11).head })).toBe('fork');
    expect(compareAnchor(store, { ...last, size: 11 })).toBe('fork');
    expect(compareAnchor(store, { ...last, origin: `valise/${'0'.repeat(64)}` })).toBe('fork');
    expect(compareWitness(store, { ...last, size: 13 })).toBe('rollback');
    expect(compareWitness(store, { ...last, root: place(11).root })).toBe('fork');
    const empty = { size: () => 0, entry: () => undefined, node: () => undefined };
    expect(compareAnchor(empty, last)).toBe('rollback');
  });

  test('is continued by a ledger that says so', () => {
    const { store } = people.office;
    const last = place(12);
    const first = decodeEntry(store.entry(0)?.bytes ?? new Uint8Array(), 0);
    const { origin, size, root } = last;
    const detail = { ...first.detail, continues: { origin, size, root, lostTo: 'unknown' } };
    const bytes = encodeEntry({ ...first, detail } as Entry);
    const genesis = { seq: 0, bytes, type: 'genesis' as const, at: first.at, actor: '' };
    const restarted = { size: () => 1, entry: () => genesis, node: () => undefined };
    expect(compareAnchor(restarted, last)).toBe('continued');
    expect(compareAnchor(restarted, { ...last, origin: `valise/${'0'.repeat(64)}` })).toBe('fork');
    expect(compareWitness(restarted, last)).toBe('consistent');
  });
});

test('vault.db stands to the ledger as far as its effects were applied', () => {
  const { store } = people.office;
  expect(compareApplied(store, 11)).toBe('same');
  expect(compareApplied(store, 10)).toBe('same');
  expect(compareApplied(store, 9)).toBe('behind');
  expect(compareApplied(store, undefined)).toBe('behind');
  expect(compareApplied(store, 12)).toBe('ahead');
});
