import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOnThread } from '../../../../main/adapters/threads/hash-thread.ts';
import type { RunningHash } from '../../../../main/domain/pgp/hashing.ts';
import { OpenpgpEngine } from '../../../../main/domain/pgp/openpgp-engine.ts';
import { AT, cut, fresh, noise, stream } from '../../../interop/pgp-suite/support.ts';

const MIB = 1024 * 1024;

async function feed(hash: RunningHash, chunks: readonly Uint8Array[]): Promise<number> {
  let waits = 0;
  for (const chunk of chunks) {
    const waiting = hash.update(chunk);
    if (waiting) waits += 1;
    await waiting;
  }
  return waits;
}

test.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const)(
  '%s is the same on a thread, whatever the length and the chunks',
  async (name) => {
    for (const [length, size] of [
      [0, 1],
      [1, 1],
      [1000, 7],
      [4 * MIB, 65_536],
      [4 * MIB + 1, 100_001],
      [20 * MIB, 1_000_003],
      [13 * MIB, 13 * MIB],
    ] as const) {
      const bytes = noise(length);
      const hash = hashOnThread(name);
      await feed(hash, cut(bytes, size));
      const digest = createHash(name).update(bytes).digest();
      expect(Buffer.from(await hash.digest()).equals(digest)).toBe(true);
      hash.stop();
    }
  },
);

test('what was handed in may be changed as soon as update has returned', async () => {
  const hash = hashOnThread('sha256');
  const expected = createHash('sha256');
  const chunk = Buffer.alloc(MIB);
  for (let index = 0; index < 12; index += 1) {
    chunk.fill(index);
    expected.update(chunk);
    await hash.update(chunk);
  }
  expect(Buffer.from(await hash.digest()).equals(expected.digest())).toBe(true);
  hash.stop();
});

test('many at once do not disturb each other', async () => {
  const hashes = Array.from({ length: 6 }, () => hashOnThread('sha256'));
  const inputs = hashes.map((_, index) => noise(9 * MIB, index));
  const digests = await Promise.all(
    hashes.map(async (hash, index) => {
      const bytes = inputs[index] ?? noise(0);
      await feed(hash, cut(bytes, 300_000));
      return Buffer.from(await hash.digest()).toString('hex');
    }),
  );
  expect(digests).toEqual(inputs.map((bytes) => createHash('sha256').update(bytes).digest('hex')));
  for (const hash of hashes) hash.stop();
});

test('stopped in the middle it leaves nothing waiting', async () => {
  const hash = hashOnThread('sha256');
  await feed(hash, cut(noise(9 * MIB), MIB));
  hash.stop();
  await expect(hash.digest()).rejects.toThrow('the hashing thread has ended');
  hashOnThread('sha256').stop();
});

test.each(['rfc4880', 'rfc9580'] as const)(
  'the engine seals and opens with threads, %s',
  async (profile) => {
    const engine = new OpenpgpEngine({ startHash: hashOnThread });
    const key = await fresh('rfc9580');
    const content = noise(11 * MIB);
    const sealed: Uint8Array[] = [];
    const request = {
      recipients: [key.certificate.bytes],
      signer: key.secret,
      profile,
      compress: false,
      at: AT,
    };
    for await (const chunk of engine.seal({ ...request, content: stream(...cut(content, 99_999)) }))
      sealed.push(chunk);
    const file = Buffer.concat(sealed);
    const opening = (bytes: Buffer, engineUsed: OpenpgpEngine) => {
      const hash = createHash('sha256');
      return engineUsed
        .open({
          source: stream(...cut(bytes, 70_000)),
          size: bytes.length,
          keys: [key.secret],
          signers: async () => [key.certificate.bytes],
          sink: (slice) => void hash.update(slice),
          maxBytes: 1 << 30,
          at: AT,
        })
        .then((message) => ({ message, digest: hash.digest('hex') }));
    };
    const here = await opening(file, new OpenpgpEngine());
    expect(await opening(file, engine)).toEqual(here);
    expect(here.digest).toBe(createHash('sha256').update(content).digest('hex'));
    const damaged = Buffer.from(file);
    damaged[9 * MIB] = (damaged[9 * MIB] ?? 0) ^ 1;
    await expect(opening(damaged, engine)).rejects.toMatchObject({ code: 'message-damaged' });
    await expect(opening(file.subarray(0, 9 * MIB), engine)).rejects.toMatchObject({
      code: 'message-incomplete',
    });
  },
);
