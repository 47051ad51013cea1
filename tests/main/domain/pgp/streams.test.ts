import { expect, test } from 'vitest';
import { ByteReader } from '../../../../main/domain/pgp/byte-reader.ts';
import {
  bodySlices,
  inParts,
  nextHeader,
  sliced,
  wholeBody,
} from '../../../../main/domain/pgp/packet-stream.ts';
import { cut, noise, stream } from '../../../interop/pgp-suite/support.ts';

const failures = {
  cut: () => new Error('cut'),
  malformed: (what: string) => new Error(`malformed: ${what}`),
};

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('a reader takes exact amounts, whatever the chunks are, and less only at the end', async () => {
  const bytes = noise(1000);
  for (const size of [1, 3, 999, 1000]) {
    const reader = new ByteReader(stream(new Uint8Array(0), ...cut(bytes, size)));
    expect(Buffer.from(await reader.peek(10))).toEqual(bytes.subarray(0, 10));
    expect(Buffer.from(await reader.take(400))).toEqual(bytes.subarray(0, 400));
    expect(reader.position).toBe(400);
    const some = await reader.some(5);
    expect(some?.length).toBeGreaterThan(0);
    const at = reader.position;
    expect(Buffer.from(await reader.take(5000))).toEqual(bytes.subarray(at));
    expect(await reader.atEnd()).toBe(true);
    expect(await reader.some(1)).toBeUndefined();
  }
});

test('closing a reader ends its source', async () => {
  let ended = false;
  const source = async function* () {
    try {
      yield noise(10);
      yield noise(10);
    } finally {
      ended = true;
    }
  };
  const reader = new ByteReader(source());
  await reader.take(1);
  await reader.close();
  expect(ended).toBe(true);
  expect(await reader.atEnd()).toBe(true);
});

test('a body in parts is read back as it was written', async () => {
  for (const length of [0, 1, 511, 512, 513, 1024, 5000])
    for (const size of [1, 100, 512, 10_000]) {
      const body = noise(length);
      const written = await all(inParts(11, 9, stream(...cut(body, size))));
      const reader = new ByteReader(stream(...cut(written, 77)));
      const header = await nextHeader(reader, failures);
      expect(header?.tag).toBe(11);
      if (!header) continue;
      expect(header.length.kind).toBe(length > 512 ? 'part' : 'whole');
      expect(await all(bodySlices(reader, header.length, failures))).toEqual(body);
      expect(await reader.atEnd()).toBe(true);
      for (let end = 1; end < written.length; end += 97) {
        const short = new ByteReader(stream(written.subarray(0, end)));
        const reading = async () => {
          const found = await nextHeader(short, failures);
          if (found) await all(bodySlices(short, found.length, failures));
        };
        await expect(reading()).rejects.toThrow('cut');
      }
    }
});

test('a body of a length not said lasts to the end', async () => {
  const reader = new ByteReader(stream(noise(300)));
  expect(await all(bodySlices(reader, { kind: 'rest' }, failures))).toEqual(noise(300));
});

test('a small packet has to be whole and of a bounded length', async () => {
  const header = { tag: 2, size: 2, length: { kind: 'whole', bytes: 10 } } as const;
  const reading = (bytes: number, most: number) =>
    wholeBody(new ByteReader(stream(noise(bytes))), header, most, failures);
  expect(await reading(20, 10)).toHaveLength(10);
  await expect(reading(9, 10)).rejects.toThrow('cut');
  await expect(reading(20, 9)).rejects.toThrow('malformed');
  const parts = { ...header, length: { kind: 'part', bytes: 512 } } as const;
  await expect(wholeBody(new ByteReader(stream()), parts, 1000, failures)).rejects.toThrow(
    'malformed',
  );
});

test('slices are views of at most 64 KiB', async () => {
  const chunk = noise(200_000);
  const slices: Uint8Array[] = [];
  for await (const slice of sliced(stream(chunk, noise(1)))) slices.push(slice);
  expect(slices.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3392, 1]);
  expect(slices[0]?.buffer).toBe(chunk.buffer);
});
