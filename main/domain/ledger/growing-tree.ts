import { hashLatin1 } from './hash.ts';
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './merkle.ts';
import { MAX_ENTRY_BYTES } from './entry.ts';

const CHUNK = 1024;

/** Receives the nodes of one level in order: 32 bytes each, from index `from` on. */
export type NodeSink = (level: number, from: number, hashes: Uint8Array) => void;

/**
 * The tree of RFC 6962 while leaves are added to it from the first: it keeps the complete
 * subtrees at its right edge, and hands every node on, in chunks, when somebody wants them.
 */
export class GrowingTree {
  readonly #edge: Buffer[] = [];
  readonly #levels: { readonly bytes: Buffer; from: number; count: number }[] = [];
  readonly #sink: NodeSink | undefined;
  readonly #leaf = Buffer.alloc(MAX_ENTRY_BYTES + 1);
  readonly #pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);
  #size = 0;

  constructor(sink?: NodeSink) {
    this.#sink = sink;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the leaf of an entry, at most 4 KiB; a text stands for its bytes in UTF-8. */
  add(entry: Uint8Array | string): void {
    let hash = this.#leafHash(entry);
    let index = this.#size;
    for (let level = 0; ; level += 1) {
      if (this.#sink) this.#keep(level, index, hash);
      if (index % 2 === 0) {
        (this.#edge[level] ??= Buffer.alloc(HASH_BYTES)).write(hash, 'latin1');
        break;
      }
      this.#pair.set(this.#edge[level] ?? EMPTY_ROOT, 1);
      this.#pair.write(hash, 1 + HASH_BYTES, 'latin1');
      hash = hashLatin1(this.#pair);
      index = (index - 1) / 2;
    }
    this.#size += 1;
  }

  /** The root of all leaves so far, hex. */
  root(): string {
    let root: Uint8Array | undefined;
    for (let level = 0, rest = this.#size; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
      const edge = this.#edge[level];
      if (rest % 2 === 1 && edge) root = root ? nodeHash(edge, root) : edge;
    }
    return Buffer.from(root ?? EMPTY_ROOT).toString('hex');
  }

  /** Hands on the nodes that are still held back. */
  flush(): void {
    this.#levels.forEach((_, level) => {
      this.#pass(level);
    });
  }

  #leafHash(entry: Uint8Array | string): string {
    if (typeof entry === 'string') return hashLatin1(`\0${entry}`);
    this.#leaf.set(entry, 1);
    return hashLatin1(this.#leaf.subarray(0, entry.length + 1));
  }

  #keep(level: number, index: number, hash: string): void {
    const held = (this.#levels[level] ??= {
      bytes: Buffer.alloc(CHUNK * HASH_BYTES),
      from: index,
      count: 0,
    });
    held.bytes.write(hash, held.count * HASH_BYTES, 'latin1');
    held.count += 1;
    if (held.count === CHUNK) this.#pass(level);
  }

  #pass(level: number): void {
    const held = this.#levels[level];
    if (!held || held.count === 0) return;
    this.#sink?.(level, held.from, held.bytes.subarray(0, held.count * HASH_BYTES));
    held.from += held.count;
    held.count = 0;
  }
}
