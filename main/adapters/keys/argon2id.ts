import { availableParallelism } from 'node:os';
import { hashRaw } from '@node-rs/argon2';
import { KDF_LIMITS, type Argon2Cost } from '../../domain/vault/header.ts';
import type { PassphraseKdf } from '../../domain/vault/ports.ts';

/** One derivation should take an attacker, and us, about this long. */
const TARGET_MILLISECONDS = 400;
/** Beyond this, waiting costs the officer more than it costs an attacker. */
const MOST_MEMORY = 128 * 1024;

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
 * 0.4 seconds on this computer, never fewer than three; a fast computer gets more memory first.
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

/** The cost that takes about 0.4 seconds where `floor` took `milliseconds`. */
export function costFor(floor: Argon2Cost, milliseconds: number): Argon2Cost {
  const factor = Math.max(1, TARGET_MILLISECONDS / Math.max(milliseconds, 1));
  const wanted = Math.round(floor.t * factor);
  if (wanted <= KDF_LIMITS.t[1]) return { ...floor, t: wanted };
  const m = MOST_MEMORY;
  const t = Math.min(KDF_LIMITS.t[1], Math.round((wanted * floor.m) / m));
  return { ...floor, m, t: Math.max(KDF_LIMITS.t[0], t) };
}
