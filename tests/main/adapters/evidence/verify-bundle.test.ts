import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NodeEvidenceFolders } from '../../../../main/adapters/evidence/evidence-folders.ts';
import { verifyBundle } from '../../../../main/adapters/evidence/verify-bundle.ts';
import { NodeFiles } from '../../../../main/adapters/files/node-files.ts';
import { exportBundle, resignBundle } from '../../../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../../../fixtures/ledger/lived-in.ts';
import { engine, Person, TestOffice } from '../../../fixtures/ledger/office.ts';

const root = mkdtempSync(join(tmpdir(), 'valise-verify-'));
const evidence = new NodeEvidenceFolders({
  engine,
  files: new NodeFiles(),
  clock: { now: () => new Date() },
});
let ledger: LivedIn;
let bundle: string;

beforeAll(async () => {
  ledger = await livedIn();
  bundle = join(root, 'bundle');
  await exportBundle(ledger.office, ledger.aminaAnew, bundle);
});

afterAll(() => {
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

const verify = (folder: string, trust: readonly string[] = [], previous?: string) =>
  verifyBundle(folder, { trust, engine, ...(previous === undefined ? {} : { previous }) });

test('a verdict says how far a trusted key vouches', async () => {
  const { aminaAnew, ben, peer } = ledger;
  const whole = await verify(bundle, [aminaAnew.fingerprint]);
  expect(whole).toMatchObject({ exit: 0, entries: 12, size: 12, confirmed: 12, problems: [] });
  expect(whole.signer).toBe(aminaAnew.fingerprint);
  expect(await verify(bundle, [ben.fingerprint])).toMatchObject({ exit: 0, confirmed: 8 });
  expect(await verify(bundle, [peer.fingerprint])).toMatchObject({ exit: 3, confirmed: 0 });
  expect(await verify(bundle)).toMatchObject({ exit: 3, confirmed: 0 });
});

test('it is the same through a link to the folder', async () => {
  symlinkSync(bundle, join(root, 'link'));
  expect(await verify(join(root, 'link'))).toMatchObject({ exit: 3, problems: [] });
});

test('what is no bundle is refused before anything is judged', async () => {
  writeFileSync(join(root, 'file'), 'x');
  await expect(verify(join(root, 'file'))).rejects.toMatchObject({ code: 'not-a-bundle' });
  await expect(verify(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'file-missing' });
  await expect(verify(bundle, [], root)).rejects.toMatchObject({ code: 'file-missing' });
  expect(await verify(root)).toMatchObject({
    exit: 4,
    problems: [{ place: 'bundle.json', code: 'file-missing', file: 'bundle.json' }],
  });
});

test('a checkpoint of another ledger that does not fit is said, and breaks nothing', async () => {
  const folder = join(root, 'witness');
  cpSync(bundle, folder, { recursive: true });
  const signature = await ledger.ben.sign('something else');
  const by = ledger.peer.fingerprint;
  writeFileSync(
    join(folder, 'witnesses.jsonl'),
    `${JSON.stringify({ by, checkpoint: 'x', signature })}\n`,
  );
  await resignBundle(folder, ledger.aminaAnew);
  const { exit, lines } = await verify(folder, [ledger.aminaAnew.fingerprint]);
  expect(exit).toBe(0);
  expect(lines[0]).toContain('Note: witnesses.jsonl line 1 is no evidence');
});

test('the port answers with exit, lines and names that stay', async () => {
  const trust = [ledger.aminaAnew.fingerprint];
  const { exit, json, lines } = await evidence.verify(bundle, { trust });
  expect({ exit, json }).toMatchObject({
    exit: 0,
    json: { kind: 'bundle', verified: true, entries: 12, problems: [] },
  });
  expect(lines.at(-1)).toContain('Verified');
});

test('fingerprints are taken as people write them, and nothing else is', async () => {
  const groups = ledger.aminaAnew.fingerprint.toLowerCase().replace(/(.{4})/g, '$1 ');
  expect(await evidence.verify(bundle, { trust: [groups] })).toMatchObject({ exit: 0 });
  await expect(evidence.verify(bundle, { trust: ['Amina'] })).rejects.toMatchObject({
    code: 'input-refused',
  });
});

test('only bundles that are in order are compared', async () => {
  const other = await TestOffice.founded(await Person.called('Other'));
  await exportBundle(other, other.officer, join(root, 'other'));
  other.dispose();
  expect(await evidence.reconcile(bundle, join(root, 'other'))).toMatchObject({
    equal: 0,
    findings: [],
    pending: [],
    signers: { a: ledger.aminaAnew.fingerprint },
  });
  const broken = join(root, 'broken');
  cpSync(bundle, broken, { recursive: true });
  writeFileSync(join(broken, 'README.txt'), 'x');
  await expect(evidence.reconcile(bundle, broken)).rejects.toMatchObject({ exit: 4 });
});
