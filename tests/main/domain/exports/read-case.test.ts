import { expect, test } from 'vitest';
import { readCase } from '../../../../main/domain/exports/read-case.ts';
import { failureOf } from '../../../fixtures/failure.ts';

const SHA256 = 'ab'.repeat(32);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const named = (path: string) => ({
  '@type': 'uco-observable:File',
  'uco-core:hasFacet': [
    { 'uco-observable:filePath': path },
    {
      'uco-observable:hash': {
        'uco-types:hashMethod': { '@value': 'SHA256' },
        'uco-types:hashValue': SHA256.toUpperCase(),
      },
    },
  ],
});

test('finds the files wherever they stand, in their order', () => {
  const document = { 'uco-core:object': [named('a.csv'), { deeper: [named('b/c.csv')] }] };
  expect(readCase(bytesOf(JSON.stringify(document)))).toEqual([
    { path: 'a.csv', sha256: SHA256 },
    { path: 'b/c.csv', sha256: SHA256 },
  ]);
});

test('is not brought down by how deep a document is nested', () => {
  const deep = 200_000;
  const document = `${'['.repeat(deep)}${JSON.stringify(named('a.csv'))}${']'.repeat(deep)}`;
  expect(readCase(bytesOf(document))).toEqual([{ path: 'a.csv', sha256: SHA256 }]);
  const empty = '['.repeat(deep) + ']'.repeat(deep);
  expect(failureOf(() => readCase(bytesOf(empty))).code).toBe('import-unknown');
});
