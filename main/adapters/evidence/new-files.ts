import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../../domain/identifiers.ts';
import { fsyncFolder } from '../files/durable.ts';
import { onDisk } from '../files/system-error.ts';

/** Lines are gathered up to this many bytes before the disk is asked. */
const CHUNK = 256 * 1024;
const LF = Buffer.from('\n');

/** New files below one folder, each hashed while it is written: what `bundle.json` lists. */
export class NewFiles {
  readonly digests: Record<string, Digest> = {};
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a whole small file. @throws DomainError `disk-full`, `not-writable` */
  write(name: string, content: Uint8Array | string): Promise<void> {
    return this.writeWith([name], async ([file]) => file?.add(content));
  }

  /** Has several files written side by side; they are synced and closed whatever happens. */
  async writeWith(
    names: readonly string[],
    fill: (files: readonly NewFile[]) => Promise<void>,
  ): Promise<void> {
    const files: NewFile[] = [];
    try {
      for (const name of names) files.push(await NewFile.open(join(this.#folder, name)));
      await fill(files);
      for (const [index, name] of names.entries())
        this.digests[name] = (await files[index]?.finish()) ?? '';
    } finally {
      for (const file of files) await file.close();
    }
  }

  /** Makes what was written survive a power cut. */
  async sync(): Promise<void> {
    for (const folder of new Set(Object.keys(this.digests).map((name) => dirname(name))))
      await fsyncFolder(join(this.#folder, folder));
  }
}

/** One file that grows. */
export class NewFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #waiting: Uint8Array[] = [];
  #bytes = 0;

  static async open(path: string): Promise<NewFile> {
    return onDisk(path, 'write', async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return new NewFile(path, await open(path, 'wx', 0o600));
    });
  }

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async add(...parts: readonly (Uint8Array | string)[]): Promise<void> {
    for (const part of parts) {
      const bytes = Buffer.from(part);
      this.#waiting.push(bytes);
      this.#bytes += bytes.length;
    }
    if (this.#bytes >= CHUNK) await this.#flush();
  }

  /** One line, ended by LF. */
  line(bytes: Uint8Array): Promise<void> {
    return this.add(bytes, LF);
  }

  /** Writes what is left and syncs it. Answers with the SHA-256 of the whole file. */
  async finish(): Promise<Digest> {
    await this.#flush();
    await onDisk(this.#path, 'write', () => this.#handle.sync());
    return this.#hash.digest('hex');
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#bytes = 0;
    this.#hash.update(bytes);
    await onDisk(this.#path, 'write', () => this.#handle.writeFile(bytes));
  }
}
