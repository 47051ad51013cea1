import { DomainError } from '../errors/index.ts';

export const MIN_PASSPHRASE = 12;
export const MAX_PASSPHRASE = 1024;

/**
 * The bytes that are derived from: composed (NFC) and with plain spaces, so that two keyboards
 * give the same (RFC 8265 section 4.2.1, without its table of forbidden characters). The caller
 * wipes them.
 */
export function passphraseBytes(passphrase: string): Uint8Array {
  return new TextEncoder().encode(normalise(passphrase));
}

/**
 * Refuses what is too short to protect anything. Above that, strength is advice, not a rule.
 * @throws DomainError `passphrase-too-short` under 12 characters, `passphrase-too-long` over 1024
 */
export function requirePassphrase(passphrase: string): void {
  const characters = Array.from(normalise(passphrase)).length;
  if (characters < MIN_PASSPHRASE) throw new DomainError('passphrase-too-short');
  if (characters > MAX_PASSPHRASE) throw new DomainError('passphrase-too-long');
}

function normalise(passphrase: string): string {
  return passphrase.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
