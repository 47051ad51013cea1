import canonicalize from 'canonicalize';
import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import { assertModest, NotJson } from './guard.ts';

/** A value that the one JSON profile allows: no floats, no null (see docs/formats/json-profile.md). */
export type Json = string | number | boolean | Json[] | { [key: string]: Json };

export interface DecodeLimits {
  /** Bytes of the document; 16 MiB unless told. */
  readonly maxBytes?: number;
  /**
   * What `format` must be. Checked before the form of the rest, so that a document of a version
   * to come is called that and not damaged.
   */
  readonly format?: string;
}

const DEFAULT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * The canonical bytes of `value` (RFC 8785): UTF-8, sorted keys, no spaces. Members that are
 * `undefined` are left out.
 * @throws TypeError when the value is outside the profile (a bug of the caller)
 */
export function encodeCanonical(value: unknown): Uint8Array {
  const fault = profileFault(value, 0);
  if (fault) throw new TypeError(`$${fault.at}: ${fault.why}`);
  return new TextEncoder().encode(canonicalize(value));
}

/**
 * Parses bytes that must be canonical: what they parse to, written again, gives the same bytes.
 * That also catches duplicate keys, a byte order mark and other spellings of a number. Size,
 * depth and the number of values are bounded before anything is parsed.
 * @throws DomainError `not-canonical` naming `what` and the place, `oversized`,
 * `version-unknown` for another version of `format`, `document-refused` for another format
 */
export function decodeCanonical(bytes: Uint8Array, what: string, limits: DecodeLimits = {}): Json {
  const maxBytes = limits.maxBytes ?? DEFAULT_BYTES;
  if (bytes.length > maxBytes) throw new DomainError('oversized', { what, limit: maxBytes });
  const refuse = (where: string) => new DomainError('not-canonical', { what, where });
  let text: string;
  let value: unknown;
  try {
    assertModest(bytes, MAX_DEPTH);
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof NotJson ? error.message : notJson(error));
  }
  if (limits.format !== undefined) assertFormat(value, what, limits.format);
  const fault = profileFault(value, 0);
  if (fault)
    throw refuse(`${fault.at === '' ? 'the top' : fault.at.replace(/^\./, '')} (${fault.why})`);
  const again = canonicalize(value) ?? '';
  if (again !== text) throw refuse(`character ${String(firstDifference(again, text))}`);
  return value as Json;
}

function notJson(error: unknown): string {
  return error instanceof SyntaxError ? 'a place where it is not JSON' : 'a byte that is not UTF-8';
}

function assertFormat(value: unknown, what: string, format: string): void {
  const found: unknown =
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'format')
      ? (value as Record<string, unknown>)['format']
      : undefined;
  if (found === format) return;
  const family = format.slice(0, format.lastIndexOf('/') + 1);
  if (typeof found === 'string' && found.startsWith(family))
    throw new DomainError('version-unknown', { what, version: escapeForDisplay(found, 60) });
  throw new DomainError('document-refused', {
    what,
    field: 'format',
    problem: found === undefined ? 'is missing' : `must be ${format}`,
  });
}

interface Fault {
  /** From the value down: `.files[3].size`. */
  readonly at: string;
  readonly why: string;
}

/** The first place where `value` leaves the profile; the path is only put together on the way back. */
function profileFault(value: unknown, depth: number): Fault | undefined {
  if (depth > MAX_DEPTH) return { at: '', why: `nested deeper than ${String(MAX_DEPTH)}` };
  switch (typeof value) {
    case 'string':
      return /\p{Surrogate}/u.test(value) ? { at: '', why: 'half a surrogate pair' } : undefined;
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? undefined
        : { at: '', why: 'not a whole number up to 2^53-1' };
    case 'object':
      if (value === null) return { at: '', why: 'null' };
      return Array.isArray(value) ? arrayFault(value, depth) : objectFault(value, depth);
    default:
      return { at: '', why: typeof value };
  }
}

function arrayFault(items: readonly unknown[], depth: number): Fault | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const fault = profileFault(items[index], depth + 1);
    if (fault) return { at: `[${String(index)}]${fault.at}`, why: fault.why };
  }
  return undefined;
}

function objectFault(value: object, depth: number): Fault | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    return { at: '', why: 'not a plain object' };
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    if (!/^[\x20-\x7e]+$/.test(key) || key === '__proto__')
      return { at: `.${escapeForDisplay(key, 60)}`, why: 'a key that is not allowed' };
    if (member === undefined) continue;
    const fault = profileFault(member, depth + 1);
    if (fault) return { at: `.${key}${fault.at}`, why: fault.why };
  }
  return undefined;
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length && a[index] === b[index]) index += 1;
  return index;
}
