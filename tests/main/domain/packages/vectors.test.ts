import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { DomainError } from '../../../../main/domain/errors/index.ts';
import { readBag } from '../../../fixtures/bags.ts';
import { PACKAGE_ID } from '../../../fixtures/release.ts';

interface Vector {
  readonly file: string;
  readonly what: string;
  /** `good`, or the code of the refusal. */
  readonly expect: string;
}

const FOLDER = resolve(import.meta.dirname, '../../../vectors/packages/v1');
const vectors = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as Vector[];

test.each(vectors)('$file ($what): $expect', async ({ file, expect: expected }) => {
  const outcome = await readBag(readFileSync(join(FOLDER, file))).catch((error: unknown) => error);
  if (outcome instanceof DomainError) expect(outcome.code).toBe(expected);
  else
    expect([expected, outcome]).toEqual([
      'good',
      expect.objectContaining({ packageId: PACKAGE_ID }),
    ]);
});

test('every file in the folder is in the index', () => {
  const files = readdirSync(FOLDER).filter((name) => name !== 'index.json');
  expect(files.sort()).toEqual(vectors.map(({ file }) => file).sort());
});
