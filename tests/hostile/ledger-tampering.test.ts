import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../main/domain/ledger/checkpoint.ts';
import type { Entry } from '../../main/domain/ledger/entry.ts';
import type { LedgerAudit } from '../../main/domain/ledger/ledger-store.ts';
import { verifyLedger, type LedgerVerdict } from '../../main/domain/ledger/verify.ts';
import { newId } from '../../main/domain/new-id.ts';
import { livedIn, type LivedIn } from '../fixtures/ledger/lived-in.ts';
import { engine, random, TestOffice } from '../fixtures/ledger/office.ts';
import { chained, entriesOf, replaceAll, resign } from '../fixtures/ledger/rewrite.ts';

let people: LivedIn;
let office: TestOffice;

beforeAll(async () => {
  people = await livedIn();
  ({ office } = people);
});
afterAll(() => {
  office.dispose();
});
// Every case changes what it likes, and leaves nothing of it.
beforeEach(() => {
  office.ledger.exec('BEGIN');
});
afterEach(() => {
  office.ledger.exec('ROLLBACK');
});

type Known = Parameters<typeof verifyLedger>[1]['known'];

function verify(
  known: Known = [],
  applied?: number,
  store: LedgerAudit = office.store,
): Promise<LedgerVerdict> {
  return verifyLedger(store, {
    checkSignature: (content, signature, certificates) =>
      engine.verify(content, signature, certificates, new Date()),
    random,
    known,
    ...(applied === undefined ? {} : { applied: { seq: applied } }),
  });
}

const sql = (text: string) => {
  office.ledger.exec(text);
};
const found = async (known?: Known) =>
  (await verify(known)).problems.map(({ seq, code }) => `${String(seq)} ${code}`);
const position = (size: number) => {
  const row = office.store.checkpoints().find((checkpoint) => checkpoint.size === size);
  return parseCheckpoint(row?.body ?? '');
};
const editText = (seq: number, from: string, to: string) => {
  sql(`UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '${from}', '${to}') AS BLOB)
       WHERE seq = ${String(seq)}`);
};

test('what nobody touched is verified', async () => {
  const verdict = await verify([position(7), position(12)], 10);
  expect(verdict.problems).toEqual([]);
  expect(verdict).toMatchObject({ verified: true, entries: 12, breaks: [] });
  const last = position(12);
  expect(verdict).toMatchObject({ root: last.root, head: last.head });
});

describe('an entry', () => {
  test('with another field', async () => {
    editText(3, 'mla-treaty', 'mla-letter');
    expect(await found()).toEqual([
      '3 node-mismatch',
      '3 index-mismatch',
      '4 prev-mismatch',
      '4 fork',
      '6 checkpoint-root',
    ]);
  });

  test('the last, with another field', async () => {
    editText(11, 'passphrase', 'recovery');
    const problems = await found();
    expect(problems).toContain('11 node-mismatch');
    expect(problems).toContain('11 checkpoint-root');
    expect(problems).not.toContain('10 prev-mismatch');
  });

  test('from the middle gone', async () => {
    sql('DELETE FROM entries WHERE seq = 4');
    expect(await found()).toContain('4 entry-missing');
  });

  test('the last gone', async () => {
    sql('DELETE FROM entries WHERE seq = 11');
    const problems = await found();
    expect(problems).toContain('11 checkpoint-beyond');
    expect(problems).toContain('11 node-mismatch');
    expect(problems).toContain('11 index-mismatch');
  });

  test('exchanged with its neighbour', async () => {
    sql(`UPDATE entries SET seq = 100 WHERE seq = 3;
         UPDATE entries SET seq = 3 WHERE seq = 4;
         UPDATE entries SET seq = 4 WHERE seq = 100;`);
    const problems = await found();
    expect(problems).toContain('3 seq-wrong');
    expect(problems).toContain('3 prev-mismatch');
    expect(problems).toContain('4 seq-wrong');
  });

  test('inserted', async () => {
    sql(`UPDATE entries SET seq = -seq WHERE seq >= 3;
         UPDATE entries SET seq = 1 - seq WHERE seq < 0;
         INSERT INTO entries SELECT 3, bytes FROM entries WHERE seq = 1;`);
    const problems = await found();
    expect(problems).toContain('3 seq-wrong');
    expect(problems).toContain('3 node-mismatch');
  });

  test.each([
    ['far beyond the others', 1_099_511_627_776, '11 entry-missing'],
    ['at the next page', 1024, '11 entry-missing'],
    ['before the first', -1, '0 entry-missing'],
  ])('that stands %s', async (_, seq, problem) => {
    sql(`UPDATE entries SET seq = ${String(seq)} WHERE seq = 11`);
    expect(await found()).toContain(problem);
  });

  test.each([
    ['a space', '{"actor"', '{ "actor"'],
    ['another order of keys', '"at":"', '"aa":1,"at":"'],
    ['a key twice', '"format"', '"format":"valise.entry/1","format"'],
    ['a line end', '"type":"unlocked"}', '"type":"unlocked"}\r\n'],
    ['an escaped letter', '"unlocked"', '"\\u0075nlocked"'],
    ['a byte order mark', '{"actor"', '\ufeff{"actor"'],
    ['another number', '"seq":1,', '"seq":1.0,'],
    ['a NUL', '"unlocked"', '"un\u0000locked"'],
  ])('with %s is not canonical', async (_, from, to) => {
    const text = Buffer.from(office.store.entry(1)?.bytes ?? []).toString('utf8');
    expect(text).toContain(from);
    office.ledger
      .prepare('UPDATE entries SET bytes = ? WHERE seq = 1')
      .run([new Uint8Array(Buffer.from(text.replace(from, to)))]);
    const codes = await found();
    expect(codes.some((line) => /^1 (not-canonical|document-refused)$/.test(line))).toBe(true);
    expect(codes).toContain('1 node-mismatch');
  });

  test.each([
    ['of bytes that are no text', new Uint8Array([0xff, 0xfe, 0x7b]), '1 not-canonical'],
    ['of ten megabytes', new Uint8Array(10 * 2 ** 20).fill(0x20), '1 entry-too-large'],
    ['that is a list', new Uint8Array(Buffer.from('[]')), '1 document-refused'],
    [
      'of a version to come',
      new Uint8Array(Buffer.from('{"format":"valise.entry/2"}')),
      '1 version-unknown',
    ],
  ])('%s', async (_, bytes, problem) => {
    office.ledger.prepare('UPDATE entries SET bytes = ? WHERE seq = 1').run([bytes]);
    expect(await found()).toContain(problem);
  });

  test('of no bytes', async () => {
    sql('UPDATE entries SET bytes = zeroblob(0) WHERE seq = 1');
    expect(await found()).toContain('1 not-canonical');
  });

  test('changed, and every hash after it made anew', async () => {
    const entries = entriesOf(office);
    const third = entries[3] as Extract<Entry, { type: 'case-opened' }>;
    entries[3] = { ...third, detail: { ...third.detail, countries: ['FR'] } };
    replaceAll(office, chained(entries));
    const problems = await found();
    expect(problems[0]).toBe('4 fork');
    expect(problems).toContain('6 checkpoint-root');
    expect(problems).not.toContain('3 node-mismatch');
  });
});

describe('who signed', () => {
  const restamp = async (entries: readonly Entry[], keys = 10, signer = people.aminaAnew) => {
    replaceAll(office, chained(entries));
    sql('DELETE FROM checkpoints');
    await resign(office, entries.length, keys, signer);
  };

  test('another key over a rewritten ledger', async () => {
    await restamp(entriesOf(office).slice(0, 8), 2, people.peer);
    expect(await found()).toContain('7 checkpoint-signature');
  });

  test('the real key over a ledger that it rewrote: others remember', async () => {
    const before = position(12);
    const entries = entriesOf(office);
    const finding = entries[7];
    replaceAll(office, chained(entries.filter((entry) => entry !== finding)));
    sql('DELETE FROM checkpoints');
    await resign(office, 10, 9, people.amina);
    await resign(office, 11, 9, people.aminaAnew);
    expect(await found()).toEqual([]);
    expect(await found([before])).toEqual(['11 rollback']);
    await resign(office, 7, 2, people.amina);
    const seven = position(7);
    expect(await found([seven])).toEqual([]);
    expect(await found([{ ...seven, root: before.root }])).toEqual(['6 fork']);
    expect(await found([{ ...seven, head: before.head }])).toEqual(['6 fork']);
  });

  test('one member for what another wrote', async () => {
    const entries = entriesOf(office);
    const finding = entries[7];
    if (finding) entries[7] = { ...finding, actor: people.amina.as('officer').actor };
    await restamp(entries);
    expect(await found()).toEqual(['10 checkpoint-missing']);
  });

  test('nobody for a run', async () => {
    sql('DELETE FROM checkpoints WHERE size = 11');
    expect(await found()).toEqual(['10 checkpoint-missing']);
  });

  test('a key that nobody introduced', async () => {
    const entries = entriesOf(office).map((entry, seq) =>
      seq === 9 || seq === 11 ? { ...entry, actor: people.peer.as('officer').actor } : entry,
    );
    await restamp(entries, 10, people.peer);
    const problems = await found();
    expect(problems).toContain('9 actor-not-authorised');
    expect(problems).toContain('11 actor-not-authorised');
  });

  test('a key once more, after another took its place', async () => {
    const entries = entriesOf(office).map((entry, seq) =>
      seq === 11 ? { ...entry, actor: people.amina.as('officer').actor } : entry,
    );
    await restamp(entries, 10, people.amina);
    expect(await found()).toContain('11 actor-not-authorised');
  });

  test('a rotation that the old key did not sign', async () => {
    const statement = office.store.evidenceOfKind('rotation')[0];
    const forged = Buffer.from(statement?.bytes ?? []).toString();
    const other = forged.replace(/"to":"[0-9A-F]{40}"/, `"to":"${people.peer.fingerprint}"`);
    expect(other).not.toBe(forged);
    office.ledger
      .prepare(`UPDATE evidence SET bytes = ? WHERE kind = 'rotation'`)
      .run([new Uint8Array(Buffer.from(other))]);
    const problems = await found();
    expect(problems).toContain('10 evidence-mismatch');
    expect(problems).toContain('10 rotation-unproven');
  });
});

describe('a checkpoint', () => {
  const change = (edit: (body: string) => string) => {
    const last = office.store.lastCheckpoint();
    office.ledger
      .prepare('UPDATE checkpoints SET body = ? WHERE size = 12')
      .run([edit(last?.body ?? '')]);
  };

  test.each([
    ['a seventh line', (body: string) => `${body}more\n`, 'malformed'],
    ['no last line end', (body: string) => body.slice(0, -1), 'malformed'],
    ['a leading zero', (body: string) => body.replace('\n12\n', '\n012\n'), 'malformed'],
    [
      'a size beyond numbers',
      (body: string) => body.replace('\n12\n', '\n9007199254740993\n'),
      'malformed',
    ],
    ['base64 without padding', (body: string) => body.replace('=\n', '\n'), 'malformed'],
    ['CRLF', (body: string) => body.replaceAll('\n', '\r\n'), 'malformed'],
    ['another size', (body: string) => body.replace('\n12\n', '\n13\n'), 'malformed'],
    ['another origin', (body: string) => body.replace(/^valise\/...../, 'valise/00000'), 'origin'],
    ['another root', (body: string) => body.replace(/\n....([^\n]{40})\n/, '\nAAAA$1\n'), 'root'],
    ['another head', (body: string) => body.replace(/head ...../, 'head 00000'), 'head'],
    ['another time', (body: string) => body.replace('time 2026', 'time 2025'), 'time'],
    ['another keys entry', (body: string) => body.replace('keys 10', 'keys 9'), 'keys'],
  ])('with %s', async (_, edit, code) => {
    change(edit);
    expect(await found()).toEqual([`11 checkpoint-${code}`]);
  });

  test('with the signature of another one', async () => {
    sql(`UPDATE checkpoints SET signature = (SELECT signature FROM checkpoints WHERE size = 7)
         WHERE size = 12`);
    expect(await found()).toEqual(['11 checkpoint-signature']);
  });

  test('that is gone', async () => {
    sql('DELETE FROM checkpoints WHERE size = 12');
    expect(await found()).toEqual(['11 checkpoint-not-last']);
  });

  test('of a run that is gone', async () => {
    sql('DELETE FROM checkpoints WHERE size = 8');
    expect(await found()).toEqual(['7 checkpoint-missing']);
  });

  test('that is an older one, over a tail that was cut: anchors tell', async () => {
    const before = position(12);
    replaceAll(office, chained(entriesOf(office).slice(0, 8)));
    sql('DELETE FROM checkpoints WHERE size > 8');
    expect(await found()).toEqual([]);
    expect(await found([before])).toEqual(['8 rollback']);
  });
});

describe('what stands beside the entries', () => {
  test.each([
    ['a leaf', 'level = 0 AND idx = 5', '5 node-mismatch'],
    ['an inner node', 'level = 2 AND idx = 1', '4 node-mismatch'],
  ])('%s of the tree', async (_, where, problem) => {
    sql(`UPDATE nodes SET hash = zeroblob(32) WHERE ${where}`);
    expect(await found()).toEqual([problem]);
  });

  test('a node of the tree gone, or one too many', async () => {
    sql('DELETE FROM nodes WHERE level = 1 AND idx = 2');
    expect(await found()).toEqual(['4 node-mismatch']);
    sql('ROLLBACK; BEGIN; INSERT INTO nodes VALUES (7, 0, zeroblob(32))');
    expect(await found()).toEqual(['12 node-mismatch']);
  });

  test('a word of the index gone, or one too many', async () => {
    sql(`INSERT INTO words (rowid, text) VALUES (5, 'baobab')`);
    expect(await found()).toEqual(['5 index-mismatch']);
    sql(`ROLLBACK; BEGIN; INSERT INTO words (rowid, text) VALUES (2000, 'baobab')`);
    expect(await found()).toEqual(['2000 index-mismatch']);
    sql(`ROLLBACK; BEGIN;
         INSERT INTO words (words, rowid, text) VALUES ('delete', 1, 't=unlocked')`);
    expect(await found()).toEqual(['1 index-mismatch']);
  });

  test('the words of two entries exchanged', async () => {
    sql(`INSERT INTO words (words, rowid, text) VALUES ('delete', 1, 't=unlocked');
         INSERT INTO words (rowid, text) VALUES (2, 't=unlocked')`);
    expect(await found()).toEqual(['1 index-mismatch', '2 index-mismatch']);
  });

  test('the way to a word turned aside, with every word where it was', async () => {
    const long = await TestOffice.founded(people.amina);
    try {
      const id = () => newId({ now: () => new Date() }, random);
      await long.journal.commit({
        acts: Array.from({ length: 400 }, () => ({
          type: 'expired' as const,
          subject: { package: id() },
          detail: {},
        })),
      });
      expect((await verify([], undefined, long.store)).problems).toEqual([]);
      long.ledger.exec(`UPDATE words_idx SET term = CAST('0zz' || term AS BLOB) WHERE term <> ''`);
      expect(long.store.count({ types: ['expired'] })).toBe(0);
      expect((await verify([], undefined, long.store)).problems).toEqual([
        { seq: 0, code: 'index-damaged' },
      ]);
      long.ledger.exec('UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10');
      expect((await verify([], undefined, long.store)).problems).toEqual([
        { seq: 0, code: 'index-damaged' },
      ]);
    } finally {
      long.dispose();
    }
  });

  test('a text behind a commitment', async () => {
    sql(`UPDATE openings SET value = 'the receipt came early' WHERE value LIKE 'the receipt%'`);
    expect(await found()).toEqual(['7 opening-mismatch', '7 index-mismatch']);
    sql(`DELETE FROM openings WHERE value LIKE 'the receipt%'`);
    expect(await found()).toContain('7 opening-missing');
  });

  test('a receipt moved, forged, signed by somebody else, or gone', async () => {
    sql(`UPDATE evidence SET signature = NULL WHERE kind = 'receipt'`);
    expect(await found()).toEqual(['6 receipt-signature']);
    sql(`ROLLBACK; BEGIN;
         UPDATE evidence SET bytes = CAST(replace(CAST(bytes AS TEXT), 'accepted', 'rejected') AS BLOB)
         WHERE kind = 'receipt'`);
    expect(await found()).toEqual(['6 evidence-mismatch', '6 receipt-mismatch']);
    sql(`ROLLBACK; BEGIN; DELETE FROM evidence WHERE kind = 'receipt'`);
    expect(await found()).toEqual(['6 evidence-missing']);
    sql(`ROLLBACK; BEGIN; DELETE FROM evidence WHERE kind = 'certificate'`);
    const problems = await found();
    expect(problems).toContain('4 evidence-missing');
    expect(problems).toContain('6 receipt-signature');
    expect(problems).toContain('11 checkpoint-signature');
  });

  test('a vault.db from before, or from later', async () => {
    expect((await verify([], 11)).verified).toBe(true);
    expect((await verify([], 2)).problems).toEqual([{ seq: 3, code: 'vault-behind' }]);
    expect((await verify([], 12)).problems).toEqual([{ seq: 12, code: 'vault-ahead' }]);
  });

  test('another ledger altogether', async () => {
    const known = { ...position(12), origin: `valise/${'0'.repeat(64)}` };
    expect(await found([known])).toEqual(['0 fork']);
  });
});
