import type { NodeReader } from './merkle.ts';

/** Nodes of one level that neighbours' proofs share: a sibling, its pair, and the right edge. */
const KEPT = 4;

/**
 * A reader that remembers the last few nodes of each level. Proofs of neighbouring entries share
 * all but their lowest hashes, so a long row of proofs asks the store for about two nodes each.
 */
export class NodeCache implements NodeReader {
  readonly #reader: NodeReader;
  readonly #levels = new Map<number, Map<number, Uint8Array>>();

  constructor(reader: NodeReader) {
    this.#reader = reader;
  }

  node(level: number, index: number): Uint8Array | undefined {
    const known = this.#level(level);
    const found = known.get(index) ?? this.#reader.node(level, index);
    if (!found) return undefined;
    known.delete(index);
    known.set(index, found);
    for (const [oldest] of known) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return found;
  }

  #level(level: number): Map<number, Uint8Array> {
    let known = this.#levels.get(level);
    if (!known) {
      known = new Map();
      this.#levels.set(level, known);
    }
    return known;
  }
}
