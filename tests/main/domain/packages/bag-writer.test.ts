import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDomainError } from '../../../../main/domain/errors/index.ts';
import { BagReader } from '../../../../main/domain/packages/bag-reader.ts';
import { bagSize, writeBag } from '../../../../main/domain/packages/bag-writer.ts';
import { readBag } from '../../../fixtures/bags.ts';
import { failureOfAsync } from '../../../fixtures/failure.ts';
import {
  APPROVER,
  bagContents,
  collect,
  PACKAGE_ID,
  SIGNATURE,
} from '../../../fixtures/release.ts';

/** Names and types of the members, read by the offsets of POSIX alone. */
function outline(tar: Buffer): string[] {
  const found: string[] = [];
  let at = 0;
  while (tar[at] !== 0) {
    const name = tar.toString('utf8', at, tar.indexOf(0, at));
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    found.push(`${tar.toString('latin1', at + 156, at + 157)} ${name}`);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

test('writes the members in the order of the format and says their length beforehand', async () => {
  const contents = bagContents();
  const tar = await collect(writeBag(contents));
  expect(tar.length).toBe(bagSize(contents));
  expect(outline(tar)).toEqual(
    [
      '5 ',
      '0 bagit.txt',
      '0 bag-info.txt',
      '0 release.json',
      '5 ledger/',
      '0 ledger/checkpoint',
      '0 ledger/checkpoint.asc',
      '0 ledger/consistency.json',
      '0 manifest-sha256.txt',
      '0 tagmanifest-sha256.txt',
      '5 data/',
      '0 data/customers.csv',
      '5 data/notes/',
      '0 data/notes/read me.txt',
    ].map((line) => line.replace(/ (.*)$/, ` ${PACKAGE_ID}/$1`)),
  );
});

test('gives the same bytes for the same contents', async () => {
  const once = await collect(writeBag(bagContents()));
  expect(once.equals(await collect(writeBag(bagContents())))).toBe(true);
});

test('is read back', async () => {
  const reader = new BagReader();
  for await (const chunk of writeBag(bagContents())) await reader.write(chunk);
  const bag = await reader.end();
  expect(bag.packageId).toBe(PACKAGE_ID);
  expect(bag.warnings).toEqual([]);
  expect(bag.ledger?.consistency[0]?.from).toBe(2);
});

test('stops with the name of a file that changed', async () => {
  const contents = bagContents();
  const files = contents.files.map((file) => ({
    ...file,
    open: async function* () {
      yield Buffer.alloc(file.size, 0x20);
    },
  }));
  const error = await collect(writeBag({ ...contents, files })).catch((thrown: unknown) => thrown);
  expect(isDomainError(error, 'file-changed') && error.params).toEqual({
    path: 'data/customers.csv',
  });
});

test('is read back for any payload, as long as it said', async () => {
  const name = fc
    .array(
      fc.string({ unit: fc.constantFrom('a', 'B', '1', 'é', '日'), minLength: 1, maxLength: 90 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((parts) => `data/${parts.join('/')}`);
  const payload = fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 3000 })), {
    selector: ([path]) => path.toLowerCase(),
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(payload, async (files) => {
      const sorted = files.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const clash = sorted.some(([a]) =>
        sorted.some(
          ([b]) => b.toLowerCase().startsWith(`${a.toLowerCase()}/`) || differInCase(a, b),
        ),
      );
      fc.pre(!clash);
      const contents = bagContents({}, Object.fromEntries(sorted));
      const tar = await collect(writeBag(contents));
      expect(tar.length).toBe(bagSize(contents));
      expect((await readBag(tar)).manifest).toEqual(contents.manifest);
    }),
    { numRuns: 60 },
  );
});

/** Whether two paths have folders that are spelled alike but for case. */
function differInCase(a: string, b: string): boolean {
  const [x, y] = [a.split('/'), b.split('/')];
  const same = x.findIndex((part, index) => part !== y[index]);
  return same !== -1 && x[same]?.toLowerCase() === y[same]?.toLowerCase();
}

test('joins small pieces and passes large ones on, without one that is empty', async () => {
  const large = Buffer.alloc(300_000, 7);
  const sizes: number[] = [];
  for await (const chunk of writeBag(bagContents({}, { 'data/a': large, 'data/b': 'b' })))
    sizes.push(chunk.length);
  expect(sizes.length).toBeLessThan(6);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(sizes).toContain(large.length);
});

test('sorts approvals by fingerprint and lists them in the tag list', async () => {
  const fingerprints = [APPROVER, `F${APPROVER.slice(1)}`];
  const contents = bagContents({
    approval: {
      required: 1,
      approvers: fingerprints.map((fingerprint) => ({ name: 'X', fingerprint })),
    },
  });
  const approvals = fingerprints.map((fingerprint) => ({
    fingerprint,
    signature: SIGNATURE,
    certificate: 'x\n',
  }));
  const tar = await collect(writeBag({ ...contents, approvals }));
  const turned = await collect(writeBag({ ...contents, approvals: [...approvals].reverse() }));
  expect(tar.equals(turned)).toBe(true);
  expect(
    outline(tar)
      .slice(4, 9)
      .map((line) => line.slice(2 + PACKAGE_ID.length)),
  ).toEqual([
    '/approvals/',
    `/approvals/${fingerprints[0] ?? ''}.asc`,
    `/approvals/${fingerprints[0] ?? ''}.cert.asc`,
    `/approvals/${fingerprints[1] ?? ''}.asc`,
    `/approvals/${fingerprints[1] ?? ''}.cert.asc`,
  ]);
  expect((await readBag(tar)).approvals).toEqual(approvals);
});

test.each([
  ['shorter', 3],
  ['longer', 300],
])('stops at a file that became %s', async (_what, length) => {
  const contents = bagContents({}, { 'data/a': 'x'.repeat(100) });
  const files = contents.files.map((file) => ({
    ...file,
    open: async function* () {
      yield Buffer.alloc(length, 'x');
    },
  }));
  const failure = await failureOfAsync(() => collect(writeBag({ ...contents, files })));
  expect(failure.code).toBe('file-changed');
});

test('stops when it is told to, and tells how far it is', async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  const contents = bagContents(
    {},
    { 'data/a': Buffer.alloc(200_000), 'data/b': Buffer.alloc(200_000) },
  );
  await collect(writeBag(contents, { report: ({ done }) => seen.push(done) }));
  expect(seen.at(-1)).toBe(bagSize(contents));
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  const work = { signal: stop.signal, report: () => stop.abort() };
  expect((await failureOfAsync(() => collect(writeBag(contents, work)))).code).toBe('cancelled');
});

test('takes no other files than those of the manifest', async () => {
  const contents = bagContents();
  await expect(collect(writeBag({ ...contents, files: [] }))).rejects.toThrow(TypeError);
});
