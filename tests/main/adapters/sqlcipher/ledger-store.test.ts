import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerQuery } from '../../../../main/domain/ledger/ledger-store.ts';
import { weigh, type PostingWeights } from '../../../../main/domain/ledger/ledger-store.ts';
import { livedIn, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';

let people: LivedIn;

beforeAll(async () => {
  people = await livedIn();
});
afterAll(() => {
  people.office.dispose();
});

const seqs = (query: LedgerQuery) => people.office.store.query(query).map(({ seq }) => seq);
const row = (seq: number) => {
  const found = people.office.store.entry(seq);
  if (!found) throw new Error('no such entry');
  return found;
};

describe('a question to the ledger', () => {
  test('without a filter gives the newest first', () => {
    expect(seqs({})).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(seqs({ limit: 3 })).toEqual([11, 10, 9]);
    expect(seqs({ limit: 3, after: 9 })).toEqual([8, 7, 6]);
    expect(seqs({ order: 'ascending', limit: 2 })).toEqual([0, 1]);
    expect(seqs({ order: 'ascending', after: 10 })).toEqual([11]);
    expect(people.office.store.count({})).toBe(12);
  });

  test('finds by type, package, case, contact and person', () => {
    const { package: id, case: caseId, contact } = row(6);
    expect(seqs({ types: ['unlocked'] })).toEqual([11, 1]);
    expect(seqs({ types: ['unlocked', 'finding'], limit: 2 })).toEqual([11, 7]);
    expect(seqs({ package: id ?? '' })).toEqual([6, 5]);
    expect(caseId).toBeUndefined();
    expect(seqs({ case: row(5).case ?? '' })).toEqual([5, 3]);
    expect(seqs({ contact: contact ?? '' })).toEqual([6, 4]);
    expect(seqs({ actor: people.ben.fingerprint })).toEqual([7]);
    expect(seqs({ actor: people.amina.fingerprint, types: ['unlocked'] })).toEqual([1]);
    expect(seqs({ outcome: 'accepted' })).toEqual([6]);
    expect(seqs({ country: 'FR' })).toEqual([3]);
    expect(people.office.store.count({ types: ['unlocked', 'locked'] })).toBe(3);
  });

  test.each<LedgerQuery>([
    {},
    { after: 6 },
    { types: ['unlocked', 'locked', 'finding'] },
    { actor: 'amina' },
    { until: '2026-05-03T11:59:59Z' },
    { since: '2026-05-03T12:00:00Z', types: ['unlocked', 'finding', 'frozen'] },
    { text: 'no-such-word' },
  ])('goes to a place in what %j finds', (asked) => {
    const query = asked.actor === undefined ? asked : { actor: people.amina.fingerprint };
    for (const order of ['ascending', 'descending'] as const) {
      const found = seqs({ ...query, order });
      const places = [...found.keys(), found.length];
      expect(places.map((place) => people.office.store.seqAt({ ...query, order }, place))).toEqual([
        ...found,
        undefined,
      ]);
    }
  });

  test('tells what its words name', () => {
    const { store } = people.office;
    expect(store.named('g', 10)).toEqual(['fr', 'sn']);
    expect(store.named('o', 10)).toContain('accepted');
    expect(store.named('t', 100)).toContain('clock-went-back');
    expect(store.named('t', 2)).toHaveLength(2);
    expect(store.named('a', 10)).toContain(people.ben.fingerprint.toLowerCase());
  });

  test('finds by time, also where the clock went back', () => {
    expect(row(8).at).toBe('2026-05-03T00:00:00Z');
    expect(seqs({ until: '2026-05-03T11:59:59Z' })).toEqual([11, 10, 9, 8]);
    expect(seqs({ since: '2026-05-03T12:00:00Z' })).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
    expect(seqs({ since: row(2).at, until: row(4).at })).toEqual([4, 3, 2]);
    expect(seqs({ since: row(1).at, types: ['unlocked'] })).toEqual([1]);
    expect(seqs({ until: row(1).at, types: ['unlocked'], order: 'ascending' })).toEqual([1, 11]);
    expect(people.office.store.count({ since: row(2).at, until: row(4).at })).toBe(3);
    expect(seqs({ since: '2030-01-01T00:00:00Z' })).toEqual([]);
  });

  test.each([
    ['a word of a text behind a commitment', 'baobab', [3]],
    ['the beginning of a word', 'Opé', [3]],
    ['a word without its accents', 'operation', [3]],
    ['words in any order', '17 JIT', [3]],
    ['a name', 'peer diallo', [4]],
    ['an e-mail address', 'ben@example.org', [2]],
    ['a code', 'mla-treaty', [3]],
    ['a country, and what else begins so', 'fr', [5, 3]],
    ['a type', 'receipt', [7, 6]],
    ['part of a type', 'frozen', [5]],
    ['an outcome', 'accepted', [6]],
    ['words that do not occur together', 'baobab frozen', []],
    ['nothing but signs', '…—!', [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['a word that no entry has', 'zebra', []],
    ['a query that would be syntax', '"baobab" OR *', []],
    ['quotes', '"baobab"', [3]],
  ])('finds %s', (_, text, expected) => {
    expect(seqs({ text })).toEqual(expected);
  });

  test('finds digests, ids and fingerprints as they are shown', () => {
    const frozen = JSON.parse(Buffer.from(row(5).bytes).toString()) as {
      subject: { manifest: string; package: string };
    };
    const receipt = JSON.parse(Buffer.from(row(6).bytes).toString()) as {
      subject: { sealed: string };
    };
    const { manifest, package: id } = frozen.subject;
    expect(seqs({ text: manifest })).toEqual([6, 5]);
    expect(seqs({ text: manifest.slice(0, 10).toUpperCase() })).toEqual([6, 5]);
    expect(seqs({ text: id })).toEqual([6, 5]);
    expect(seqs({ text: `VAL-${receipt.subject.sealed.slice(0, 16)}.pgp` })).toEqual([6]);
    const groups = people.peer.fingerprint.match(/.{4}/g)?.join(' ') ?? '';
    expect(seqs({ text: groups })).toEqual([6, 5, 4]);
  });

  test('gives all that it finds at once, oldest first', () => {
    const all = (query: LedgerQuery, size = 12) => [...people.office.store.seqs(query, size)];
    expect(all({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(all({}, 3)).toEqual([0, 1, 2]);
    expect(all({ types: ['unlocked', 'locked', 'frozen'] })).toEqual([1, 5, 9, 11]);
    expect(all({ types: ['unlocked'] }, 11)).toEqual([1]);
    expect(all({ since: row(2).at, until: row(4).at })).toEqual([2, 3, 4]);
    expect(all({ text: 'zebra' })).toEqual([]);
  });

  test('reads rows from the bytes', () => {
    expect(row(6)).toMatchObject({
      seq: 6,
      type: 'receipt-in',
      actor: people.amina.fingerprint,
      contact: people.peer.fingerprint,
    });
    expect(people.office.store.entry(12)).toBeUndefined();
    expect(people.office.store.entries(3, 6).map(({ type }) => type)).toEqual([
      'case-opened',
      'contact-added',
      'frozen',
    ]);
  });
});

describe('the bulk reads of the verifier', () => {
  test('give the same as the single ones', () => {
    const { store } = people.office;
    const texts = store.textsBetween(0, 12);
    expect(texts).toEqual(
      store.bytesBetween(0, 12).map((bytes) => Buffer.from(bytes).toString('utf8')),
    );
    expect(store.seqsBetween(4, 20)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect(store.nodeCount()).toBe(12 + 6 + 3 + 1);
    const hashes = Buffer.concat(store.nodes(1).map(({ hash }) => hash));
    expect(store.unequalNodes(1, 0, hashes)).toEqual([]);
    hashes[40] = (hashes[40] ?? 0) ^ 1;
    expect(store.unequalNodes(1, 0, hashes)).toEqual([1]);
    expect(store.unequalNodes(1, 5, Buffer.concat([hashes.subarray(160), hashes]))).toEqual([
      6, 7, 8, 9, 10, 11,
    ]);
  });

  test('weigh postings as the domain does', () => {
    const { store } = people.office;
    const weights: PostingWeights = [1048576, 1, 1048575, 524309];
    const expected = new Map<string, number>();
    store.eachPosting((word, seq) => {
      expected.set(word, ((expected.get(word) ?? 0) + weigh(weights, seq)) % 2 ** 32);
    });
    const sums = new Map<string, number>();
    store.sumPostings(weights, (word, sum) => {
      sums.set(word, sum);
    });
    expect(sums).toEqual(expected);
    expect(sums.size).toBeGreaterThan(40);
  });

  test('read openings in the order in which they came', () => {
    const { store } = people.office;
    const all = store.openingsFrom(0, 100);
    expect(all).toHaveLength(store.openings().length);
    const [first] = all;
    expect(store.openingsFrom(first?.row ?? 0, 1)).toEqual(all.slice(1, 2));
    expect(first && store.opening(first.opening.digest)).toEqual(first?.opening);
  });
});
