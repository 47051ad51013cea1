import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeEntry } from '../../../../main/domain/ledger/entry.ts';
import { factsOf } from '../../../../main/domain/ledger/facts.ts';
import type { LedgerQuery } from '../../../../main/domain/ledger/ledger-store.ts';
import { matcherOf } from '../../../../main/domain/ledger/matcher.ts';
import { livedIn, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';

/** What is found without an index is what the index finds. */

let ledger: LivedIn;
beforeAll(async () => {
  ledger = await livedIn();
});
afterAll(() => {
  ledger.office.dispose();
});

const asked: readonly (readonly [string, (ledger: LivedIn) => LedgerQuery])[] = [
  ['everything', () => ({})],
  ['one type', () => ({ types: ['unlocked'] })],
  ['several types', () => ({ types: ['unlocked', 'finding', 'locked'] })],
  ['no type in particular', () => ({ types: [] })],
  ['a member', ({ ben }) => ({ actor: ben.fingerprint })],
  ['a contact', ({ peer }) => ({ contact: peer.fingerprint })],
  ['a country', () => ({ country: 'SN' })],
  ['an outcome', () => ({ outcome: 'delivered' })],
  ['a time', () => ({ since: '2026-05-03T00:00:00Z', until: '2026-05-03T00:01:30Z' })],
  ['a word of a text', () => ({ text: 'diallo' })],
  ['the beginning of a word', () => ({ text: 'dia' })],
  ['two words', () => ({ text: 'amina justice' })],
  ['a type by its word', () => ({ text: 'rotated' })],
  ['the beginning of a fingerprint', ({ ben }) => ({ text: ben.fingerprint.slice(0, 10) })],
  ['a fingerprint in groups', ({ ben }) => ({ text: ben.fingerprint.replace(/(.{4})/g, '$1 ') })],
  ['a word that nothing has', () => ({ text: 'zebra' })],
  ['a word and a type', () => ({ text: 'diallo', types: ['genesis'] })],
];

test.each(asked)('%s', (_what, of) => {
  const { store } = ledger.office;
  const query = of(ledger);
  const matches = matcherOf(query);
  const found = store
    .entries(0, store.size())
    .filter(({ bytes, seq }) =>
      matches(factsOf(decodeEntry(bytes, seq)), (digest) => store.opening(digest)),
    );
  const seqs = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq);
  expect(seqs(found)).toEqual(seqs(store.query({ ...query, order: 'ascending' })));
});

test('finds something in most of these', () => {
  const { store } = ledger.office;
  const counts = asked.map(([, of]) => store.query(of(ledger)).length);
  expect(counts.filter((count) => count > 0).length).toBeGreaterThan(asked.length - 4);
});
