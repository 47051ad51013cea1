import { DomainError } from '../errors/index.ts';
import type { SessionKeyPacket } from './engine.ts';
import { upperHex } from './packet-header.ts';

/** A session-key packet as it came, with what anybody can read of it. */
export interface RawSessionKey extends SessionKeyPacket {
  readonly algorithm: number;
  readonly body: Uint8Array;
}

/**
 * Reads who a session key is for (RFC 9580, section 5.1): version 3 names a key ID, version 6 a
 * fingerprint; zeros or nothing hide the recipient.
 *
 * @throws DomainError `message-form` for another version or a packet that ends too early
 */
export function readSessionKey(body: Uint8Array): RawSessionKey {
  const version = body[0];
  if (version === 3) return named(3, body, body.subarray(1, 9), 9);
  if (version !== 6)
    throw new DomainError('message-form', { what: 'a session key in an unknown form' });
  const length = body[1] ?? 0;
  const isKnown =
    length === 0 || (body[2] === 4 && length === 21) || (body[2] === 6 && length === 33);
  if (!isKnown)
    throw new DomainError('message-form', { what: 'a session key for an unknown form of key' });
  return named(6, body, body.subarray(3, 2 + length), 2 + length);
}

function named(version: 3 | 6, body: Uint8Array, name: Uint8Array, at: number): RawSessionKey {
  const algorithm = body[at];
  if (algorithm === undefined)
    throw new DomainError('message-form', { what: 'a session key that ends too early' });
  const isHidden = name.every((byte) => byte === 0);
  return { version, ...(isHidden ? {} : { key: upperHex(name) }), algorithm, body };
}
