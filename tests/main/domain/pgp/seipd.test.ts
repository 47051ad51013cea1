import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashHere } from '../../../../main/domain/pgp/hashing.ts';
import * as v1 from '../../../../main/domain/pgp/seipd-v1.ts';
import { decryptV2, encryptV2 } from '../../../../main/domain/pgp/seipd-v2.ts';
import { cut, noise, stream } from '../../../interop/pgp-suite/support.ts';

type Source = AsyncIterable<Uint8Array>;
const encryptV1 = (key: Uint8Array, text: Source) => v1.encryptV1(key, text, hashHere);
const decryptV1 = (key: Uint8Array, body: Source) => v1.decryptV1(key, body, hashHere);

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const FORMS = [
  ['version 1', encryptV1, decryptV1],
  ['version 2', encryptV2, decryptV2],
] as const;

describe.each(FORMS)('encrypted data, %s', (_name, encrypt, decrypt) => {
  test('there and back, for every length and however it is cut', async () => {
    const key = randomBytes(32);
    for (const length of [
      0, 1, 15, 16, 17, 21, 22, 23, 1000, 65_535, 65_536, 262_144, 1_048_576, 1_048_577, 2_500_000,
    ])
      for (const size of [1, 13, 16, 4096, 65_536, 1 << 20]) {
        if (length / size > 2000) continue;
        const text = noise(length);
        const body = await all(encrypt(key, stream(...cut(text, size))));
        expect((await all(decrypt(key, stream(...cut(body, size + 1))))).equals(text)).toBe(true);
      }
  });

  test('no octet can be changed, left out or added, and no other key opens it', async () => {
    const key = randomBytes(32);
    const body = await all(encrypt(key, stream(noise(40))));
    const damaged = { code: 'message-damaged' };
    // The first octets say the form; the outer form is checked elsewhere.
    for (let at = 4; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      await expect(all(decrypt(key, stream(changed)))).rejects.toMatchObject(damaged);
      const shorter = Buffer.concat([body.subarray(0, at), body.subarray(at + 1)]);
      await expect(all(decrypt(key, stream(shorter)))).rejects.toMatchObject(damaged);
      await expect(all(decrypt(key, stream(body.subarray(0, at))))).rejects.toMatchObject(damaged);
    }
    const longer = Buffer.concat([body, Buffer.of(0)]);
    await expect(all(decrypt(key, stream(longer)))).rejects.toMatchObject(damaged);
    await expect(all(decrypt(randomBytes(32), stream(body)))).rejects.toMatchObject(damaged);
  });

  test('the same text is never encrypted twice alike', async () => {
    const key = randomBytes(32);
    const text = noise(100);
    const once = await all(encrypt(key, stream(text)));
    expect(once.equals(await all(encrypt(key, stream(text))))).toBe(false);
  });
});

test.each([16, 24, 32])(
  'version 1 is CFB mode as the crypto library does it, with %i octets of key',
  async (length) => {
    const key = randomBytes(length);
    const text = noise(200_001);
    const prefix = randomBytes(16);
    const plain = Buffer.concat([prefix, prefix.subarray(14), text, Buffer.of(0xd3, 0x14)]);
    const cipher = createCipheriv(`aes-${length * 8}-cfb`, key, Buffer.alloc(16));
    const body = Buffer.concat([
      Buffer.of(1),
      cipher.update(plain),
      cipher.update(createHash('sha1').update(plain).digest()),
    ]);
    for (const size of [1000, 65_536, 1 << 20])
      expect((await all(decryptV1(key, stream(...cut(body, size))))).equals(text)).toBe(true);
  },
);

test('version 2 hands out no octet of a chunk that was changed', async () => {
  const key = randomBytes(32);
  const body = await all(encryptV2(key, stream(noise(2_500_000))));
  const at = 36 + 1_048_576 + 16 + 1000;
  body[at] = (body[at] ?? 0) ^ 1;
  let read = 0;
  const reading = async () => {
    for await (const slice of decryptV2(key, stream(...cut(body, 10_000)))) read += slice.length;
  };
  await expect(reading()).rejects.toMatchObject({ code: 'message-damaged' });
  expect(read).toBe(1_048_576);
});
