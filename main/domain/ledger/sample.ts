import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Digest } from '../identifiers.ts';

/**
 * A sample that anybody can draw again: docs/formats/sample.md says the same in words, with an
 * example and a line of Python.
 */
export const SampleInput = z.strictObject({
  /** As it was stated; its UTF-8 bytes count. No control characters, nothing blank around it. */
  seed: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u),
  count: z.int().min(1).max(10_000),
});

/** An entry that was drawn. */
export interface Drawn {
  readonly seq: number;
  /** Hex SHA-256(UTF-8 of seed ‖ `:` ‖ seq in decimal): the lowest are drawn. */
  readonly rank: Digest;
}

/** What decides whether an entry is drawn: see `Drawn.rank`. */
export function sampleRank(seed: string, seq: number): Digest {
  return createHash('sha256')
    .update(`${seed}:${String(seq)}`, 'utf8')
    .digest('hex');
}

/** Draws `count` of the entries that it is shown, in whatever order they come. */
export class Sampler {
  readonly #seed: string;
  readonly #count: number;
  #lowest: Drawn[] = [];
  #limit: Digest | undefined;
  #among = 0;

  constructor(seed: string, count: number) {
    this.#seed = seed;
    this.#count = count;
  }

  /** How many entries it has been shown. */
  get among(): number {
    return this.#among;
  }

  take(seq: number): void {
    this.#among += 1;
    const rank = sampleRank(this.#seed, seq);
    if (this.#limit !== undefined && rank > this.#limit) return;
    this.#lowest.push({ seq, rank });
    if (this.#lowest.length >= 2 * this.#count + 1024) this.#cut();
  }

  /** In the order in which they were drawn: a smaller sample is the beginning of a larger one. */
  drawn(): readonly Drawn[] {
    this.#cut();
    return this.#lowest;
  }

  #cut(): void {
    this.#lowest.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    this.#lowest = this.#lowest.slice(0, this.#count);
    if (this.#lowest.length === this.#count) this.#limit = this.#lowest.at(-1)?.rank;
  }
}
