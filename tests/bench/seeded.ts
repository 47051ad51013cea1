import type { Random } from '../../main/domain/ports.ts';

/** Draws that are the same for the same seed, on every machine (mulberry32). For benches alone. */
export class Seeded implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below 2^32. */
  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor((this.word() / 2 ** 32) * end);
  }

  chance(of: number): boolean {
    return this.word() / 2 ** 32 < of;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Some of a list, each at most once, in the list's order. */
  some<T>(list: readonly T[], least: number, most: number): T[] {
    const left = [...list];
    const count = Math.min(left.length, least + this.below(most - least + 1));
    while (left.length > count) left.splice(this.below(left.length), 1);
    return left;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = Buffer.alloc(Math.ceil(length / 4) * 4);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(this.word(), at);
    return new Uint8Array(bytes.subarray(0, length));
  }

  digest(): string {
    return Buffer.from(this.bytes(32)).toString('hex');
  }
}
