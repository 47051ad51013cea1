import { expect, test } from 'vitest';
import { MediaType } from '../../../../main/domain/packages/manifest-schema.ts';
import { mediaTypeOf } from '../../../../main/domain/packages/media-type.ts';

test.each([
  ['data/a.csv', 'text/csv'],
  ['data/A.CSV', 'text/csv'],
  ['data/a.tar.gz', 'application/gzip'],
  ['data/a', 'application/octet-stream'],
  ['data/.csv', 'application/octet-stream'],
  ['data/csv', 'application/octet-stream'],
  ['data/a.constructor', 'application/octet-stream'],
  ['data/a.__proto__', 'application/octet-stream'],
  ['data.csv/a', 'application/octet-stream'],
])('%s suggests %s', (path, type) => {
  expect(mediaTypeOf(path)).toBe(type);
  expect(MediaType.safeParse(type).success).toBe(true);
});
