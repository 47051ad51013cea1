import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { ensureKeyWrap } from '../../../../main/domain/pgp/key-wrap.ts';
import { fresh, noise, open, own, seal } from '../../../interop/pgp-suite/support.ts';

/** As Electron's crypto library answers: the key is taken, wrapping with it fails. */
function takeKeyWrapAway(): void {
  const { subtle } = webcrypto;
  const fails = async () => {
    throw new DOMException('The operation failed', 'OperationError');
  };
  for (const name of ['wrapKey', 'unwrapKey'])
    Object.defineProperty(subtle, name, { configurable: true, value: fails });
}

test('without AES key wrap in the runtime, sealing and opening still work', async () => {
  takeKeyWrapAway();
  const untouched = webcrypto.subtle.importKey;
  await ensureKeyWrap();
  expect(webcrypto.subtle.importKey).not.toBe(untouched);
  const raw = noise(16);
  await expect(
    webcrypto.subtle.importKey('raw', raw, 'AES-KW', false, ['wrapKey']),
  ).rejects.toMatchObject({ name: 'NotSupportedError' });
  await webcrypto.subtle.importKey('raw', raw, { name: 'AES-GCM' }, false, ['encrypt']);

  const by = await fresh('interop');
  const keys = [by, await fresh('rfc9580'), await own('nistp256')];
  const sealed = await seal({ content: noise(10), to: keys, by });
  for (const key of keys) {
    const { content } = await open(sealed, {
      keys: [key.secret],
      signers: [by.certificate.bytes],
    });
    expect(content.equals(noise(10))).toBe(true);
  }
});
