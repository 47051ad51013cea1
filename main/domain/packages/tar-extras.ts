import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import { decodeName, malformed, type RawHeader } from './tar-fields.ts';

/** What extended headers say about the member that follows. */
export interface Extras {
  readonly path?: string;
  readonly size?: number;
}

const PAX_SIZE = /^(?:0|[1-9][0-9]{0,15})$/;
const UTF8_CHARSET = 'ISO-IR 10646 2000 UTF-8';

/**
 * "pax Header Block" of POSIX.1-2017: records `<length> <key>=<value>\n`. Of the keys, `path` and
 * `size` count; those that change what a file is are refused; times, owners and attributes are
 * passed over.
 * @throws DomainError `bag-malformed`, `bag-sparse`, `bag-multi-volume`, `bag-link`, `name-refused`
 */
export function readPaxRecords(bytes: Buffer, at: number): Extras {
  const seen = new Set<string>();
  let extras: Extras = {};
  let offset = 0;
  while (offset < bytes.length) {
    const space = bytes.indexOf(0x20, offset);
    const digits = space === -1 ? '' : bytes.toString('latin1', offset, space);
    const end = offset + (/^[1-9][0-9]{0,6}$/.test(digits) ? Number(digits) : 0);
    const equals = bytes.indexOf(0x3d, space);
    if (end > bytes.length || equals <= space + 1 || equals >= end || bytes[end - 1] !== 0x0a)
      throw malformed('a pax record that is broken', at + offset);
    const key = bytes.toString('latin1', space + 1, equals);
    if (seen.has(key)) throw malformed('a pax record that is repeated', at + offset);
    seen.add(key);
    extras = { ...extras, ...readRecord(key, bytes.subarray(equals + 1, end - 1), at + offset) };
    offset = end;
  }
  return extras;
}

function readRecord(key: string, value: Buffer, at: number): Extras {
  const name = () => escapeForDisplay(value.toString('latin1'));
  if (key === 'path') return { path: decodeName(value) };
  if (key === 'size') {
    const size = PAX_SIZE.test(value.toString('latin1')) ? Number(value.toString('latin1')) : NaN;
    if (!Number.isSafeInteger(size)) throw malformed('a size that is not a number', at);
    return { size };
  }
  if (key === 'linkpath') throw new DomainError('bag-link', { name: name() });
  if (key.startsWith('GNU.sparse.') || key === 'SCHILY.realsize')
    throw new DomainError('bag-sparse', { name: name() });
  if (key.startsWith('GNU.volume.')) throw new DomainError('bag-multi-volume', { name: name() });
  if (key === 'hdrcharset' && value.toString('latin1') !== UTF8_CHARSET)
    throw malformed('names that are not in UTF-8', at);
  return {};
}

/** GNU tar's long name (type `L`): the name itself, ended by a NUL. */
export function readLongName(bytes: Buffer): Extras {
  const end = bytes.indexOf(0);
  return { path: decodeName(end === -1 ? bytes : bytes.subarray(0, end)) };
}

const REFUSED = {
  '1': 'bag-link',
  '2': 'bag-link',
  K: 'bag-link',
  '3': 'bag-device',
  '4': 'bag-device',
  '6': 'bag-fifo',
  S: 'bag-sparse',
  M: 'bag-multi-volume',
} as const;

/**
 * Passes plain files and folders only.
 * @throws DomainError with a code for each kind of member that is refused
 */
export function assertOrdinary({ type, name }: RawHeader): void {
  if (type === '0' || type === '5') return;
  const shown = { name: escapeForDisplay(Buffer.from(name).toString()) };
  if (type === 'g') throw new DomainError('bag-global-header');
  if (Object.hasOwn(REFUSED, type))
    throw new DomainError(REFUSED[type as keyof typeof REFUSED], shown);
  throw new DomainError('bag-entry-type', { ...shown, type: escapeForDisplay(type) });
}
