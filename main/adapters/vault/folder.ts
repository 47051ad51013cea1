import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import { encodeCanonical } from '../../domain/json/canonical.ts';
import { Attempts } from '../../domain/vault/attempts.ts';
import type {
  LockWait,
  NewVaultFolder,
  VaultFolder,
  VaultFolders,
} from '../../domain/vault/folder-port.ts';
import { MAX_HEADER_BYTES } from '../../domain/vault/header.ts';
import {
  atomicWrite,
  exists,
  fsyncFolder,
  removeDurable,
  renameDurable,
  renameToNew,
  writeSynced,
} from '../files/durable.ts';
import { ensureSpace } from '../files/node-files.ts';
import { readLimited } from '../files/read.ts';
import { onDisk, systemCode } from '../files/system-error.ts';
import { takeLock, type HeldLock } from './lock-file.ts';
import { readSmallDocument } from './small-document.ts';

const HEADER = 'vault.json';
/** Room for a new vault and its first acts. */
const FIRST_BYTES = 1024 * 1024;
const NO_WAIT: LockWait = { seconds: 0 };

/** Vault folders on this computer, held by lock files that name `program`. */
export class NodeVaultFolders implements VaultFolders {
  readonly #program: string;

  constructor(program: string) {
    this.#program = program;
  }

  async isVault(folder: string): Promise<boolean> {
    return exists(join(resolve(folder), HEADER));
  }

  async peek(folder: string): Promise<Uint8Array> {
    try {
      return await readLimited(join(resolve(folder), HEADER), MAX_HEADER_BYTES);
    } catch (error) {
      if (isDomainError(error, 'file-missing')) throw new DomainError('vault-missing', { folder });
      throw error;
    }
  }

  async take(folder: string, wait: LockWait): Promise<VaultFolder> {
    const path = resolve(folder);
    if (!(await this.isVault(path))) throw new DomainError('vault-missing', { folder: path });
    const lock = await takeLock(join(path, 'lock'), this.#program, wait);
    return new HeldFolder(path, lock);
  }

  async start(folder: string): Promise<NewVaultFolder> {
    const path = resolve(folder);
    if (!(await isFree(path))) throw new DomainError('vault-exists', { folder: path });
    const draft = `${path}.partial`;
    await onDisk(path, 'write', () => mkdir(dirname(path), { recursive: true }));
    if (await exists(draft)) {
      const abandoned = await takeLock(join(draft, 'lock'), this.#program, NO_WAIT);
      await removeDurable(draft);
      await abandoned.release();
    }
    await onDisk(path, 'write', () => mkdir(draft, { mode: 0o700 }));
    try {
      await ensureSpace(draft, FIRST_BYTES);
      const lock = await takeLock(join(draft, 'lock'), this.#program, NO_WAIT);
      await onDisk(path, 'write', () => mkdir(join(draft, 'sealed'), { mode: 0o700 }));
      return new DraftFolder(draft, path, lock);
    } catch (error) {
      await removeDurable(draft);
      throw error;
    }
  }
}

class HeldFolder implements VaultFolder {
  readonly path: string;
  readonly sealedFolder: string;
  protected readonly lock: HeldLock;

  constructor(path: string, lock: HeldLock) {
    this.path = path;
    this.sealedFolder = join(path, 'sealed');
    this.lock = lock;
  }

  header(): Promise<Uint8Array> {
    return readLimited(this.#header, MAX_HEADER_BYTES);
  }

  async pendingHeader(): Promise<Uint8Array | undefined> {
    try {
      return await readLimited(this.#pending, MAX_HEADER_BYTES);
    } catch (error) {
      if (isDomainError(error, 'file-missing') || isDomainError(error, 'file-too-large')) {
        return undefined;
      }
      throw error;
    }
  }

  async writePendingHeader(bytes: Uint8Array): Promise<{ from: string; to: string }> {
    await writeSynced(this.#pending, bytes);
    await fsyncFolder(this.path);
    return { from: this.#pending, to: this.#header };
  }

  async replaceHeader(bytes: Uint8Array): Promise<void> {
    await writeSynced(this.#next, bytes);
    await renameDurable(this.#next, this.#header);
  }

  async settlePendingHeader(keep: boolean): Promise<void> {
    // What a crash left of `replaceHeader`.
    if (await exists(this.#next)) await removeDurable(this.#next);
    if (!(await exists(this.#pending))) return;
    if (keep) await renameDurable(this.#pending, this.#header);
    else await removeDurable(this.#pending);
  }

  attempts(): Promise<Attempts | undefined> {
    return readSmallDocument(this.#attempts, Attempts);
  }

  async setAttempts(attempts: Attempts | undefined): Promise<void> {
    if (attempts === undefined) await removeDurable(this.#attempts);
    else await atomicWrite(this.#attempts, encodeCanonical(attempts));
  }

  release(): Promise<void> {
    return this.lock.release();
  }

  get #header(): string {
    return join(this.path, HEADER);
  }

  get #pending(): string {
    return `${this.#header}.partial`;
  }

  get #next(): string {
    return `${this.#header}.next`;
  }

  get #attempts(): string {
    return join(this.path, 'attempts.json');
  }
}

class DraftFolder extends HeldFolder implements NewVaultFolder {
  readonly #place: string;
  #published = false;

  constructor(path: string, place: string, lock: HeldLock) {
    super(path, lock);
    this.#place = place;
  }

  async publish(): Promise<VaultFolder> {
    await fsyncFolder(this.sealedFolder);
    await fsyncFolder(this.path);
    await onDisk(this.#place, 'write', async () => {
      // An empty folder may stand in the place: it is the one that the officer picked.
      if (await exists(this.#place)) await rmdir(this.#place);
    });
    await renameToNew(this.path, this.#place);
    this.#published = true;
    return new HeldFolder(this.#place, this.lock.moved(join(this.#place, 'lock')));
  }

  discard(): Promise<void> {
    return removeDurable(this.#published ? this.#place : this.path);
  }
}

/** Nothing stands there, or an empty folder does. */
async function isFree(path: string): Promise<boolean> {
  return onDisk(path, 'read', async () => {
    try {
      return (await stat(path)).isDirectory() && (await readdir(path)).length === 0;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return true;
      throw error;
    }
  });
}
