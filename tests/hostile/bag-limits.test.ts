import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../../main/domain/errors/index.ts';
import { encodeCanonical } from '../../main/domain/json/canonical.ts';
import { BagReader } from '../../main/domain/packages/bag-reader.ts';
import { writeBag } from '../../main/domain/packages/bag-writer.ts';
import {
  decodeManifest,
  encodeManifest,
  MAX_MANIFEST_BYTES,
} from '../../main/domain/packages/manifest.ts';
import { memberHeader } from '../../main/domain/packages/tar-header.ts';
import { membersByHand, readBag, tarOf } from '../fixtures/bags.ts';
import { failureOf, failureOfAsync } from '../fixtures/failure.ts';
import { bagContents, collect, manifest, PACKAGE_ID } from '../fixtures/release.ts';

const MEBIBYTE = 1024 * 1024;
const FRAME = { top: PACKAGE_ID, mtime: 0 };
const header = (path: string, size = 0) =>
  memberHeader({ path: `${PACKAGE_ID}/${path}`, kind: 'file', size }, FRAME, 1);

/** A thousand headers that differ in the digits of their names; the checksum follows the digits. */
function thousandHeaders(group: number): Buffer {
  const first = Buffer.from(header('data/0000000'));
  const name = first.indexOf('0000000');
  const sum = Number.parseInt(first.toString('latin1', 148, 154), 8);
  const all = Buffer.alloc(512 * 1000);
  for (let index = 0; index < 1000; index += 1) {
    const digits = String(group * 1000 + index).padStart(7, '0');
    const more = Buffer.from(digits).reduce((total, digit) => total + digit - 0x30, 0);
    first.copy(all, index * 512);
    all.write(digits, index * 512 + name, 'latin1');
    all.write((sum + more).toString(8).padStart(6, '0'), index * 512 + 148, 'latin1');
  }
  return all;
}

test('a million empty files are refused at the limit, in bounded memory', async () => {
  const reader = new BagReader();
  const before = process.memoryUsage().rss;
  let peak = 0;
  for (let group = 0; group < 1001; group += 1) {
    await reader.write(thousandHeaders(group));
    if (group % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  expect(reader.fault?.code).toBe('bag-too-many-entries');
  expect(reader.fault?.params).toEqual({ limit: 1_000_000 });
  expect(peak - before).toBeLessThan(350 * MEBIBYTE);
});

test('names that are long and many are refused before they fill the memory', async () => {
  const reader = new BagReader();
  for (let index = 0; reader.fault === undefined && index < 40_000; index += 1)
    await reader.write(header(`data/${'x'.repeat(250)}/`.repeat(10) + String(index)));
  expect(reader.fault?.code).toBe('bag-too-many-entries');
});

test('a manifest with a million files is refused by its size, not by its content', async () => {
  const reader = new BagReader();
  await reader.write(header('release.json', 130 * 1_000_000));
  expect(reader.fault?.code).toBe('bag-file-too-large');
  expect(reader.fault?.params).toEqual({ name: 'release.json', limit: MAX_MANIFEST_BYTES });
});

test('a tag file that claims 8 EiB costs nothing', async () => {
  for (const name of [
    'bagit.txt',
    'manifest-sha256.txt',
    'ledger/checkpoint',
    `approvals/${'A'.repeat(40)}.asc`,
  ]) {
    const reader = new BagReader();
    await reader.write(header(name, Number.MAX_SAFE_INTEGER));
    expect(reader.fault?.code).toBe('bag-file-too-large');
  }
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a file called %s is a file like any other, and nothing is kept of it',
  async (name) => {
    const reader = new BagReader();
    const before = process.memoryUsage().rss;
    await reader.write(header(name, 64 * 1024 * MEBIBYTE));
    for (let index = 0; index < 64; index += 1) await reader.write(Buffer.alloc(MEBIBYTE));
    expect(reader.fault).toBeUndefined();
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEBIBYTE);
    const members = new Map([...membersByHand(), [name, Buffer.from('x')]]);
    expect((await readBag(tarOf(members))).warnings).toEqual(['extra-tag-file']);
  },
);

test('a package of fifty thousand files is read', async () => {
  const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const files = Array.from({ length: 50_000 }, (_, index) => ({
    path: `data/${String(index).padStart(6, '0')}`,
    size: 0,
    sha256: digest,
    mediaType: 'a/b',
  }));
  const made = manifest({ files });
  const contents = {
    ...bagContents({}, {}),
    manifest: made,
    manifestBytes: encodeManifest(made),
    files: files.map((file) => ({ ...file, open: () => nothing() })),
  };
  const reader = new BagReader();
  for await (const chunk of writeBag(contents)) await reader.write(chunk);
  expect((await reader.end()).manifest.files).toHaveLength(50_000);
});

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield* [];
}

test('any one byte that is changed is refused, or changes nothing that counts', async () => {
  const contents = bagContents();
  const tar = await collect(writeBag(contents));
  const good = await readBag(tar);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(tar.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const changed = Buffer.from(tar);
        changed[at] = (changed[at] ?? 0) ^ change;
        const outcome = await readBag(changed).catch((error: unknown) => error);
        if (outcome instanceof DomainError) return;
        expect(outcome).toEqual(good);
      },
    ),
    { numRuns: 1500 },
  );
});

test('a bag that is cut anywhere is refused', async () => {
  const tar = tarOf(membersByHand());
  for (let length = 0; length < tar.length; length += 97)
    await expect(readBag(tar.subarray(0, length))).rejects.toBeInstanceOf(DomainError);
});

const hostile: [string, () => Buffer, string][] = [
  [
    'a string of 10 MiB',
    () => manifestText('purpose', JSON.stringify('x'.repeat(10 * MEBIBYTE))),
    'document-refused',
  ],
  [
    '10 000 levels',
    () => manifestText('purpose', '['.repeat(10_000) + ']'.repeat(10_000)),
    'not-canonical',
  ],
  ['10 000 levels that never close', () => Buffer.from('{"a":'.repeat(10_000)), 'not-canonical'],
  ['a key twice', () => manifestText('purpose', '"x","purpose":"y"'), 'not-canonical'],
  [
    '__proto__',
    () => manifestText('purpose', '"x","__proto__":{"kind":"request"}'),
    'not-canonical',
  ],
  [
    'constructor',
    () => manifestText('case', '{"reference":"x"},"constructor":{"prototype":1}'),
    'document-refused',
  ],
  [
    'two million values',
    () => manifestText('files', `[${'0,'.repeat(2_000_000)}0]`),
    'not-canonical',
  ],
  ['five million openings', () => Buffer.from('['.repeat(5_000_000)), 'not-canonical'],
  [
    '900 000 empty files entries',
    () => manifestText('files', `[${'{},'.repeat(900_000)}{}]`),
    'document-refused',
  ],
  ['16 MiB of quotes', () => Buffer.alloc(16 * MEBIBYTE, '"'), 'not-canonical'],
  [
    '16 MiB of backslashes',
    () => Buffer.concat([Buffer.from('"'), Buffer.alloc(8 * MEBIBYTE, '\\'), Buffer.from('"')]),
    'document-refused',
  ],
];

test.each(hostile)('a manifest with %s is refused', (_what, bytes, code) => {
  expect(failureOf(() => decodeManifest(bytes())).code).toBe(code);
});

/** The text of a good manifest, with the value of one member replaced. */
function manifestText(field: string, value: string): Buffer {
  const members = Object.entries(manifest())
    .map(
      ([key, member]) =>
        [key, key === field ? value : Buffer.from(encodeCanonical(member)).toString()] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(`{${members.map(([key, text]) => `"${key}":${text}`).join(',')}}`);
}

test('deep and long names in a manifest cost time in proportion to their length', async () => {
  const files = Array.from({ length: 2000 }, (_, index) => ({
    path: `data/${'d/'.repeat(1480)}${String(index).padStart(5, '0')}`,
    size: 0,
    sha256: 'ab'.repeat(32),
    mediaType: 'a/b',
  }));
  const failure = await failureOfAsync(async () => {
    decodeManifest(encodeManifest(manifest({ files })));
    throw new DomainError('cancelled');
  });
  expect(failure.code).toBe('cancelled');
});

test('folders that cost nothing in bytes are refused before they fill the memory', () => {
  const files = Array.from({ length: 5000 }, (_, index) => ({
    path: `data/${String(index).padStart(5, '0')}/${'d/'.repeat(1480)}x`,
    size: 0,
    sha256: 'ab'.repeat(32),
    mediaType: 'a/b',
  }));
  const bytes = encodeCanonical({ ...manifest(), files });
  expect(failureOf(() => decodeManifest(bytes)).code).toBe('bag-too-many-entries');
});
