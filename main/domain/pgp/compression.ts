import type { Transform } from 'node:stream';
import { createDeflate, createInflate, createInflateRaw } from 'node:zlib';
import { DomainError } from '../errors/index.ts';

/** Algorithm numbers of RFC 9580, section 9.4. */
export const COMPRESSION = Object.freeze({ none: 0, zip: 1, zlib: 2 });

const options = { chunkSize: 64 * 1024 };

/** Compresses with zlib (RFC 1950). */
export function compressed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  return through(createDeflate(options), source);
}

/**
 * The content of a compressed packet. The source is read to its end in any case: some programs
 * hide a message's size behind octets that follow the compressed data.
 *
 * @throws DomainError `message-form` for another algorithm, or for data that is not compressed
 */
export async function* decompressed(
  algorithm: number,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  switch (algorithm) {
    case COMPRESSION.none:
      yield* source;
      return;
    case COMPRESSION.zip:
      yield* through(createInflateRaw(options), source);
      return;
    case COMPRESSION.zlib:
      yield* through(createInflate(options), source);
      return;
    default:
      throw new DomainError('message-form', { what: 'a compression other than ZIP and ZLIB' });
  }
}

async function* through(
  transform: Transform,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const reading = { stopped: false };
  const failures: unknown[] = [];
  // Errors come through the iteration; the one of destroying it early is nobody's concern.
  transform.on('error', () => undefined);
  const feeding = feed(transform, source, reading).catch((error: unknown) => {
    failures.push(error);
    transform.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of transform) yield chunk as Uint8Array;
    await feeding;
    // The source may have failed when no more of it was wanted.
    if (failures.length > 0) throw failures[0];
  } catch (error) {
    if (isZlibError(error))
      throw new DomainError('message-form', { what: 'damaged compressed data' }, { cause: error });
    throw error;
  } finally {
    reading.stopped = true;
    transform.destroy();
    await feeding;
  }
}

/** Writes the source into `transform`, and reads on without writing when that has ended early. */
async function feed(
  transform: Transform,
  source: AsyncIterable<Uint8Array>,
  reading: { readonly stopped: boolean },
): Promise<void> {
  const state = { isOpen: true };
  for (const event of ['end', 'error', 'close'])
    transform.once(event, () => (state.isOpen = false));
  for await (const slice of source) {
    if (reading.stopped) return;
    if (state.isOpen && !transform.write(slice)) await moves(transform);
  }
  transform.end();
}

/** Until `transform` takes more, or never will. */
function moves(transform: Transform): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'end', 'error', 'close'];
    const settle = () => {
      for (const event of events) transform.off(event, settle);
      resolve();
    };
    for (const event of events) transform.on(event, settle);
  });
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
