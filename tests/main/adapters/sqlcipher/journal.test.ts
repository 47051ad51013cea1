import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readApplied, readIntents } from '../../../../main/adapters/sqlcipher/intents.ts';
import { sha256Hex } from '../../../../main/domain/digest.ts';
import { parseCheckpoint } from '../../../../main/domain/ledger/checkpoint.ts';
import { decodeEntry, entryDigest } from '../../../../main/domain/ledger/entry.ts';
import { makeOpening } from '../../../../main/domain/ledger/opening.ts';
import type { Commit } from '../../../../main/domain/vault/journal.ts';
import { failureOfAsync } from '../../../fixtures/failure.ts';
import {
  engine,
  finding,
  genesisOf,
  locked,
  memberAdded,
  Person,
  random,
  TestOffice,
  unlocked,
} from '../../../fixtures/ledger/office.ts';

let amina: Person;
let ben: Person;
let office: TestOffice;

beforeAll(async () => {
  [amina, ben] = await Promise.all([Person.called('Amina'), Person.called('Ben')]);
});

beforeEach(() => {
  office = new TestOffice(amina);
});

afterEach(() => {
  office.dispose();
});

const found = () => office.journal.commit(genesisOf(amina));
const types = () => office.store.entries(0, 100).map(({ type }) => type);
const setting = (value: string): Commit => ({
  acts: [{ type: 'case-closed', detail: {} }],
  effects: [{ put: 'settings', id: 'language', doc: { value } }],
});
const vaultIsClean = () => readIntents(office.vault).length === 0;

describe('a commit', () => {
  test('begins a ledger with genesis and nothing else', async () => {
    const error = await failureOfAsync(() => office.journal.commit({ acts: [unlocked] }));
    expect(error.code).toBe('ledger-not-authorised');
    expect(await found()).toEqual({ first: 0, last: 0, size: 1 });
    expect((await failureOfAsync(found)).code).toBe('ledger-not-authorised');
    expect(types()).toEqual(['genesis']);
  });

  test('chains the entries and signs one checkpoint over all of them', async () => {
    await found();
    const committed = await office.journal.commit({ acts: [unlocked, locked, unlocked] });
    expect(committed).toEqual({ first: 1, last: 3, size: 4 });
    const rows = office.store.entries(0, 10);
    rows.forEach(({ bytes }, seq) => {
      const entry = decodeEntry(bytes, seq);
      expect(entry.seq).toBe(seq);
      const before = rows[seq - 1];
      expect(entry.prev).toBe(before ? entryDigest(before.bytes) : '0'.repeat(64));
    });
    const { body, signature } = await office.journal.checkpoint();
    const verdict = await engine.verify(
      Buffer.from(body),
      signature,
      [amina.key.certificate.bytes],
      new Date(),
    );
    expect(verdict.signer).toBe(amina.fingerprint);
    const last = rows[3];
    expect(parseCheckpoint(body)).toMatchObject({
      size: 4,
      head: last && entryDigest(last.bytes),
      time: last?.at,
      keys: 0,
    });
    expect(office.store.checkpoints()).toHaveLength(1);
  });

  test('applies the effects, and says so in vault.db', async () => {
    await found();
    await office.journal.commit(setting('fr'));
    expect(office.records.get('settings', 'language')).toEqual({ value: 'fr' });
    expect(readApplied(office.vault)?.seq).toBe(1);
    expect(vaultIsClean()).toBe(true);
    await office.journal.commit({ acts: [unlocked] });
    expect(readApplied(office.vault)?.seq).toBe(1);
  });

  test('renames and removes the files', async () => {
    await found();
    const at = (name: string) => join(office.folder, name);
    writeFileSync(at('VAL-1.pgp.partial'), 'new');
    writeFileSync(at('VAL-0.pgp'), 'old');
    await office.journal.commit({
      ...setting('fr'),
      renames: [{ from: at('VAL-1.pgp.partial'), to: at('VAL-1.pgp') }],
      removals: [at('VAL-0.pgp')],
    });
    expect(readFileSync(at('VAL-1.pgp'), 'utf8')).toBe('new');
    expect(readdirSync(office.folder).filter((name) => name.startsWith('VAL'))).toEqual([
      'VAL-1.pgp',
    ]);
  });

  test('keeps openings and evidence for who reads the ledger alone', async () => {
    await found();
    const { acts, openings } = finding(0, 'the seizure was late');
    const evidence = ben.certificate;
    await office.journal.commit({ acts, openings, evidence: [evidence] });
    expect(office.store.openings().map(({ value }) => value)).toContain('the seizure was late');
    const stored = office.store.evidence(evidence.sha256);
    expect(stored?.kind).toBe('certificate');
    expect(Buffer.from(stored?.bytes ?? []).equals(evidence.bytes)).toBe(true);
  });

  test('refuses openings and evidence that are not what they say', async () => {
    await found();
    const opening = { ...makeOpening('x', random), value: 'y' };
    await expect(
      office.journal.commit({ acts: [unlocked], openings: [opening] }),
    ).rejects.toBeInstanceOf(TypeError);
    const evidence = [{ ...ben.certificate, bytes: new Uint8Array([1]) }];
    await expect(office.journal.commit({ acts: [unlocked], evidence })).rejects.toBeInstanceOf(
      TypeError,
    );
    await expect(office.journal.commit({ acts: [] })).rejects.toBeInstanceOf(TypeError);
    expect(types()).toEqual(['genesis']);
  });

  test('writes down first that the clock went back', async () => {
    await found();
    office.clock.set('2025-01-01T00:00:00Z');
    expect(await office.journal.commit({ acts: [unlocked] })).toEqual({
      first: 1,
      last: 2,
      size: 3,
    });
    const entry = decodeEntry(office.store.entry(1)?.bytes ?? new Uint8Array(), 1);
    expect(entry.type).toBe('clock-went-back');
    expect(entry.detail).toEqual({ from: '2026-05-03T12:01:00Z', to: '2025-01-01T00:00:00Z' });
    expect(entry.at).toBe('2025-01-01T00:00:00Z');
  });

  test('happens one after the other', async () => {
    await found();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => office.journal.commit({ acts: [unlocked] })),
    );
    expect(all.map(({ first }) => first)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(office.store.size()).toBe(21);
  });

  test('that is not signed leaves nothing behind', async () => {
    await found();
    const partial = join(office.folder, 'VAL-1.pgp.partial');
    writeFileSync(partial, 'new');
    const journal = office.journalOf({
      actor: amina.as('officer').actor,
      sign: () => Promise.reject(new Error('the key is locked')),
    });
    const renames = [{ from: partial, to: join(office.folder, 'VAL-1.pgp') }];
    await expect(journal.commit({ ...setting('fr'), renames })).rejects.toThrow('locked');
    expect(office.store.size()).toBe(1);
    expect(vaultIsClean()).toBe(true);
    expect(existsSync(partial)).toBe(false);
    expect(office.records.get('settings', 'language')).toBeUndefined();
  });

  test('of a member who may not is refused, and nothing is written', async () => {
    await found();
    await office.journal.commit(memberAdded(ben, 'auditor'));
    const journal = office.journalOf(ben.as('auditor'), false);
    expect((await failureOfAsync(() => journal.commit(setting('fr')))).code).toBe(
      'ledger-not-authorised',
    );
    const stranger = office.journalOf(ben.as('officer'));
    expect((await failureOfAsync(() => stranger.commit({ acts: [unlocked] }))).code).toBe(
      'ledger-not-authorised',
    );
    await journal.commit({ acts: [unlocked] });
    expect(types()).toEqual(['genesis', 'member-added', 'unlocked']);
    await expect(
      journal.commit({ acts: [unlocked], effects: setting('x').effects ?? [] }),
    ).rejects.toBeInstanceOf(TypeError);
  });

  test('fills in the keys chain by itself', async () => {
    await found();
    await office.journal.commit({ acts: [unlocked] });
    const carl = await Person.called('Carl');
    await office.journal.commit(memberAdded(ben, 'officer'));
    await office.journal.commit(memberAdded(carl, 'approver'));
    const details = [2, 3].map(
      (seq) => decodeEntry(office.store.entry(seq)?.bytes ?? new Uint8Array(), seq).detail,
    );
    expect(details).toMatchObject([{ prevKeys: 0 }, { prevKeys: 2 }]);
    expect(parseCheckpoint((await office.journal.checkpoint()).body).keys).toBe(3);
  });
});

describe('a full disk', () => {
  /** As if no page more could be had. */
  const full = (database: TestOffice['ledger']) => {
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${String(pages)}`);
  };
  const large = (): Commit => ({
    ...setting('x'.repeat(100_000)),
    evidence: [evidenceOf(new Uint8Array(100_000).fill(1))],
  });
  const evidenceOf = (bytes: Uint8Array) => ({
    sha256: sha256Hex(bytes),
    kind: 'recorded' as const,
    bytes,
  });

  test.each(['ledger', 'vault'] as const)('of %s.db changes nothing', async (which) => {
    await found();
    const from = join(office.folder, 'a.partial');
    writeFileSync(from, 'new');
    const renames = [{ from, to: join(office.folder, 'a') }];
    full(office[which]);
    const commit = { ...large(), renames };
    expect((await failureOfAsync(() => office.journal.commit(commit))).code).toBe('disk-full');
    expect(office.store.size()).toBe(1);
    expect(vaultIsClean()).toBe(true);
    expect(existsSync(from)).toBe(false);
    office[which].pragma('max_page_count = 4294967294');
    await office.journal.commit(large());
    expect(office.store.size()).toBe(2);
    expect(office.records.get('settings', 'language')?.value).toHaveLength(100_000);
  });
});

describe('checkpoints that are kept', () => {
  const kept = () => office.store.checkpoints().map(({ size, kept }) => [size, kept]);

  test('are the last, the last of each run of one actor, and those that left', async () => {
    await found();
    await office.journal.commit(memberAdded(ben, 'officer'));
    await office.journal.commit({ acts: [unlocked] });
    expect(kept()).toEqual([[3, 'last']]);
    await office.journal.become(ben.as('officer'));
    await office.journal.commit({ acts: [unlocked] });
    expect(kept()).toEqual([
      [3, 'run'],
      [4, 'last'],
    ]);
    expect((await office.journal.checkpoint({ leaves: true })).size).toBe(4);
    await office.journal.commit({ acts: [unlocked] });
    await office.journal.commit({ acts: [unlocked], keepCheckpoint: true });
    await office.journal.commit({ acts: [unlocked] });
    expect(kept()).toEqual([
      [3, 'run'],
      [4, 'left'],
      [6, 'left'],
      [7, 'last'],
    ]);
  });

  test('are every 4096th', async () => {
    await found();
    for (let round = 0; round < 3; round += 1)
      await office.journal.commit({ acts: Array.from({ length: 2000 }, () => unlocked) });
    await office.journal.commit({ acts: [unlocked] });
    expect(kept()).toEqual([
      [6001, 'round'],
      [6002, 'last'],
    ]);
  });
});

describe('a journal that is opened', () => {
  test('goes on where the last one stopped', async () => {
    await found();
    await office.journal.commit(setting('fr'));
    office.reopen();
    expect(await office.journal.recover()).toEqual({ finished: 0, discarded: 0 });
    await office.journal.commit(setting('en'));
    expect(types()).toEqual(['genesis', 'case-closed', 'case-closed']);
    expect(office.records.get('settings', 'language')).toEqual({ value: 'en' });
  });

  test('finishes what was committed but not applied', async () => {
    await found();
    const from = join(office.folder, 'a.partial');
    const to = join(office.folder, 'a');
    writeFileSync(from, 'new');
    office.vault.exec(
      `CREATE TRIGGER stop BEFORE INSERT ON settings BEGIN SELECT raise(ABORT, 'power cut'); END`,
    );
    const commit = { ...setting('fr'), renames: [{ from, to }] };
    expect((await failureOfAsync(() => office.journal.commit(commit))).code).toBe('commit-unsure');
    expect((await failureOfAsync(() => office.journal.commit(commit))).code).toBe('commit-unsure');
    office.vault.exec('DROP TRIGGER stop');
    office.reopen();
    expect(office.records.get('settings', 'language')).toBeUndefined();
    expect(await office.journal.recover()).toEqual({ finished: 1, discarded: 0 });
    expect(office.records.get('settings', 'language')).toEqual({ value: 'fr' });
    expect(existsSync(to)).toBe(true);
    expect(readApplied(office.vault)?.seq).toBe(1);
    expect(await office.journal.recover()).toEqual({ finished: 0, discarded: 0 });
  });

  test('renames what a crash left to be renamed', async () => {
    await found();
    const from = join(office.folder, 'a.partial');
    const to = join(office.folder, 'share', 'a');
    writeFileSync(from, 'new');
    const commit = { ...setting('fr'), renames: [{ from, to }] };
    expect((await failureOfAsync(() => office.journal.commit(commit))).code).toBe('commit-unsure');
    expect(office.store.size()).toBe(2);
    mkdirSync(join(office.folder, 'share'));
    office.reopen();
    expect(await office.journal.recover()).toEqual({ finished: 1, discarded: 0 });
    expect(readFileSync(to, 'utf8')).toBe('new');
    expect(existsSync(from)).toBe(false);
    expect(office.records.get('settings', 'language')).toEqual({ value: 'fr' });
  });

  test('discards what was intended but not committed, with its files', async () => {
    await found();
    const from = join(office.folder, 'a.partial');
    const to = join(office.folder, 'a');
    writeFileSync(from, 'new');
    office.ledger.exec(
      `CREATE TRIGGER stop BEFORE INSERT ON checkpoints BEGIN SELECT raise(ABORT, 'power cut'); END`,
    );
    const commit = { ...setting('fr'), renames: [{ from, to }] };
    expect((await failureOfAsync(() => office.journal.commit(commit))).code).toBe('commit-unsure');
    expect(readIntents(office.vault)).toHaveLength(1);
    office.ledger.exec('DROP TRIGGER stop');
    office.reopen();
    expect(await office.journal.recover()).toEqual({ finished: 0, discarded: 1 });
    expect(office.store.size()).toBe(1);
    expect(existsSync(from) || existsSync(to)).toBe(false);
    expect(vaultIsClean()).toBe(true);
    await office.journal.commit(setting('en'));
    expect(types()).toEqual(['genesis', 'case-closed']);
  });

  test.each([
    ['its last entry is gone', 'DELETE FROM entries WHERE seq = 2'],
    ['an entry is gone from the end, with its nodes', 'DELETE FROM checkpoints WHERE size = 3'],
    ['a node is another one', `UPDATE nodes SET hash = zeroblob(32) WHERE level = 1`],
    [
      'the head is another one',
      `UPDATE entries SET bytes = (SELECT bytes FROM entries WHERE seq = 1) WHERE seq = 2`,
    ],
  ])('appends nothing when %s', async (_, sql) => {
    await found();
    await office.journal.commit({ acts: [unlocked] });
    await office.journal.commit({ acts: [unlocked] });
    office.ledger.exec(sql);
    office.reopen();
    const error = await failureOfAsync(() => office.journal.commit({ acts: [unlocked] }));
    expect(error.code).toMatch(/^ledger-/);
    expect(error.exit).toBe(4);
  });

  test('appends nothing when the index hides who was added', async () => {
    await found();
    await office.journal.commit(memberAdded(ben, 'approver'));
    await office.journal.commit(memberAdded(await Person.called('Carl'), 'approver'));
    office.ledger.exec(
      `INSERT INTO words (words, rowid, text) VALUES ('delete', 1, 't=member-added')`,
    );
    office.reopen();
    const error = await failureOfAsync(() => office.journal.commit({ acts: [unlocked] }));
    expect(error.code).toBe('ledger-damaged');
  });

  test('counts time from what stands in the ledger', async () => {
    await found();
    office.reopen();
    office.clock.set('2020-01-01T00:00:00Z');
    await office.journal.commit({ acts: [unlocked] });
    expect(types()).toEqual(['genesis', 'clock-went-back', 'unlocked']);
  });
});
