import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NodeEvidenceFolders } from '../../../../main/adapters/evidence/evidence-folders.ts';
import { BundleTar } from '../../../../main/adapters/evidence/bundle-tar.ts';
import { BundleFolder } from '../../../../main/adapters/evidence/read-bundle.ts';
import { verifyBundle } from '../../../../main/adapters/evidence/verify-bundle.ts';
import { NodeFiles } from '../../../../main/adapters/files/node-files.ts';
import { bundleOf } from '../../../fixtures/bundles.ts';
import { engine } from '../../../fixtures/ledger/office.ts';

/** The published specimen, packed by the system's tar in every way that people pack folders. */

const SPECIMEN = resolve(import.meta.dirname, '../../../../docs/formats/specimens/bundle');
const TRUST = [bundleOf(SPECIMEN).by.fingerprint];
const root = mkdtempSync(join(tmpdir(), 'valise-tar-'));
const folder = join(root, 'evidence');
const tar = (name: string, ...args: string[]) => {
  const path = join(root, name);
  execFileSync('tar', ['-cf', path, ...args], { cwd: root });
  return path;
};

beforeAll(() => {
  cpSync(SPECIMEN, folder, { recursive: true });
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each([
  ['gnu.tar', ['--format=gnu', 'evidence']],
  ['pax.tar', ['--format=posix', 'evidence']],
  ['inside.tar', ['-C', 'evidence', '.']],
  ['flat.tar', ['-C', 'evidence', ...['bundle.json', 'bundle.json.asc', 'checkpoint']]],
])('%s reads as the folder does', async (name, args) => {
  const read = await BundleTar.open(tar(name, ...args));
  for (const file of ['bundle.json', 'checkpoint']) {
    expect(Buffer.from(await read.read(file))).toEqual(readFileSync(join(folder, file)));
    expect(await read.digest(file)).toBe(await (await BundleFolder.open(folder)).digest(file));
  }
  expect(await read.has('nothing')).toBe(false);
});

test.each(['--format=gnu', '--format=posix'])('a tar of a bundle verifies (%s)', async (format) => {
  const path = tar('whole.tar', format, 'evidence');
  const verdict = await verifyBundle(path, { trust: TRUST, engine });
  expect(verdict).toEqual(await verifyBundle(folder, { trust: TRUST, engine }));
  expect(verdict).toMatchObject({ exit: 0, confirmed: 12, problems: [] });
  expect(verdict.signed.get(TRUST[0] ?? '')).toBe(12);
  expect(verdict.names.get(TRUST[0] ?? '')).toContain('Amina');
  const evidence = new NodeEvidenceFolders({
    engine,
    files: new NodeFiles(),
    clock: { now: () => new Date() },
  });
  expect(await evidence.verify(path, { trust: TRUST })).toMatchObject({ exit: 0 });
});

test('what is wrong in a tar is named as in the folder', async () => {
  const bad = join(root, 'bad');
  cpSync(folder, bad, { recursive: true });
  writeFileSync(join(bad, 'README.txt'), 'x');
  writeFileSync(join(bad, 'more.txt'), 'x');
  const path = tar('bad.tar', 'bad');
  const { exit, problems } = await verifyBundle(path, { trust: TRUST, engine });
  expect(exit).toBe(4);
  expect(problems.map(({ place, code }) => `${place} ${code}`)).toEqual([
    'more.txt file-extra',
    'README.txt file-mismatch',
  ]);
});

test('what no bundle can be read from is refused', async () => {
  writeFileSync(join(root, 'note.txt'), 'x');
  await expect(BundleTar.open(tar('note.tar', 'note.txt'))).rejects.toMatchObject({
    code: 'not-a-bundle',
  });
  symlinkSync('note.txt', join(root, 'link'));
  await expect(BundleTar.open(tar('link.tar', 'evidence', 'link'))).rejects.toMatchObject({
    code: 'bundle-tar-refused',
  });
  await expect(
    BundleTar.open(tar('twice.tar', 'evidence/checkpoint', 'evidence')),
  ).rejects.toMatchObject({ code: 'bundle-tar-refused' });
  const whole = readFileSync(tar('cut.tar', 'evidence'));
  writeFileSync(join(root, 'cut.tar'), whole.subarray(0, 20_000));
  await expect(BundleTar.open(join(root, 'cut.tar'))).rejects.toMatchObject({
    code: 'bundle-tar-refused',
  });
});

test('reading stops when it is told to, and says how far it is', async () => {
  const path = tar('work.tar', 'evidence');
  await expect(BundleTar.open(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  const stages: string[] = [];
  await verifyBundle(path, {
    trust: [],
    engine,
    work: { report: ({ stage, done, total }) => stages.push(`${stage} ${String(done === total)}`) },
  });
  expect(stages).toContain('reading true');
  expect(stages).toContain('verify true');
});
