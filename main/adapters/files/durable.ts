import { link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError } from '../../domain/errors/index.ts';
import { onDisk, systemCode } from './system-error.ts';

/**
 * Makes a rename, a new file or a removal in `folder` survive a power cut. Windows has no such
 * call; its file systems keep the order of metadata by themselves.
 */
export async function fsyncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await onDisk(folder, 'write', async () => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (error) {
      // Some network and FUSE file systems refuse to sync a folder: they have nothing to add.
      const code = systemCode(error);
      if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EBADF') throw error;
    } finally {
      await handle.close();
    }
  });
}

/**
 * Writes `bytes` to `path`, replacing what stood there: a reader sees the old bytes or the new
 * ones, also after a power cut. Leaves no `.partial` behind when it fails.
 * @throws DomainError `disk-full`, `not-writable`, `disk-failed`
 */
export async function atomicWrite(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  const partial = `${path}.partial`;
  await writeSynced(partial, bytes, mode);
  await renameDurable(partial, path);
}

/** Writes and syncs `bytes` to `path`, over what a crash may have left there; no rename. */
export async function writeSynced(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  await onDisk(path, 'write', async () => {
    const handle = await open(path, 'w', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } catch (error) {
      await handle.close();
      await rm(path, { force: true });
      throw error;
    }
    await handle.close();
  });
}

/** Renames and syncs both folders. Replaces a file that stands at `to`. */
export async function renameDurable(from: string, to: string): Promise<void> {
  await onDisk(to, 'write', () => rename(from, to));
  await syncParents(from, to);
}

/**
 * Renames a file or a folder to a name that must be free, and syncs both folders. For files the
 * check and the rename are one step where the file system has hard links.
 * @throws DomainError `file-exists`
 */
export async function renameToNew(from: string, to: string): Promise<void> {
  await onDisk(to, 'write', async () => {
    if ((await lstat(from)).isFile() && (await linkToNew(from, to))) {
      await unlink(from);
      return;
    }
    if (await exists(to)) throw new DomainError('file-exists', { path: to });
    await rename(from, to);
  });
  await syncParents(from, to);
}

/** Removes a file or a folder with all it holds, and syncs the folder. Absent is done. */
export async function removeDurable(path: string): Promise<void> {
  if (await exists(path))
    await onDisk(path, 'write', () => rm(path, { recursive: true, force: true }));
  const folder = dirname(path);
  if (await exists(folder)) await fsyncFolder(folder);
}

/** Whether anything stands at `path`, a broken link included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

async function linkToNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    // FAT, exFAT and some shares have no hard links.
    return false;
  }
}

async function syncParents(from: string, to: string): Promise<void> {
  await fsyncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await fsyncFolder(dirname(from));
}
