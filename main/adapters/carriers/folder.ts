import { DomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';
import type { Digest } from '../../domain/identifiers.ts';
import type { Work } from '../../domain/ports.ts';
import type { CarriedFile, Carrier } from '../../domain/transfers/carrier-port.ts';

/** A folder: a network share, a synchronised folder, a stick. */
export class FolderCarrier implements Carrier {
  readonly folder: string;
  readonly #files: Files;

  private constructor(folder: string, files: Files) {
    this.folder = folder;
    this.#files = files;
  }

  /** @throws DomainError `folder-unknown` */
  static async open(path: string, files: Files): Promise<FolderCarrier> {
    if ((await files.facts(path))?.kind !== 'folder')
      throw new DomainError('folder-unknown', { path });
    return new FolderCarrier(path, files);
  }

  async list(): Promise<CarriedFile[]> {
    const files = this.#files;
    const found: CarriedFile[] = [];
    for (const name of await files.names(this.folder)) {
      const facts = await files.facts(files.join(this.folder, name));
      if (facts?.kind === 'file') found.push({ name, bytes: facts.size });
    }
    return found;
  }

  async fetch({ name }: CarriedFile, toPartial: string, work: Work): Promise<void> {
    await this.#files.copy(this.#files.join(this.folder, name), toPartial, work);
  }

  async deliver(from: string, name: string, digest: Digest, work: Work): Promise<void> {
    const files = this.#files;
    const to = files.join(this.folder, name);
    if (await files.facts(to)) {
      if ((await files.digest(to)) === digest) return;
      throw new DomainError('file-exists', { path: to });
    }
    const partial = `${to}.partial`;
    await files.remove(partial);
    await files.copy(from, partial, work);
    await files.rename(partial, to);
  }

  async probe(): Promise<void> {
    const file = await this.#files.partial(this.#files.join(this.folder, PROBE));
    await file.discard();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const PROBE = '.valise-probe.partial';
