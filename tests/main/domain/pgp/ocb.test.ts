import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { OcbDecryption } from '../../../../main/domain/pgp/ocb.ts';
import { cut, noise } from '../../../interop/pgp-suite/support.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const KEY = hex('000102030405060708090A0B0C0D0E0F');

function decrypt(
  ocb: OcbDecryption,
  ciphertext: Uint8Array,
  tag: Uint8Array,
  size = 1 << 20,
): Buffer | undefined {
  const text = cut(ciphertext, size).map((part) => ocb.update(part));
  const last = ocb.final(tag);
  return last && Buffer.concat([...text, last]);
}

/** RFC 7253, appendix A: nonce, associated data, plaintext, ciphertext with tag. */
test.each([
  ['BBAA99887766554433221100', '', '', '785407BFFFC8AD9EDCC5520AC9111EE6'],
  [
    'BBAA99887766554433221101',
    '0001020304050607',
    '0001020304050607',
    '6820B3657B6F615A5725BDA0D3B4EB3A257C9AF1F8F03009',
  ],
  ['BBAA99887766554433221102', '0001020304050607', '', '81017F8203F081277152FADE694A0A00'],
  [
    'BBAA99887766554433221103',
    '',
    '0001020304050607',
    '45DD69F8F5AAE72414054CD1F35D82760B2CD00D2F99BFA9',
  ],
])('decrypts the example with nonce %s', (nonce, associated, text, sealed) => {
  const bytes = hex(sealed);
  const ocb = new OcbDecryption(KEY, hex(nonce), hex(associated));
  expect(decrypt(ocb, bytes.subarray(0, -16), bytes.subarray(-16))).toEqual(hex(text));
});

test.each([16, 24, 32])('does as the crypto library does, with %i octets of key', (length) => {
  for (const size of [0, 1, 15, 16, 17, 31, 32, 33, 4096, 65_535, 65_536, 65_537, 300_001]) {
    const [key, nonce, associated] = [randomBytes(length), randomBytes(15), randomBytes(13)];
    const text = noise(size);
    const cipher = createCipheriv(`aes-${length * 8}-ocb` as 'aes-256-ocb', key, nonce, {
      authTagLength: 16,
    });
    cipher.setAAD(associated, { plaintextLength: size });
    const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
    const tag = cipher.getAuthTag();
    for (const part of [7, 16, 1000, 1 << 20])
      if (size / part < 500)
        expect(decrypt(new OcbDecryption(key, nonce, associated), sealed, tag, part)).toEqual(text);
    const wrong = Buffer.from(tag);
    wrong[3] = (wrong[3] ?? 0) ^ 1;
    expect(decrypt(new OcbDecryption(key, nonce, associated), sealed, wrong)).toBeUndefined();
    if (size > 0) {
      sealed[size >> 1] = (sealed[size >> 1] ?? 0) ^ 1;
      expect(decrypt(new OcbDecryption(key, nonce, associated), sealed, tag)).toBeUndefined();
    }
  }
});

test('a tag that is too short never fits', () => {
  const ocb = new OcbDecryption(KEY, randomBytes(15), randomBytes(5));
  expect(ocb.final(new Uint8Array(0))).toBeUndefined();
});
