import canonicalize from 'canonicalize';
import { DomainError } from '../errors/index.ts';

/** A value that the one JSON profile allows: no floats, no null (see docs/formats). */
export type Json = string | number | boolean | Json[] | { [key: string]: Json };

/**
 * The canonical bytes of `value` (RFC 8785): UTF-8, sorted keys, no spaces. Members that are
 * `undefined` are left out.
 * @throws TypeError when the value is outside the profile (a bug of the caller)
 */
export function encodeCanonical(value: unknown): Uint8Array {
  assertProfile(value, '$');
  return new TextEncoder().encode(canonicalize(value));
}

/**
 * Parses bytes that must be canonical: what they parse to, written again, gives the same bytes.
 * That also catches duplicate keys, a byte order mark and invalid UTF-8.
 * @throws DomainError `not-canonical` naming `what`
 */
export function decodeCanonical(bytes: Uint8Array, what: string): Json {
  const refuse = (where: string) => new DomainError('not-canonical', { what, where });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse('a byte that is not UTF-8');
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
    assertProfile(value, '$');
  } catch (error) {
    throw refuse(error instanceof TypeError ? error.message : 'a place where it is not JSON');
  }
  const again = canonicalize(value) ?? '';
  if (again !== text) throw refuse(`character ${String(firstDifference(again, text))}`);
  return value;
}

const MAX_DEPTH = 64;

function assertProfile(value: unknown, path: string, depth = 0): asserts value is Json {
  if (depth > MAX_DEPTH) throw new TypeError('a nesting deeper than 64');
  switch (typeof value) {
    case 'string':
      if (/\p{Surrogate}/u.test(value)) throw new TypeError(`${path} (lone surrogate)`);
      return;
    case 'boolean':
      return;
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0))
        throw new TypeError(`${path} (not a safe integer)`);
      return;
    case 'object':
      if (value === null) throw new TypeError(`${path} (null)`);
      if (Array.isArray(value)) {
        value.forEach((item, index) => {
          assertProfile(item, `${path}[${String(index)}]`, depth + 1);
        });
        return;
      }
      for (const [key, member] of Object.entries(value)) {
        if (!/^[\x20-\x7e]+$/.test(key)) throw new TypeError(`${path} (a key that is not ASCII)`);
        if (member !== undefined) assertProfile(member, `${path}.${key}`, depth + 1);
      }
      return;
    default:
      throw new TypeError(`${path} (${typeof value})`);
  }
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index += 1;
  return index;
}
