import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { ensureKeyWrap } from '../../../../main/domain/pgp/key-wrap.ts';

test('where AES key wrap works, nothing is touched', async () => {
  const before = webcrypto.subtle.importKey;
  await ensureKeyWrap();
  expect(webcrypto.subtle.importKey).toBe(before);
});
