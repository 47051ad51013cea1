import { createHash } from 'node:crypto';
import type { Digest } from '../identifiers.ts';
import type { Random } from '../ports.ts';
import type { Opening } from '../vault/journal.ts';

const SALT_BYTES = 16;

/**
 * A commitment to a text that must not stand in the ledger in clear: the entry carries `digest`,
 * the table `openings` (and a bundle, unless redacted) the salt and the value.
 */
export function makeOpening(value: string, random: Random): Opening {
  const salt = random.bytes(SALT_BYTES);
  if (salt.length !== SALT_BYTES) throw new TypeError('a salt has 16 bytes');
  return { digest: commitment(salt, value), salt: Buffer.from(salt).toString('hex'), value };
}

/** Whether salt and value give the digest: hex SHA-256(16-byte salt ‖ UTF-8 of value). */
export function checkOpening(opening: Opening): boolean {
  if (!/^[0-9a-f]{32}$/.test(opening.salt)) return false;
  return commitment(Buffer.from(opening.salt, 'hex'), opening.value) === opening.digest;
}

function commitment(salt: Uint8Array, value: string): Digest {
  return createHash('sha256').update(salt).update(value, 'utf8').digest('hex');
}
