import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyBundle } from '../../../../main/adapters/evidence/verify-bundle.ts';
import { writeBundle } from '../../../../main/adapters/evidence/write-bundle.ts';
import { sha256Hex } from '../../../../main/domain/digest.ts';
import type { LedgerAudit } from '../../../../main/domain/ledger/ledger-store.ts';
import { bundleOf, exportBundle, linesOf } from '../../../fixtures/bundles.ts';
import { livedIn, packageId, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';
import { engine, finding, unlocked } from '../../../fixtures/ledger/office.ts';

const root = mkdtempSync(join(tmpdir(), 'valise-write-'));
let ledger: LivedIn;

beforeAll(async () => {
  ledger = await livedIn();
});

afterAll(() => {
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

const requestFor = (folder: string, store: LedgerAudit = ledger.office.store) => ({
  store,
  folder,
  filters: { redacted: false },
  by: { fingerprint: ledger.aminaAnew.fingerprint },
  at: '2026-06-01T00:00:00Z',
  sign: (bytes: Uint8Array) => ledger.aminaAnew.sign(bytes),
  engine,
  verifyPy: new TextEncoder().encode('print()\n'),
});

describe('a bundle', () => {
  test('holds every entry, every kept checkpoint, and what entries name', async () => {
    const folder = join(root, 'whole');
    const { store } = ledger.office;
    const written = await exportBundle(ledger.office, ledger.aminaAnew, folder);
    const entries = store
      .entries(0, store.size())
      .map(({ bytes }) => Buffer.from(bytes).toString());
    expect(linesOf(folder, 'entries.jsonl')).toEqual(entries);
    expect(linesOf(folder, 'checkpoints.jsonl')).toHaveLength(store.checkpoints().length);
    expect(linesOf(folder, 'openings.jsonl')).toHaveLength(store.openings().length);
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toBe(store.lastCheckpoint()?.body);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(folder, name)).isFile(),
    );
    expect(written).toMatchObject({ path: folder, entries: entries.length, files: files.length });
    expect(written.digest).toBe(sha256Hex(readFileSync(join(folder, 'bundle.json'))));
    const listed = Object.keys(bundleOf(folder).files);
    expect(new Set([...listed, 'bundle.json', 'bundle.json.asc'])).toEqual(new Set(files));
  });

  test('is of one moment, whatever is appended meanwhile', async () => {
    const folder = join(root, 'moment');
    const { office } = ledger;
    const size = office.store.size();
    const request = requestFor(folder);
    const more = finding(3, 'appended while the bundle was written');
    const writing = writeBundle(request);
    const appending = office.journal.commit({ acts: more.acts, openings: more.openings });
    const written = await writing;
    await appending;
    expect(office.store.size()).toBe(size + 1);
    expect(written.entries).toBe(size);
    expect(linesOf(folder, 'entries.jsonl')).toHaveLength(size);
    expect(readFileSync(join(folder, 'openings.jsonl'), 'utf8')).not.toContain('meanwhile');
  });
});

describe('a part of a ledger', () => {
  const names = (folder: string) => Object.keys(bundleOf(folder).files);

  test('holds what was asked for with its proofs, and what that names', async () => {
    const folder = join(root, 'part');
    const { office, aminaAnew, amina, ben, peer } = ledger;
    const written = await exportBundle(office, aminaAnew, folder, {
      package: packageId,
      redacted: false,
    });
    const seqs = linesOf(folder, 'entries.jsonl').map(
      (line) => (JSON.parse(line) as { seq: number }).seq,
    );
    expect(written).toMatchObject({ scope: 'part', entries: seqs.length, matched: 2 });
    expect(seqs.slice(0, 6)).toEqual([0, 2, 5, 6, 10, office.store.size() - 1]);
    expect(bundleOf(folder)).toMatchObject({ scope: 'part', filters: { package: packageId } });
    const proofs = linesOf(folder, 'proofs.jsonl');
    expect(proofs.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(seqs);
    expect(readFileSync(join(folder, 'openings.jsonl'), 'utf8')).not.toContain('Baobab');
    // Who the two members are, and what the last entry says.
    expect(linesOf(folder, 'openings.jsonl')).toHaveLength(3);
    for (const name of ['checkpoints.jsonl', 'witnesses.jsonl'])
      expect(readFileSync(join(folder, name), 'utf8')).toBe('');
    const keys = names(folder).filter((name) => name.startsWith('certificates/'));
    for (const { fingerprint } of [amina, aminaAnew, ben, peer])
      expect(keys.some((name) => name.includes(fingerprint))).toBe(true);
    expect(names(folder).filter((name) => name.startsWith('receipts/'))).toHaveLength(2);
    const trust = [aminaAnew.fingerprint];
    expect(await verifyBundle(folder, { trust, engine })).toMatchObject({ exit: 0, problems: [] });
  });

  test('without names and texts holds no word of anybody, nor a certificate for nothing', async () => {
    const folder = join(root, 'redacted-part');
    const { office, aminaAnew, peer } = ledger;
    await exportBundle(office, aminaAnew, folder, { package: packageId, redacted: true });
    expect(readFileSync(join(folder, 'openings.jsonl'), 'utf8')).toBe('');
    expect(names(folder).some((name) => /^(receipts|approvals|recorded)/.test(name))).toBe(false);
    expect(names(folder).some((name) => name.includes(peer.fingerprint))).toBe(false);
    const all = names(folder).filter((name) => !name.startsWith('certificates/'));
    for (const name of all)
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/Diallo|Custodian|Baobab/);
    const trust = [aminaAnew.fingerprint];
    expect(await verifyBundle(folder, { trust, engine })).toMatchObject({ exit: 0, problems: [] });
  });

  test('is not made of a ledger whose tree is not whole', async () => {
    const { store } = ledger.office;
    const holed = Object.create(store, { node: { value: () => undefined } }) as LedgerAudit;
    const request = {
      ...requestFor(join(root, 'holed'), holed),
      filters: { package: packageId, redacted: false },
    };
    for (const name of ['query', 'bytesBetween', 'lastCheckpoint'] as const)
      Object.defineProperty(holed, name, { value: store[name].bind(store) });
    await expect(writeBundle(request)).rejects.toMatchObject({ code: 'ledger-node-missing' });
    expect(existsSync(join(root, 'holed'))).toBe(false);
  });
});

test('a whole ledger without names and texts is still whole', async () => {
  const folder = join(root, 'redacted');
  const { office, aminaAnew } = ledger;
  const written = await exportBundle(office, aminaAnew, folder, { redacted: true });
  expect(written).toMatchObject({ scope: 'whole', entries: office.store.size() });
  expect(linesOf(folder, 'checkpoints.jsonl').length).toBeGreaterThan(1);
  expect(readFileSync(join(folder, 'openings.jsonl'), 'utf8')).toBe('');
  expect(existsSync(join(folder, 'receipts'))).toBe(false);
  const verdict = await verifyBundle(folder, { trust: [aminaAnew.fingerprint], engine });
  expect(verdict).toMatchObject({ exit: 0, problems: [] });
});

describe('the folder', () => {
  test('may be empty before, or absent with the folders above it', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    await writeBundle(requestFor(empty));
    expect(existsSync(join(empty, 'bundle.json'))).toBe(true);
    await writeBundle(requestFor(join(root, 'a', 'b', 'c')));
    expect(existsSync(join(root, 'a', 'b', 'c', 'bundle.json'))).toBe(true);
  });

  test('is never written over', async () => {
    const folder = join(root, 'taken');
    mkdirSync(folder);
    writeFileSync(join(folder, 'letter'), 'x');
    const request = requestFor(folder);
    await expect(writeBundle(request)).rejects.toMatchObject({ code: 'file-exists' });
    const partial = join(root, 'begun');
    mkdirSync(`${partial}.partial`);
    const other = requestFor(partial);
    await expect(writeBundle(other)).rejects.toMatchObject({ code: 'file-exists' });
    expect(readdirSync(folder)).toEqual(['letter']);
    expect(readdirSync(`${partial}.partial`)).toEqual([]);
  });

  test('is not left half-done by a failure, nor by a cancel', async () => {
    const failing = {
      ...requestFor(join(root, 'failing')),
      sign: () => Promise.reject(new Error('no key')),
    };
    await expect(writeBundle(failing)).rejects.toThrow('no key');
    const stopped = requestFor(join(root, 'stopped'));
    const controller = new AbortController();
    const work = { signal: controller.signal, report: () => controller.abort() };
    controller.abort();
    await expect(writeBundle(stopped, work)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(root).filter((name) => /failing|stopped/.test(name))).toEqual([]);
  });

  test('is told of, entry by entry', async () => {
    const told: { stage: string; done: number; total: number }[] = [];
    await writeBundle(requestFor(join(root, 'told')), { report: (step) => told.push(step) });
    const size = ledger.office.store.size();
    expect(told.at(-1)).toEqual({ stage: 'exporting', done: size, total: size });
  });
});

test('a ledger without a checkpoint cannot be shown to anybody', async () => {
  const { store } = ledger.office;
  await ledger.office.journal.commit({ acts: [unlocked] });
  const bare = Object.create(store, {
    lastCheckpoint: { value: () => undefined },
  }) as LedgerAudit;
  const request = { ...requestFor(join(root, 'bare')), store: bare };
  await expect(writeBundle(request)).rejects.toMatchObject({ code: 'ledger-damaged' });
  expect(existsSync(join(root, 'bare'))).toBe(false);
});
