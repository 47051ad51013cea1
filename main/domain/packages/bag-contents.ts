import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import { MAX_MANIFEST_BYTES } from './manifest.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** Tag files that are read whole, with the most bytes that are read of each. */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ['bagit.txt', KIBIBYTE],
  ['bag-info.txt', 256 * KIBIBYTE],
  ['release.json', MAX_MANIFEST_BYTES],
  ['manifest-sha256.txt', MAX_MANIFEST_BYTES],
  ['tagmanifest-sha256.txt', MEBIBYTE],
  ['ledger/checkpoint', 4 * KIBIBYTE],
  ['ledger/checkpoint.asc', 64 * KIBIBYTE],
  ['ledger/consistency.json', 8 * MEBIBYTE],
  ['ledger/genesis.json', 4 * KIBIBYTE],
]);
const APPROVAL = /^approvals\/(?:[0-9A-F]{40}|[0-9A-F]{64})(?:\.cert)?\.asc$/;
const APPROVAL_LIMIT = 512 * KIBIBYTE;
/** Twice the approvers that a manifest can name. */
const MAX_APPROVAL_FILES = 64;

const DIGEST_BYTES = 32;

/** One file as it was found: what the lists of the bag are compared with. */
export interface FoundFile {
  readonly size: number;
  readonly sha256: string;
}

/**
 * Everything that was found in a bag, in whatever order it came: digests of all files, and the
 * bytes of the tag files that have to be read. A million empty files fit into about 150 MB.
 */
export class FoundFiles {
  readonly #index = new Map<string, number>();
  #digests = Buffer.alloc(256 * DIGEST_BYTES);
  #sizes = new Float64Array(256);
  readonly #texts = new Map<string, Buffer>();
  #approvals = 0;

  /** Whether a file of that name came before. */
  has(path: string): boolean {
    return this.#index.has(path);
  }

  get(path: string): FoundFile | undefined {
    const index = this.#index.get(path);
    if (index === undefined) return undefined;
    const at = index * DIGEST_BYTES;
    return {
      size: this.#sizes[index] ?? 0,
      sha256: this.#digests.toString('hex', at, at + DIGEST_BYTES),
    };
  }

  paths(): IterableIterator<string> {
    return this.#index.keys();
  }

  /** The bytes of a tag file that is read whole. */
  text(path: string): Buffer | undefined {
    return this.#texts.get(path);
  }

  /**
   * Takes one file's bytes.
   * @throws DomainError `bag-file-too-large` for a tag file beyond its limit, before any byte
   */
  begin(path: string, size: number): { write(chunk: Uint8Array): void; end(): void } {
    const kept = this.#room(path, size);
    const hash = createHash('sha256');
    let filled = 0;
    return {
      write: (chunk) => {
        hash.update(chunk);
        kept?.set(chunk, filled);
        filled += chunk.length;
      },
      end: () => {
        if (kept) this.#texts.set(path, kept);
        this.#record(path, size, hash.digest());
      },
    };
  }

  #room(path: string, size: number): Buffer | undefined {
    const approval = APPROVAL.test(path);
    const limit = approval ? APPROVAL_LIMIT : LIMITS.get(path);
    if (limit === undefined) return undefined;
    if (approval) this.#approvals += 1;
    if (size > limit)
      throw new DomainError('bag-file-too-large', { name: escapeForDisplay(path), limit });
    if (this.#approvals > MAX_APPROVAL_FILES)
      throw new DomainError('bag-too-many-entries', { limit: MAX_APPROVAL_FILES });
    return Buffer.alloc(size);
  }

  #record(path: string, size: number, digest: Uint8Array): void {
    const index = this.#index.size;
    if (index === this.#sizes.length) this.#grow();
    this.#index.set(path, index);
    this.#sizes[index] = size;
    this.#digests.set(digest, index * DIGEST_BYTES);
  }

  #grow(): void {
    const sizes = new Float64Array(this.#sizes.length * 2);
    sizes.set(this.#sizes);
    this.#sizes = sizes;
    const digests = Buffer.alloc(this.#digests.length * 2);
    digests.set(this.#digests);
    this.#digests = digests;
  }
}
