import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { intoPartial } from '../../../../main/adapters/carriers/into-partial.ts';
import { NodeFiles } from '../../../../main/adapters/files/node-files.ts';
import { DomainError } from '../../../../main/domain/errors/index.ts';

const files = new NodeFiles();
const code = (name: string) => expect.objectContaining({ code: name }) as unknown;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valise-into-'));
  path = join(folder, 'a.partial');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Fetches so much of a file of ten bytes, in pieces of three from a place on, then does the rest. */
async function fetched(from: number, to: number, then?: () => never): Promise<void> {
  await intoPartial(files, path, { name: 'a', bytes: 10 }, async (begun, take) => {
    for (let at = Math.min(from, begun); at < to; at += 3)
      await take(at, Buffer.from('0123456789ABCDEF').subarray(at, Math.min(at + 3, to)));
    then?.();
  });
}
const cut = (name: 'carrier-unreachable' | 'carrier-denied') => () => {
  throw new DomainError(name, { where: 'here', reason: 'so' });
};

it('goes on where the way was lost, and writes nothing twice', async () => {
  await expect(fetched(0, 5, cut('carrier-unreachable'))).rejects.toEqual(
    code('carrier-unreachable'),
  );
  expect(readFileSync(path, 'utf8')).toBe('01234');
  // From the end of what is there, and from the beginning as a server that knows no ranges.
  await expect(fetched(5, 8, cut('carrier-unreachable'))).rejects.toThrow();
  expect(readFileSync(path, 'utf8')).toBe('01234567');
  await fetched(0, 10);
  expect(readFileSync(path, 'utf8')).toBe('0123456789');
});

it('keeps nothing when anything else failed', async () => {
  await expect(fetched(0, 5, cut('carrier-denied'))).rejects.toEqual(code('carrier-denied'));
  expect(readdirSync(folder)).toEqual([]);
});

it('takes no more than it was said to have', async () => {
  writeFileSync(path, '01234');
  await expect(fetched(0, 11)).rejects.toEqual(code('carrier-file-changed'));
  expect(readdirSync(folder)).toEqual([]);
});
