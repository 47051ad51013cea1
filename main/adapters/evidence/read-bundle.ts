import { lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BUNDLE_JSON, BUNDLE_SIGNATURE } from '../../domain/ledger/bundle.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Digest } from '../../domain/identifiers.ts';
import { pathBelow } from '../files/safe-path.ts';
import { hashFile, readChunks, readLimited } from '../files/read.ts';
import { onDisk, systemCode } from '../files/system-error.ts';
import { walk } from '../files/walk.ts';

/** Small files of a bundle: everything but the entries and what was recorded. */
const LIMIT = 64 * 1024 * 1024;
const LF = 0x0a;

/** One line of a file, without its LF. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** False for what stands after the last LF. */
  readonly ended: boolean;
}

/** The folder of a bundle, read without following links and without trusting a name in it. */
export class BundleFolder {
  readonly path: string;

  /** @throws DomainError `not-a-bundle`, `file-missing`, `not-readable` */
  static async open(path: string): Promise<BundleFolder> {
    const facts = await onDisk(path, 'read', () => stat(path));
    if (!facts.isDirectory()) throw new DomainError('not-a-bundle', { path });
    return new BundleFolder(await realpath(path));
  }

  private constructor(path: string) {
    this.path = path;
  }

  /** Whether there is such a plain file: links, devices and folders are none. */
  async has(name: string): Promise<boolean> {
    try {
      return (await lstat(pathBelow(this.path, name))).isFile();
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
      throw error;
    }
  }

  /** Everything in the folder that `bundle.json` should list, links and devices included. */
  async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const { kind, path, relative } of walk(this.path)) {
      const name = path === this.path ? '' : relative.slice(relative.indexOf('/') + 1);
      if (kind !== 'empty-folder' && name !== '') names.push(name);
    }
    return names.filter((name) => name !== BUNDLE_JSON && name !== BUNDLE_SIGNATURE).sort();
  }

  /** Hex SHA-256 of a file. */
  async digest(name: string): Promise<Digest> {
    return (await hashFile(join(this.path, name), 0)).digest;
  }

  /** @throws DomainError `file-too-large` above 64 MiB */
  read(name: string): Promise<Uint8Array> {
    return readLimited(pathBelow(this.path, name), LIMIT);
  }

  /**
   * The lines of a file, in order.
   * @throws DomainError `file-too-large` for a line above 64 MiB
   */
  async *lines(name: string): AsyncGenerator<Line, void, void> {
    const path = pathBelow(this.path, name);
    let rest: Uint8Array = new Uint8Array();
    let number = 1;
    for await (const chunk of readChunks(path)) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
        yield { number, bytes: bytes.subarray(start, end), ended: true };
        number += 1;
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > LIMIT) throw new DomainError('file-too-large', { path, limit: LIMIT });
    }
    if (rest.length > 0) yield { number, bytes: rest, ended: false };
  }
}
