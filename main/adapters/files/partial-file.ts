import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { PartialFile } from '../../domain/files.ts';
import type { Digest } from '../../domain/identifiers.ts';
import { onDisk } from './system-error.ts';

/**
 * A new file that is written under a name ending in `.partial`, hashed on the way.
 * @throws DomainError `file-exists`, `disk-full`, `not-writable`, `disk-failed`
 * @throws TypeError when the name does not end in `.partial` (a bug of the caller)
 */
export async function openPartial(path: string, mode = 0o600): Promise<PartialFile> {
  if (!path.endsWith('.partial')) throw new TypeError('the name must end in .partial');
  const handle = await onDisk(path, 'write', () => open(path, 'wx', mode));
  return new NodePartialFile(path, handle);
}

class NodePartialFile implements PartialFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #open = true;

  constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await onDisk(this.path, 'write', async () => {
      let at = 0;
      while (at < chunk.length) {
        const { bytesWritten } = await this.#handle.write(chunk, at, chunk.length - at);
        at += bytesWritten;
      }
    });
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  async finish(): Promise<{ bytes: number; digest: Digest }> {
    await onDisk(this.path, 'write', async () => {
      await this.#handle.sync();
      await this.#close();
    });
    return { bytes: this.#bytes, digest: this.#hash.digest('hex') };
  }

  async discard(): Promise<void> {
    await this.#close();
    await onDisk(this.path, 'write', () => rm(this.path, { force: true }));
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}
