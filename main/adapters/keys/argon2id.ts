import { availableParallelism } from 'node:os';
import { hashRaw } from '@node-rs/argon2';
import { KDF_LIMITS, type Argon2Cost } from '../../domain/vault/header.ts';
import type { PassphraseKdf } from '../../domain/vault/ports.ts';

/** One derivation should take an attacker, and us, about this long. */
const TARGET_MILLISECONDS = 300;

/**
 * Argon2id version 0x13 with a 32-byte tag (RFC 9106); both are the binding's defaults, and a
 * vector in the tests holds them to it. `m` in KiB.
 */
export async function argon2id(
  secret: Uint8Array,
  salt: Uint8Array,
  cost: Argon2Cost,
): Promise<Uint8Array> {
  return hashRaw(secret, {
    memoryCost: cost.m,
    timeCost: cost.t,
    parallelism: cost.p,
    outputLen: 32,
    salt,
  });
}

/**
 * Derives with Argon2id. New slots ask for 64 MiB, four lanes and as many passes as take about
 * 0.3 seconds on this computer: at least three, at most ten.
 */
export class Argon2idKdf implements PassphraseKdf {
  readonly #fixed: Argon2Cost | undefined;

  /** `fixed` is for tests and for documents that have to come out the same. */
  constructor(fixed?: Argon2Cost) {
    this.#fixed = fixed;
  }

  derive(secret: Uint8Array, salt: Uint8Array, cost: Argon2Cost): Promise<Uint8Array> {
    return argon2id(secret, salt, cost);
  }

  async calibrate(): Promise<Argon2Cost> {
    if (this.#fixed !== undefined) return this.#fixed;
    const floor: Argon2Cost = { m: KDF_LIMITS.m[0], t: KDF_LIMITS.t[0], p: 4 };
    const took = await this.#time(floor);
    return costFor(floor, took);
  }

  /**
   * Milliseconds that one derivation takes when nothing else runs: computed from the processor time
   * of two tries, because a busy computer would otherwise get a cheaper slot for ever.
   */
  async #time(cost: Argon2Cost): Promise<number> {
    const lanes = Math.min(cost.p, availableParallelism());
    const tries: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      const start = process.cpuUsage();
      const key = await argon2id(new Uint8Array(32), new Uint8Array(16), cost);
      key.fill(0);
      const { user, system } = process.cpuUsage(start);
      tries.push((user + system) / 1000 / lanes);
    }
    return Math.min(...tries);
  }
}

/** As many passes as take about 0.3 seconds where those of `floor` took `milliseconds`. */
export function costFor(floor: Argon2Cost, milliseconds: number): Argon2Cost {
  const wanted = Math.round((floor.t * TARGET_MILLISECONDS) / Math.max(milliseconds, 1));
  return { ...floor, t: Math.min(Math.max(wanted, floor.t), KDF_LIMITS.t[1]) };
}
