import { lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BUNDLE_JSON, BUNDLE_SIGNATURE } from '../../domain/ledger/bundle.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Digest } from '../../domain/identifiers.ts';
import { pathBelow } from '../files/safe-path.ts';
import { hashFile, readChunks, readLimited, readRange, type ByteRange } from '../files/read.ts';
import { onDisk, systemCode } from '../files/system-error.ts';
import { walk } from '../files/walk.ts';

/** Small files of a bundle: everything but the entries and what was recorded. */
export const BUNDLE_FILE_LIMIT = 64 * 1024 * 1024;
const LF = 0x0a;

/** One line of a file, without its LF. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** False for what stands after the last LF. */
  readonly ended: boolean;
}

/** The files of one bundle, wherever they are. Names are those that `bundle.json` lists. */
export interface BundleFiles {
  readonly path: string;
  /** Whether there is such a plain file: links, devices and folders are none. */
  has(name: string): Promise<boolean>;
  /** Everything that `bundle.json` should list, links and devices included. */
  names(): Promise<string[]>;
  /** Hex SHA-256 of a file. */
  digest(name: string): Promise<Digest>;
  /** @throws DomainError `file-too-large` above 64 MiB */
  read(name: string): Promise<Uint8Array>;
  /**
   * The lines of a file, in order.
   * @throws DomainError `file-too-large` for a line above 64 MiB
   */
  lines(name: string): AsyncGenerator<Line, void, void>;
  /** Some bytes of a file. */
  range(name: string, range: ByteRange): Promise<Uint8Array>;
}

/** Bytes cut into lines. `path` is named when one is too long. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<Line, void, void> {
  let rest: Uint8Array = new Uint8Array();
  let number = 1;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      yield { number, bytes: bytes.subarray(start, end), ended: true };
      number += 1;
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > BUNDLE_FILE_LIMIT)
      throw new DomainError('file-too-large', { path, limit: BUNDLE_FILE_LIMIT });
  }
  if (rest.length > 0) yield { number, bytes: rest, ended: false };
}

/** The folder of a bundle, read without following links and without trusting a name in it. */
export class BundleFolder implements BundleFiles {
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

  async has(name: string): Promise<boolean> {
    try {
      return (await lstat(pathBelow(this.path, name))).isFile();
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
      throw error;
    }
  }

  async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const { kind, path, relative } of walk(this.path)) {
      const name = path === this.path ? '' : relative.slice(relative.indexOf('/') + 1);
      if (kind !== 'empty-folder' && name !== '') names.push(name);
    }
    return names.filter((name) => name !== BUNDLE_JSON && name !== BUNDLE_SIGNATURE).sort();
  }

  async digest(name: string): Promise<Digest> {
    return (await hashFile(join(this.path, name), 0)).digest;
  }

  read(name: string): Promise<Uint8Array> {
    return readLimited(pathBelow(this.path, name), BUNDLE_FILE_LIMIT);
  }

  lines(name: string): AsyncGenerator<Line, void, void> {
    return linesOf(readChunks(pathBelow(this.path, name)), this.path);
  }

  range(name: string, range: ByteRange): Promise<Uint8Array> {
    return readRange(pathBelow(this.path, name), range);
  }
}
