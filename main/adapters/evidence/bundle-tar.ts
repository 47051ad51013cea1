import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import { BUNDLE_JSON, BUNDLE_SIGNATURE } from '../../domain/ledger/bundle.ts';
import type { Digest } from '../../domain/identifiers.ts';
import { TarParser } from '../../domain/packages/tar-parser.ts';
import type { Work } from '../../domain/ports.ts';
import { readChunks, readRange, type ByteRange } from '../files/read.ts';
import { onDisk } from '../files/system-error.ts';
import {
  BUNDLE_FILE_LIMIT,
  BundleFolder,
  linesOf,
  type BundleFiles,
  type Line,
} from './read-bundle.ts';

/** Where `ustar` stands in the first block of a tar, and how much of it has to be read. */
const MAGIC: ByteRange = { start: 257, end: 262 };

/**
 * A bundle's files: in a folder, or in a tar of it.
 * @throws DomainError `not-a-bundle`, `bundle-tar-refused`, `file-missing`, `cancelled`
 */
export async function openBundleFiles(path: string, work: Work = {}): Promise<BundleFiles> {
  const facts = await onDisk(path, 'read', () => stat(path));
  if (facts.isFile() && (await isTar(path))) return BundleTar.open(path, work);
  return BundleFolder.open(path);
}

/** Whether a file begins as a tar does. */
export async function isTar(path: string): Promise<boolean> {
  return Buffer.from(await readRange(path, MAGIC)).toString('latin1') === 'ustar';
}

/**
 * The tar of a bundle's folder, read where it is: nothing is unpacked. Members may stand below one
 * folder of any name, or below none.
 */
export class BundleTar implements BundleFiles {
  readonly path: string;
  readonly #members: ReadonlyMap<string, ByteRange>;

  /** @throws DomainError `bundle-tar-refused`, `not-a-bundle`, `file-missing`, `cancelled` */
  static async open(path: string, work: Work = {}): Promise<BundleTar> {
    const members = await membersOf(path, work);
    const top = [...members.keys()].find((name) => /^(?:[^/]+\/)?bundle\.json$/.test(name));
    if (top === undefined) throw new DomainError('not-a-bundle', { path });
    const prefix = top.slice(0, -BUNDLE_JSON.length);
    const named = [...members].map(([name, range]): [string, ByteRange] => [
      name.startsWith(prefix) ? name.slice(prefix.length) : name,
      range,
    ]);
    if (new Set(named.map(([name]) => name)).size < named.length)
      throw refused(path, 'two of its files have one name');
    return new BundleTar(path, new Map(named));
  }

  private constructor(path: string, members: ReadonlyMap<string, ByteRange>) {
    this.path = path;
    this.#members = members;
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.#members.has(name));
  }

  names(): Promise<string[]> {
    const names = [...this.#members.keys()];
    return Promise.resolve(
      names.filter((name) => name !== BUNDLE_JSON && name !== BUNDLE_SIGNATURE).sort(),
    );
  }

  async digest(name: string): Promise<Digest> {
    const hash = createHash('sha256');
    for await (const chunk of readChunks(this.path, undefined, this.#at(name))) hash.update(chunk);
    return hash.digest('hex');
  }

  async read(name: string): Promise<Uint8Array> {
    const at = this.#at(name);
    if (at.end - at.start > BUNDLE_FILE_LIMIT)
      throw new DomainError('file-too-large', { path: this.path, limit: BUNDLE_FILE_LIMIT });
    return readRange(this.path, at);
  }

  lines(name: string): AsyncGenerator<Line, void, void> {
    return linesOf(readChunks(this.path, undefined, this.#at(name)), this.path);
  }

  range(name: string, { start, end }: ByteRange): Promise<Uint8Array> {
    const at = this.#at(name);
    return readRange(this.path, {
      start: Math.min(at.start + start, at.end),
      end: Math.min(at.start + end, at.end),
    });
  }

  #at(name: string): ByteRange {
    const at = this.#members.get(name);
    if (at === undefined) throw new DomainError('file-missing', { path: name });
    return at;
  }
}

/** Every file of the tar by its name, with the place of its bytes. Reports bytes. */
async function membersOf(path: string, work: Work): Promise<Map<string, ByteRange>> {
  const members = new Map<string, ByteRange>();
  const { size: total } = await onDisk(path, 'read', () => stat(path));
  let done = 0;
  let chunk: Uint8Array = new Uint8Array();
  const parser = new TarParser(({ path: given, kind, size }) => {
    const name = given.replace(/^\.\//, '');
    let start: number | undefined;
    return {
      write: (piece) => {
        // A piece is a window on the chunk that was fed in, so it tells where it stands.
        start ??= done + piece.byteOffset - chunk.byteOffset;
      },
      end: () => {
        if (kind === 'folder') return;
        if (members.has(name)) throw refused(path, 'two of its files have one name');
        const from = start ?? 0;
        members.set(name, { start: from, end: from + size });
      },
    };
  });
  try {
    for await (chunk of readChunks(path, work.signal)) {
      await parser.write(chunk);
      done += chunk.length;
      work.report?.({ stage: 'reading', done, total });
    }
    parser.end();
  } catch (error) {
    if (isDomainError(error) && /^(?:bag|name)-/.test(error.code))
      throw refused(path, error.code, error);
    throw error;
  }
  return members;
}

function refused(path: string, problem: string, cause?: Error): DomainError {
  return new DomainError('bundle-tar-refused', { path, problem }, { cause });
}
