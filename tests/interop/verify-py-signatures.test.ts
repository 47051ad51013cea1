import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256Hex } from '../../main/domain/digest.ts';
import { verifyBundle } from '../../main/adapters/evidence/verify-bundle.ts';
import { readArmor } from '../../main/domain/pgp/armor.ts';
import { bundleOf, exportBundle, linesOf, resignBundle } from '../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../fixtures/ledger/lived-in.ts';
import { engine, Person, TestOffice, unlocked } from '../fixtures/ledger/office.ts';
import { Gpg } from '../support/gpg.ts';
import { askVerifyPy, placesOf, type Said } from './verify-py.ts';

const root = mkdtempSync(join(tmpdir(), 'valise-sig-'));
const gpg = new Gpg();
let ledger: LivedIn;
let original: string;

beforeAll(async () => {
  ledger = await livedIn();
  original = join(root, 'bundle');
  await exportBundle(ledger.office, ledger.aminaAnew, original);
  for (const { key } of [ledger.aminaAnew, ledger.peer]) gpg.importKey(key.secret.bytes);
});

afterAll(() => {
  gpg.stop();
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

let count = 0;

/** What both say of a copy, after something was done to it. */
async function judged(
  change: (folder: string) => void | Promise<void>,
  trust = [ledger.aminaAnew.fingerprint],
): Promise<{ exit: number; places: string[]; theirs: Said }> {
  count += 1;
  const folder = join(root, String(count));
  cpSync(original, folder, { recursive: true });
  await change(folder);
  const [theirs] = (await askVerifyPy([{ folder, trust }])) as [Said];
  const ours = await verifyBundle(folder, { trust, engine });
  expect({ exit: ours.exit, places: placesOf(ours) }).toEqual({
    exit: theirs.exit,
    places: theirs.places,
  });
  return { exit: ours.exit, places: placesOf(ours), theirs };
}

/** Puts this in the place of the checkpoint's signature, and lists it. */
const signed = (armored: string | Uint8Array) => async (folder: string) => {
  writeFileSync(join(folder, 'checkpoint.asc'), armored);
  await resignBundle(folder, ledger.aminaAnew);
};

const checkpoint = () => join(original, 'checkpoint');
const sign = (...options: string[]) =>
  gpg.ok([
    '--armor',
    '--local-user',
    ledger.aminaAnew.fingerprint,
    ...options,
    '--output',
    '-',
    checkpoint(),
  ]);

test('a signature that gpg made is as good', async () => {
  expect((await judged(signed(sign('--detach-sign')))).exit).toBe(0);
});

test.each([
  ['a whole signed message instead of a signature', ['--sign']],
  ['a cleartext signature', ['--clearsign']],
  ['a signature over text instead of bytes', ['--textmode', '--detach-sign']],
  ['a signature with SHA-1', ['--digest-algo', 'SHA1', '--detach-sign']],
  ['a signature from the future', ['--faked-system-time', '20991231T000000', '--detach-sign']],
])('%s does not count', async (_name, options) => {
  const { exit, places } = await judged(signed(sign(...options)));
  expect(exit).toBe(4);
  expect(places).toContainEqual(expect.stringMatching(/^checkpoint\.asc /));
});

test('two signatures in one file do not count', async () => {
  const one = readArmor(sign('--detach-sign').toString()).bytes;
  const two = gpg.ok(['--enarmor'], { input: Buffer.concat([one, one]) }).toString();
  const armored = two.replaceAll('ARMORED FILE', 'SIGNATURE').replace(/^Comment:.*\n/m, '');
  expect((await judged(signed(armored))).places).toContain('checkpoint.asc checkpoint-signature');
});

test('a signature with a message behind it does not count', async () => {
  const one = readArmor(sign('--detach-sign').toString()).bytes;
  const literal = gpg.ok([
    '--store',
    '--compress-algo',
    'none',
    '-z',
    '0',
    '--output',
    '-',
    checkpoint(),
  ]);
  const both = gpg.ok(['--enarmor'], { input: Buffer.concat([one, literal]) }).toString();
  const armored = both.replaceAll('ARMORED FILE', 'SIGNATURE').replace(/^Comment:.*\n/m, '');
  expect((await judged(signed(armored))).places).toContain('checkpoint.asc checkpoint-signature');
});

test('a signature over something else by the same key does not count', async () => {
  const other = await ledger.aminaAnew.sign('valise/other\n');
  expect((await judged(signed(other))).places).toContain('checkpoint.asc checkpoint-signature');
});

/** Adds a later copy of the last signer's certificate, listed and signed by `by`. */
const withCertificate = (bytes: Uint8Array, by: Person) => async (folder: string) => {
  const { fingerprint } = ledger.aminaAnew;
  const name = `certificates/${fingerprint}-${sha256Hex(bytes)}.asc`;
  writeFileSync(join(folder, name), engine.armor(bytes));
  await resignBundle(folder, by, (bundle) => ({
    ...bundle,
    by: { fingerprint: by.fingerprint },
    files: { ...bundle.files, [name]: '' },
  }));
};

test('what a key signed before it was retired counts, after that not', async () => {
  const { secret } = ledger.aminaAnew.key;
  const soon = new Date(Date.now() + 1000);
  const later = await engine.revoke(secret, 'retired', soon);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await judged(withCertificate(later.bytes, ledger.ben))).exit).toBe(0);
  const before = await engine.revoke(secret, 'superseded', new Date('2026-05-02T00:00:00Z'));
  const { exit, places } = await judged(withCertificate(before.bytes, ledger.ben));
  expect(exit).toBe(4);
  expect(places).toContain('checkpoint.asc checkpoint-signature');
});

test('nothing counts that a lost key ever signed', async () => {
  const revoked = await engine.revoke(ledger.aminaAnew.key.secret, 'compromised', new Date());
  const { exit, places } = await judged(withCertificate(revoked.bytes, ledger.ben));
  expect(exit).toBe(4);
  expect(places).toContain('checkpoint.asc checkpoint-signature');
});

test('what a key signed after its end does not count, before that it does', async () => {
  const { aminaAnew, ben } = ledger;
  const expiring = new Gpg();
  expiring.importKey(aminaAnew.key.secret.bytes);
  const then = ['--faked-system-time', '20260502T000000'];
  expiring.ok([...then, '--quick-set-expire', aminaAnew.fingerprint, '20260601T000000']);
  const certificate = readArmor(expiring.exportKey(aminaAnew.fingerprint).toString()).bytes;
  expiring.stop();
  const after = await judged(withCertificate(certificate, ben));
  expect(after.places).toContain('checkpoint.asc checkpoint-signature');
  const inTime = await aminaAnew.sign(
    linesOf(original, 'checkpoint').join('\n') + '\n',
    new Date('2026-05-20T00:00:00Z'),
  );
  const kept = linesOf(original, 'checkpoints.jsonl').map((line) => {
    const { body, signature } = JSON.parse(line) as { body: string; signature: string };
    return JSON.stringify({ body, signature: body.includes('\n12\n') ? inTime : signature });
  });
  const before = await judged(async (folder) => {
    writeFileSync(join(folder, 'checkpoint.asc'), inTime);
    writeFileSync(join(folder, 'checkpoints.jsonl'), kept.map((line) => `${line}\n`).join(''));
    await withCertificate(certificate, ben)(folder);
  });
  expect(before.exit).toBe(0);
});

test('a certificate under the name of another key is refused', async () => {
  const { places } = await judged(async (folder) => {
    const { bytes } = ledger.peer.key.certificate;
    const name = `certificates/${ledger.ben.fingerprint}-${sha256Hex(bytes)}.asc`;
    writeFileSync(join(folder, name), engine.armor(bytes));
    await resignBundle(folder, ledger.aminaAnew, (bundle) => ({
      ...bundle,
      files: { ...bundle.files, [name]: '' },
    }));
  });
  expect(places).toEqual([expect.stringMatching(/^certificates\/.* file-mismatch$/)]);
});

test('a key that this gpg cannot read is said, and never good', async () => {
  const modern = await Person.called('Modern', 'rfc9580');
  const office = await TestOffice.founded(modern);
  await office.journal.commit({ acts: [unlocked] });
  const folder = join(root, 'modern');
  await exportBundle(office, modern, folder);
  office.dispose();
  const trust = [modern.fingerprint];
  const [theirs] = await askVerifyPy([{ folder, trust }]);
  expect(theirs?.exit).toBe(3);
  expect(theirs?.places).toEqual([]);
  expect(theirs?.lines.join('\n')).toContain('cannot be checked with this gpg');
  expect((await verifyBundle(folder, { trust, engine })).exit).toBe(0);
  expect(bundleOf(folder).by.fingerprint).toBe(modern.fingerprint);
});
