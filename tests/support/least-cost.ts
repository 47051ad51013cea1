import { Argon2idKdf } from '../../main/adapters/keys/argon2id.ts';

/**
 * Slots at the least cost that the format allows, whatever the computer could bear: tests open
 * vaults thousands of times.
 */
export const leastCost = new Argon2idKdf({ m: 65_536, t: 3, p: 4 });
