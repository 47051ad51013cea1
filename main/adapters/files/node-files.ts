import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DomainError } from '../../domain/errors/index.ts';
import type {
  ContinuedFile,
  FileFacts,
  Files,
  Found,
  PartialFile,
  Written,
} from '../../domain/files.ts';
import type { Digest } from '../../domain/identifiers.ts';
import { hashHere, type StartHash } from '../../domain/pgp/hashing.ts';
import type { Work } from '../../domain/ports.ts';
import { exists, fsyncFolder, removeDurable, renameToNew } from './durable.ts';
import { continuePartial, openHashedPartial, openPartial } from './partial-file.ts';
import { readChunks, readLimited } from './read.ts';
import { onDisk, systemCode } from './system-error.ts';
import { walk } from './walk.ts';

/** The file system of this computer. */
export class NodeFiles implements Files {
  readonly #startHash: StartHash;

  /** @param startHash how what is written is hashed */
  constructor(startHash: StartHash = hashHere) {
    this.#startHash = startHash;
  }

  async facts(path: string): Promise<FileFacts | undefined> {
    return onDisk(path, 'read', async () => {
      try {
        const facts = await stat(path);
        const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
        return { kind, size: facts.size, modified: facts.mtimeMs };
      } catch (error) {
        const code = systemCode(error);
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw error;
      }
    });
  }

  async digest(path: string): Promise<Digest> {
    const hash = createHash('sha256');
    for await (const chunk of readChunks(path)) hash.update(chunk);
    return hash.digest('hex');
  }

  read(path: string, limit: number): Promise<Uint8Array> {
    return readLimited(path, limit);
  }

  stream(path: string): AsyncIterable<Uint8Array> {
    return readChunks(path);
  }

  walk(path: string): AsyncIterable<Found> {
    return walk(resolve(path));
  }

  async names(folder: string): Promise<string[]> {
    return onDisk(folder, 'read', async () => {
      const items = await readdir(folder, { withFileTypes: true });
      return items
        .filter((item) => item.isFile())
        .map((item) => item.name)
        .sort();
    });
  }

  async makeFolder(path: string): Promise<void> {
    await onDisk(path, 'write', async () => {
      const first = await mkdir(path, { recursive: true });
      if (first !== undefined) await fsyncFolder(dirname(first));
    });
  }

  partial(path: string): Promise<PartialFile> {
    return openPartial(path);
  }

  continued(path: string): Promise<ContinuedFile> {
    return continuePartial(path);
  }

  hashedPartial(path: string): Promise<PartialFile<Written>> {
    return openHashedPartial(path, this.#startHash);
  }

  copy(from: string, toPartial: string, work?: Work): Promise<void> {
    return this.#copy(from, toPartial, () => openPartial(toPartial), work);
  }

  copyHashed(from: string, toPartial: string, work?: Work): Promise<Written> {
    return this.#copy(from, toPartial, () => this.hashedPartial(toPartial), work);
  }

  async #copy<Finished>(
    from: string,
    toPartial: string,
    begin: () => Promise<PartialFile<Finished>>,
    work: Work = {},
  ): Promise<Finished> {
    const facts = await this.facts(from);
    if (facts === undefined) throw new DomainError('file-missing', { path: from });
    await ensureSpace(dirname(toPartial), facts.size);
    const partial = await begin();
    try {
      let done = 0;
      for await (const chunk of readChunks(from, work.signal)) {
        await partial.write(chunk);
        done += chunk.length;
        work.report?.({ stage: 'copying', done, total: facts.size });
      }
      return await partial.finish();
    } catch (error) {
      await partial.discard();
      throw error;
    }
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (await exists(path)) throw new DomainError('file-exists', { path });
    const partial = await openPartial(`${path}.partial`);
    try {
      await partial.write(bytes);
      await partial.finish();
      await renameToNew(partial.path, path);
    } catch (error) {
      await partial.discard();
      throw error;
    }
  }

  rename(from: string, to: string): Promise<void> {
    return renameToNew(from, to);
  }

  remove(path: string): Promise<void> {
    return removeDurable(path);
  }

  free(path: string): Promise<number> {
    return freeSpace(path);
  }

  join(...parts: string[]): string {
    return join(...parts);
  }

  baseName(path: string): string {
    return basename(path);
  }
}

/** Bytes that this user can still write where `path` is. */
export async function freeSpace(path: string): Promise<number> {
  return onDisk(path, 'read', async () => {
    const facts = await statfs(path);
    return facts.bavail * facts.bsize;
  });
}

/** Room that has to be left over beside what is written: the databases grow too. */
const MARGIN = 4 * 1024 * 1024;

/**
 * Refuses before anything is written when `bytes` do not fit where `path` is.
 * @throws DomainError `disk-full`
 */
export async function ensureSpace(path: string, bytes: number): Promise<void> {
  if ((await freeSpace(path)) < bytes + MARGIN) throw new DomainError('disk-full', { path });
}
