import { DomainError } from '../errors/index.ts';
import type { Random } from '../ports.ts';

/** Crockford's base32: no I, L, O, U. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The check character is the number modulo 37, so five more symbols are needed. */
const CHECK_SYMBOLS = `${SYMBOLS}*~$=U`;
const BYTES = 20;
const LENGTH = 32;

/** 160 random bits, as they are printed: eight groups of four and a check character. */
export function makeRecoveryCode(random: Random): string {
  const bytes = random.bytes(BYTES);
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  bytes.fill(0);
  let text = '';
  for (let shift = LENGTH - 1; shift >= 0; shift -= 1) {
    text += SYMBOLS.charAt(Number((number >> BigInt(5 * shift)) & 31n));
  }
  return [...(text.match(/.{4}/g) ?? []), checkSymbol(text)].join('-');
}

/**
 * The bytes that are derived from: the 32 symbols in ASCII, without dashes and check character.
 * Case, dashes and spaces do not matter; O is read as 0, I and L as 1. A typing error is told
 * from a wrong code by the check character, before anything is tried. The caller wipes the bytes.
 * @throws DomainError `recovery-code-mistyped`
 */
export function recoveryCodeBytes(code: string): Uint8Array {
  const mistyped = (problem: string) => new DomainError('recovery-code-mistyped', { problem });
  const plain = code.replace(/[-\s\u2010-\u2015]/g, '').toUpperCase();
  const read = plain.replace(/O/g, '0').replace(/[IL]/g, '1');
  if (read.length !== LENGTH + 1) {
    throw mistyped(`it has ${read.length} characters instead of ${LENGTH + 1}`);
  }
  const text = read.slice(0, LENGTH);
  const wrong = Array.from(text).findIndex((symbol) => !SYMBOLS.includes(symbol));
  if (wrong !== -1) throw mistyped(`group ${Math.floor(wrong / 4) + 1} has a character never used`);
  if (read.slice(LENGTH) !== checkSymbol(text)) {
    throw mistyped('its last character does not fit the others');
  }
  return new TextEncoder().encode(text);
}

function checkSymbol(text: string): string {
  let remainder = 0;
  for (const symbol of text) remainder = (remainder * 32 + SYMBOLS.indexOf(symbol)) % 37;
  return CHECK_SYMBOLS.charAt(remainder);
}
