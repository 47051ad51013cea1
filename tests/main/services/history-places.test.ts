import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LedgerQuery } from '../../../main/domain/ledger/ledger-store.ts';
import { olderThan } from '../../../main/services/history-places.ts';
import { livedIn, type LivedIn } from '../../fixtures/ledger/lived-in.ts';

let people: LivedIn;

beforeAll(async () => {
  people = await livedIn();
});
afterAll(() => {
  people.office.dispose();
});

const MOMENTS = [
  '2020-01-01T00:00:00Z',
  '2026-05-03T00:00:00Z',
  '2026-05-03T00:00:01Z',
  '2026-05-03T12:00:00Z',
  '2026-05-04T00:00:00Z',
  '2030-01-01T00:00:00Z',
];

/** One entry after the other, looked at with the eye. */
function byHand(query: LedgerQuery): number[] {
  const rows = people.office.store.query(query);
  return MOMENTS.map((moment) => rows.filter(({ at }) => at < moment).length);
}

test.each<[string, LedgerQuery]>([
  ['the whole ledger, where the clock went back once', {}],
  ['one type', { types: ['unlocked', 'locked'] }],
  ['words', { text: 'baobab' }],
  ['a time of its own', { since: '2026-05-03T00:00:00Z', until: '2026-05-03T12:00:00Z' }],
  ['a type and a time', { types: ['unlocked'], until: '2026-05-03T11:00:00Z' }],
])('of %s, how many are older than each moment', (_, query) => {
  const older = olderThan(people.office.store, query, MOMENTS);
  expect(older).toEqual(byHand(query));
  expect(older.at(-1)).toBe(people.office.store.count(query));
});
