import { deflateRawSync, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressed, decompressed } from '../../../../main/domain/pgp/compression.ts';
import { cut, noise, stream } from '../../../interop/pgp-suite/support.ts';

const TEXT = Buffer.concat([noise(100_000), Buffer.alloc(2_000_000)]);

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('zlib there and back, ZIP and none back', async () => {
  const packed = await all(compressed(stream(...cut(TEXT, 50_000))));
  expect(packed.length).toBeLessThan(110_000);
  expect((await all(decompressed(2, stream(...cut(packed, 999))))).equals(TEXT)).toBe(true);
  expect((await all(decompressed(1, stream(deflateRawSync(TEXT))))).equals(TEXT)).toBe(true);
  expect((await all(decompressed(0, stream(TEXT)))).equals(TEXT)).toBe(true);
  expect(await all(decompressed(2, stream(deflateSync(Buffer.alloc(0)))))).toHaveLength(0);
});

test.each([1, 2])(
  'octets behind the compressed data are read and ignored, algorithm %i',
  async (algorithm) => {
    const packed = (algorithm === 1 ? deflateRawSync : deflateSync)(Buffer.from('short'));
    let read = 0;
    const source = async function* () {
      for (const chunk of [packed, ...cut(noise(500_000), 10_000)]) {
        yield chunk;
        read += chunk.length;
      }
    };
    expect((await all(decompressed(algorithm, source()))).toString()).toBe('short');
    expect(read).toBe(packed.length + 500_000);
  },
);

test('what is not compressed, cut short, or of another algorithm is refused', async () => {
  const refused: unknown = expect.objectContaining({ code: 'message-form' });
  await expect(all(decompressed(2, stream(noise(100))))).rejects.toEqual(refused);
  await expect(all(decompressed(1, stream(Buffer.alloc(100, 0xff))))).rejects.toEqual(refused);
  await expect(all(decompressed(2, stream(deflateSync(TEXT).subarray(0, 500))))).rejects.toEqual(
    refused,
  );
  for (const algorithm of [-1, 3, 4, 110])
    await expect(all(decompressed(algorithm, stream(TEXT)))).rejects.toEqual(refused);
});

test('a failure of the source comes through as it is', async () => {
  const failing = async function* () {
    yield deflateSync(TEXT).subarray(0, 500);
    throw new Error('the source broke');
  };
  await expect(all(decompressed(2, failing()))).rejects.toThrow('the source broke');
  await expect(all(compressed(failing()))).rejects.toThrow('the source broke');
  const late = async function* () {
    yield deflateSync(Buffer.from('short'));
    yield* cut(noise(200_000), 10_000);
    throw new Error('the source broke late');
  };
  await expect(all(decompressed(2, late()))).rejects.toThrow('the source broke late');
});

test('who stops reading stops the source', async () => {
  let ended = false;
  const endless = async function* () {
    try {
      for (;;) yield noise(10_000);
    } finally {
      ended = true;
    }
  };
  const reading = compressed(endless());
  await reading.next();
  await reading.return();
  expect(ended).toBe(true);
});
