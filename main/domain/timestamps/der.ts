/**
 * The part of DER (X.690) that time-stamps need: definite lengths in their shortest form, tags of
 * one byte. What is not that is refused.
 */

export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content, as they stand. */
  readonly whole: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** What is not DER, or not the value that is asked for. */
export class NotDer extends Error {}

/** The one value that `bytes` are. @throws NotDer */
export function readDer(bytes: Uint8Array, tag?: number): DerValue {
  const value = next(bytes, 0);
  if (value.whole.length !== bytes.length) throw new NotDer('something follows the end');
  return tag === undefined ? value : asked(value, tag);
}

/** The values inside a constructed one. @throws NotDer */
export function partsOf({ tag, content }: DerValue): DerValue[] {
  if ((tag & 0x20) === 0) throw new NotDer('it holds no values');
  const parts: DerValue[] = [];
  for (let at = 0; at < content.length;) {
    const part = next(content, at);
    parts.push(part);
    at += part.whole.length;
  }
  return parts;
}

/** The value, when it is there and of this kind. @throws NotDer */
export function asked(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag !== tag) throw new NotDer(`a value of kind ${tag.toString(16)} is missing`);
  return value;
}

/** An object identifier in its dotted form. @throws NotDer */
export function oidOf(value: DerValue | undefined): string {
  const { content } = asked(value, TAG.oid);
  const last = content.at(-1);
  if (last === undefined || last >= 0x80) throw new NotDer('an identifier that does not end');
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(number)) throw new NotDer('an identifier that is too large');
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - 40 * root, ...rest].join('.');
}

/** An integer's bytes in hex, as they stand. @throws NotDer when it is not in its shortest form */
export function integerOf(value: DerValue | undefined): string {
  const { content } = asked(value, TAG.integer);
  const [first, second] = content;
  const isPadded =
    second !== undefined &&
    ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (first === undefined || isPadded) throw new NotDer('an integer in another spelling');
  return Buffer.from(content).toString('hex');
}

/** One value with this content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) size.unshift(left % 256);
  const head = length < 0x80 ? [length] : [0x80 + size.length, ...size];
  return Buffer.concat([Uint8Array.from([tag, ...head]), content]);
}

/** An object identifier from its dotted form. */
export function derOid(dotted: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [root * 40 + second, ...rest].flatMap((number) => {
    const groups = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(0x80 + (left % 128));
    return groups;
  });
  return der(TAG.oid, Uint8Array.from(bytes));
}

function next(bytes: Uint8Array, at: number): DerValue {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    throw new NotDer('a value that is cut off, or of an unknown kind');
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first - 0x80;
    const size = bytes.subarray(start, start + count);
    start += count;
    if (count === 0 || count > 4 || size.length < count || size[0] === 0)
      throw new NotDer('a length in another spelling');
    length = size.reduce((sum, byte) => sum * 256 + byte, 0);
    if (length < 0x80) throw new NotDer('a length in another spelling');
  }
  const end = start + length;
  if (end > bytes.length) throw new NotDer('a value that is cut off');
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}
