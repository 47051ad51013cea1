import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';

/**
 * One 512-byte header of a tar, read strictly: "ustar Interchange Format" of POSIX.1-2017, and
 * the form that GNU tar writes ("Basic Tar Format" in its manual), which has the same fields up
 * to the prefix.
 */
export interface RawHeader {
  /** One character: `0`, `5`, `x`, `L`, …; a NUL is read as `0`. */
  readonly type: string;
  /** As it stands: a tool that gives the name elsewhere may cut this one inside a character. */
  readonly name: Uint8Array;
  /** To be read with `readSize`: members that are refused may have another form of it. */
  readonly size: Uint8Array;
}

const USTAR = 'ustar\u000000';
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const GNU = 'ustar  \u0000';

/** A refusal with the place in the tar, in bytes. */
export function malformed(problem: string, at: number): DomainError {
  return new DomainError('bag-malformed', { problem, at });
}

/** Whether all bytes are zero. */
export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/**
 * @param at where the block begins in the tar, for the message
 * @throws DomainError `bag-malformed`
 */
export function readHeader(block: Buffer, at: number): RawHeader {
  const magic = block.toString('latin1', 257, 265);
  if (magic !== USTAR && magic !== GNU) throw malformed('a header that is not ustar', at);
  if (readOctal(block.subarray(148, 156), 'a checksum', at) !== checksum(block))
    throw malformed('a header whose checksum is wrong', at);
  const name = untilNul(block.subarray(0, 100));
  const prefix = magic === USTAR ? untilNul(block.subarray(345, 500)) : block.subarray(0, 0);
  return {
    type: block[156] === 0 ? '0' : block.toString('latin1', 156, 157),
    name: prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]),
    size: block.subarray(124, 136),
  };
}

/** The unsigned sum of all bytes, with the checksum field taken as spaces. */
function checksum(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let index = 0; index < 148; index += 1) sum += block[index] ?? 0;
  for (let index = 156; index < block.length; index += 1) sum += block[index] ?? 0;
  return sum;
}

/**
 * Octal digits, or GNU's base-256 for what octal digits cannot hold.
 * @throws DomainError `bag-malformed`
 */
export function readSize(field: Uint8Array, at: number): number {
  if (((field[0] ?? 0) & 0x80) === 0) return readOctal(field, 'a size', at);
  if (field[0] !== 0x80) throw malformed('a size that is negative', at);
  const size = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(size)) throw malformed('a size that is too large', at);
  return size;
}

function readOctal(field: Uint8Array, what: string, at: number): number {
  const found = /^ *([0-7]+)[ \0]*$/.exec(Buffer.from(field).toString('latin1'))?.[1];
  if (found === undefined) throw malformed(`${what} that is not a number`, at);
  return Number.parseInt(found, 8);
}

function untilNul(field: Uint8Array): Uint8Array {
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}

/**
 * A name's bytes as text.
 * @throws DomainError `name-refused`
 */
export function decodeName(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    const name = escapeForDisplay(Buffer.from(bytes).toString('latin1'));
    throw new DomainError('name-refused', { name, rule: 'is not UTF-8' });
  }
}
