import { expect, test } from 'vitest';
import { isDomainError } from '../../../../main/domain/errors/index.ts';
import { BagReader } from '../../../../main/domain/packages/bag-reader.ts';
import { bagSize, writeBag } from '../../../../main/domain/packages/bag-writer.ts';
import { bagContents, collect, PACKAGE_ID } from '../../../fixtures/release.ts';

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
