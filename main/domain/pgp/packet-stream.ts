import type { ByteReader } from './byte-reader.ts';
import { MAX_HEADER_BYTES, parseHeader, parseNewLength, writeNewLength } from './packet-header.ts';
import type { BodyLength, PacketHeader } from './packet-header.ts';

/** Large enough to keep calls few, small enough to stay in the processor's cache. */
const SLICE_BYTES = 64 * 1024;

/** What a reader of packets throws when the bytes end too early, or are no packets. */
export interface PacketFailures {
  readonly cut: () => Error;
  readonly malformed: (what: string) => Error;
}

/** The next packet's header, or nothing at the end. */
export async function nextHeader(
  reader: ByteReader,
  failures: PacketFailures,
): Promise<PacketHeader | undefined> {
  const bytes = await reader.peek(MAX_HEADER_BYTES);
  const [first] = bytes;
  if (first === undefined) return undefined;
  if ((first & 0x80) === 0) throw failures.malformed('bytes that begin no packet');
  const header = parseHeader(bytes);
  if (!header) throw failures.cut();
  await reader.take(header.size);
  return header;
}

/** The body of a small packet, at most `most` bytes, of a length that its header says. */
export async function wholeBody(
  reader: ByteReader,
  { tag, length }: PacketHeader,
  most: number,
  failures: PacketFailures,
): Promise<Uint8Array> {
  if (length.kind !== 'whole') throw failures.malformed(`a packet of type ${tag} in parts`);
  if (length.bytes > most) throw failures.malformed(`a packet of type ${tag} that is too long`);
  const body = await reader.take(length.bytes);
  if (body.length < length.bytes) throw failures.cut();
  return body;
}

/** The body of a data packet, in slices, whatever the form of its length. */
export async function* bodySlices(
  reader: ByteReader,
  first: BodyLength,
  failures: PacketFailures,
): AsyncGenerator<Uint8Array, void> {
  let length = first;
  for (;;) {
    let left = length.kind === 'rest' ? Infinity : length.bytes;
    while (left > 0) {
      const slice = await reader.some(Math.min(left, SLICE_BYTES));
      if (slice === undefined) {
        if (length.kind === 'rest') return;
        throw failures.cut();
      }
      left -= slice.length;
      yield slice;
    }
    if (length.kind !== 'part') return;
    const next = parseNewLength(await reader.peek(5));
    if (!next) throw failures.cut();
    await reader.take(next.size);
    length = next.length;
  }
}

/** Cuts a stream into slices of at most 64 KiB, without copying. */
export async function* sliced(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of source)
    for (let from = 0; from < chunk.length; from += SLICE_BYTES)
      yield chunk.subarray(from, from + SLICE_BYTES);
}

/**
 * A packet of unknown length, in the new format: parts of exactly `2^power` bytes and a last one
 * of the rest. What fits into one part gets a plain length. At most one part is held; the pieces
 * of the body are handed on as they are, not copied.
 */
export async function* inParts(
  tag: number,
  power: number,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const size = 2 ** power;
  let start = [0xc0 | tag];
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (let piece of source) {
    while (bytes + piece.length > size) {
      const fitting = piece.subarray(0, size - bytes);
      yield Uint8Array.of(...start, 0xe0 | power);
      yield* held;
      yield fitting;
      piece = piece.subarray(fitting.length);
      start = [];
      held = [];
      bytes = 0;
    }
    held.push(piece);
    bytes += piece.length;
  }
  yield Uint8Array.of(...start, ...writeNewLength(bytes));
  yield* held;
}

/**
 * Hands on all but the last `length` bytes, which go to `check` after everything else. Pieces are
 * held back whole, so that no tiny ones arise on the way.
 */
export async function* withoutTail(
  source: AsyncIterable<Uint8Array>,
  length: number,
  check: (tail: Uint8Array) => void | Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of source) {
    held.push(piece);
    bytes += piece.length;
    for (let [first] = held; first && bytes - first.length >= length; [first] = held) {
      held.shift();
      bytes -= first.length;
      yield first;
    }
  }
  const rest = Buffer.concat(held);
  if (rest.length > length) yield rest.subarray(0, rest.length - length);
  await check(rest.subarray(Math.max(0, rest.length - length)));
}
