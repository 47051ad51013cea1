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
import { certificatesOf, writeBundle } from '../../../../main/adapters/evidence/write-bundle.ts';
import { sha256Hex } from '../../../../main/domain/digest.ts';
import type { LedgerStore } from '../../../../main/domain/ledger/ledger-store.ts';
import { bundleOf, exportBundle, linesOf } from '../../../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';
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

const requestFor = (folder: string, store: LedgerStore = ledger.office.store) => ({
  store,
  folder,
  by: { fingerprint: ledger.aminaAnew.fingerprint },
  at: '2026-06-01T00:00:00Z',
  sign: (bytes: Uint8Array) => ledger.aminaAnew.sign(bytes),
  certificates: () => certificatesOf(store, engine, new Date()),
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
  }) as LedgerStore;
  const request = { ...requestFor(join(root, 'bare')), store: bare };
  await expect(writeBundle(request)).rejects.toMatchObject({ code: 'ledger-damaged' });
  expect(existsSync(join(root, 'bare'))).toBe(false);
});
