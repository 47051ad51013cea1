import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { DomainError } from '../../domain/errors/index.ts';
import type { Digest } from '../../domain/identifiers.ts';
import type { Work } from '../../domain/ports.ts';
import { onDisk } from './system-error.ts';

/** Bytes that a stream reads at a time. */
export const CHUNK = 1024 * 1024;

/**
 * The whole file, refused above `limit` bytes (it never reads more than one slice beyond). Reads
 * pipes as well, whose size nobody knows.
 * @throws DomainError `file-missing`, `file-too-large`, `not-readable`, `disk-failed`
 */
export async function readLimited(path: string, limit: number): Promise<Uint8Array> {
  return onDisk(path, 'read', async () => {
    const handle = await open(path, 'r');
    try {
      const tooLarge = () => new DomainError('file-too-large', { path, limit });
      const { size } = await handle.stat();
      if (size > limit) throw tooLarge();
      const slices: Uint8Array[] = [];
      for (let total = 0; ;) {
        const slice = new Uint8Array(Math.min(Math.max(size - total, 0) + 4096, CHUNK));
        const { bytesRead } = await handle.read(slice, 0, slice.length);
        if (bytesRead === 0) return Buffer.concat(slices);
        total += bytesRead;
        if (total > limit) throw tooLarge();
        slices.push(slice.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  });
}

/** Bytes of a file, from `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The file, or a range of it, in slices of 1 MiB, in order, each a buffer of its own; the next one
 * is read while the caller works on this one.
 * @throws DomainError `file-missing`, `not-readable`, `disk-failed`; `cancelled` by the signal
 */
export async function* readChunks(
  path: string,
  signal?: AbortSignal,
  range?: ByteRange,
): AsyncGenerator<Uint8Array, void, void> {
  const handle = await onDisk(path, 'read', () => open(path, 'r'));
  let ahead: Promise<Uint8Array | undefined> | undefined;
  let next = range?.start ?? 0;
  const readNext = () => {
    const start = next;
    next = Math.min(start + CHUNK, range?.end ?? Infinity);
    // A pipe has no places, so the whole of a file is read on from where it is.
    return nextChunk(handle, path, next - start, range && start);
  };
  try {
    ahead = readNext();
    while (true) {
      const chunk = await ahead;
      if (signal?.aborted === true) throw new DomainError('cancelled');
      if (chunk === undefined) return;
      ahead = readNext();
      // A caller that stops early must not leave a rejection without a listener.
      ahead.catch(() => undefined);
      yield chunk;
    }
  } finally {
    await ahead?.catch(() => undefined);
    await handle.close();
  }
}

/**
 * A range of a file, at once: shorter when the file ends before it.
 * @throws DomainError `file-missing`, `not-readable`, `disk-failed`
 */
export async function readRange(path: string, { start, end }: ByteRange): Promise<Uint8Array> {
  return onDisk(path, 'read', async () => {
    const handle = await open(path, 'r');
    try {
      const bytes = Buffer.allocUnsafe(end - start);
      return bytes.subarray(0, await fill(handle, bytes, start));
    } finally {
      await handle.close();
    }
  });
}

/** Size and SHA-256 of a file, streamed. Reports bytes at stage `hashing`. */
export async function hashFile(
  path: string,
  total: number,
  work?: Work,
): Promise<{ bytes: number; digest: Digest }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readChunks(path, work?.signal)) {
    hash.update(chunk);
    bytes += chunk.length;
    work?.report?.({ stage: 'hashing', done: bytes, total });
  }
  return { bytes, digest: hash.digest('hex') };
}

async function nextChunk(
  handle: FileHandle,
  path: string,
  length: number,
  start: number | undefined,
): Promise<Uint8Array | undefined> {
  if (length <= 0) return undefined;
  return onDisk(path, 'read', async () => {
    const chunk = Buffer.allocUnsafeSlow(length);
    const read = await fill(handle, chunk, start);
    return read === 0 ? undefined : chunk.subarray(0, read);
  });
}

/**
 * Reads until `into` is full or the file ends, from `start` or from where the file is; answers how
 * many bytes there are.
 */
async function fill(handle: FileHandle, into: Uint8Array, start?: number): Promise<number> {
  let at = 0;
  while (at < into.length) {
    const place = start === undefined ? null : start + at;
    const { bytesRead } = await handle.read(into, at, into.length - at, place);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at;
}
