import { open, rm, type FileHandle } from 'node:fs/promises';
import type { ContinuedFile, PartialFile, Written } from '../../domain/files.ts';
import type { RunningHash, StartHash } from '../../domain/pgp/hashing.ts';
import { onDisk } from './system-error.ts';

/** Chunks are gathered up to so many bytes, or so many of them, before the system is asked. */
const GATHERED_BYTES = 1024 * 1024;
const GATHERED_CHUNKS = 256;

/**
 * A new file that is written under a name ending in `.partial`. A chunk may reach the system
 * while later ones are taken, and what fails there is told by a later call.
 * @throws DomainError `file-exists`, `disk-full`, `not-writable`, `disk-failed`
 * @throws TypeError when the name does not end in `.partial` (a bug of the caller)
 */
export async function openPartial(path: string, mode = 0o600): Promise<PartialFile> {
  return new NodePartialFile(path, await openAs(path, 'wx', mode));
}

/**
 * The same, for this user alone; one that is there is written on behind its end.
 * @throws DomainError `disk-full`, `not-writable`, `disk-failed`
 */
export async function continuePartial(path: string): Promise<ContinuedFile> {
  const handle = await openAs(path, 'a', 0o600);
  const { size } = await onDisk(path, 'write', () => handle.stat());
  return new NodePartialFile(path, handle, size);
}

function openAs(path: string, flags: 'wx' | 'a', mode: number): Promise<FileHandle> {
  if (!path.endsWith('.partial')) throw new TypeError('the name must end in .partial');
  return onDisk(path, 'write', () => open(path, flags, mode));
}

/** As `openPartial`, with the length and the SHA-256 of what was written. */
export async function openHashedPartial(
  path: string,
  start: StartHash,
): Promise<PartialFile<Written>> {
  return new HashedPartialFile(await openPartial(path), start('sha256'));
}

class NodePartialFile implements ContinuedFile {
  readonly path: string;
  readonly begun: number;
  readonly #handle: FileHandle;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #open = true;

  constructor(path: string, handle: FileHandle, begun = 0) {
    this.path = path;
    this.#handle = handle;
    this.begun = begun;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#gathered.push(chunk);
    this.#gatheredBytes += chunk.length;
    if (this.#gatheredBytes >= GATHERED_BYTES || this.#gathered.length === GATHERED_CHUNKS)
      await this.#writeGathered();
  }

  async finish(): Promise<void> {
    await this.#writeGathered();
    await this.#writing;
    await onDisk(this.path, 'write', async () => {
      await this.#handle.sync();
      await this.#close();
    });
  }

  async keep(): Promise<void> {
    try {
      await this.#writeGathered();
      await this.#writing;
    } finally {
      await this.#close();
    }
  }

  async discard(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#close();
    await onDisk(this.path, 'write', () => rm(this.path, { force: true }));
  }

  /** Begins to write what was gathered once what was begun before is written. */
  async #writeGathered(): Promise<void> {
    await this.#writing;
    const chunks = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#writing = onDisk(this.path, 'write', () => writeAll(this.#handle, chunks));
    // Whoever waits for it hears of a failure; until then nobody listens.
    this.#writing.catch(() => undefined);
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}

class HashedPartialFile implements PartialFile<Written> {
  readonly path: string;
  readonly #file: PartialFile;
  readonly #hash: RunningHash;
  #bytes = 0;

  constructor(file: PartialFile, hash: RunningHash) {
    this.path = file.path;
    this.#file = file;
    this.#hash = hash;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#hash.update(chunk);
    await this.#file.write(chunk);
    this.#bytes += chunk.length;
  }

  async finish(): Promise<Written> {
    await this.#file.finish();
    const digest = await this.#hash.digest();
    return { bytes: this.#bytes, digest: Buffer.from(digest).toString('hex') };
  }

  async discard(): Promise<void> {
    this.#hash.stop();
    await this.#file.discard();
  }
}

/** Writes all of it, however little the system takes at a time. */
async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  let left = chunks.filter(({ length }) => length > 0);
  while (left.length > 0) {
    let { bytesWritten } = await handle.writev(left);
    left = left.flatMap((chunk) => {
      const rest = chunk.subarray(Math.min(bytesWritten, chunk.length));
      bytesWritten -= chunk.length - rest.length;
      return rest.length > 0 ? [rest] : [];
    });
  }
}
