/**
 * Tar headers as Valise writes them: "ustar Interchange Format" and "pax Interchange Format" of
 * POSIX.1-2017 (IEEE Std 1003.1, utility pax). Nothing of the source machine is in them: no
 * owner, no names of users, and one time for all entries.
 */

export const BLOCK = 512;

/** Largest size that 11 octal digits hold: 8 GiB less one byte. */
const MAX_OCTAL_SIZE = 0o77777777777;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

export interface TarMember {
  /** From the top folder down; a folder's ends with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

/** What differs between bags and not between the members of one. */
export interface TarFrame {
  /** Seconds since 1970, for every member. */
  readonly mtime: number;
  /** The one folder that holds everything; ASCII, at most 60 bytes. */
  readonly top: string;
}

/** Whether `path` or `size` needs a pax record. */
export function needsPax(member: TarMember): boolean {
  return member.size > MAX_OCTAL_SIZE || split(member.path) === undefined;
}

/** Bytes of the member's header with its pax records. */
export function headerSize(member: TarMember): number {
  return needsPax(member) ? 2 * BLOCK + padded(paxRecords(member).length) : BLOCK;
}

/** `length` rounded up to whole blocks. */
export function padded(length: number): number {
  return Math.ceil(length / BLOCK) * BLOCK;
}

/**
 * The header of one member. `number` counts the pax headers of this tar, from 1: it names them
 * and stands in for a name that does not fit.
 */
export function memberHeader(member: TarMember, frame: TarFrame, number: number): Uint8Array {
  const fits = split(member.path);
  const stand = {
    prefix: '',
    name: `${frame.top}/${String(number)}${member.kind === 'folder' ? '/' : ''}`,
  };
  const header = block(
    fits ?? stand,
    member.kind,
    member.size > MAX_OCTAL_SIZE ? 0 : member.size,
    frame.mtime,
  );
  if (!needsPax(member)) return header;
  const records = paxRecords(member);
  const name = { prefix: '', name: `PaxHeaders/${String(number)}` };
  return Buffer.concat([
    block(name, 'pax', records.length, frame.mtime),
    records,
    Buffer.alloc(padded(records.length) - records.length),
    header,
  ]);
}

/** How `path` fits into the two name fields; never when it is not ASCII. */
function split(path: string): { prefix: string; name: string } | undefined {
  if (!/^[\x20-\x7e]+$/.test(path)) return undefined;
  if (path.length <= NAME_BYTES) return { prefix: '', name: path };
  const slash = path.indexOf('/', path.length - NAME_BYTES - 1);
  if (slash < 1 || slash > PREFIX_BYTES || slash === path.length - 1) return undefined;
  return { prefix: path.slice(0, slash), name: path.slice(slash + 1) };
}

const TYPES = { file: '0', folder: '5', pax: 'x' } as const;

function block(
  { prefix, name }: { prefix: string; name: string },
  kind: keyof typeof TYPES,
  size: number,
  mtime: number,
): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, NAME_BYTES, 'latin1');
  header.write(kind === 'folder' ? '0000755' : '0000644', 100, 'latin1');
  header.write('0000000', 108, 'latin1');
  header.write('0000000', 116, 'latin1');
  header.write(octal(size, 11), 124, 'latin1');
  header.write(octal(Math.min(Math.max(mtime, 0), MAX_OCTAL_SIZE), 11), 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write(TYPES[kind], 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write('0000000', 329, 'latin1');
  header.write('0000000', 337, 'latin1');
  header.write(prefix, 345, PREFIX_BYTES, 'latin1');
  let sum = 0;
  for (let index = 0; index < BLOCK; index += 1) sum += header[index] ?? 0;
  header.write(`${octal(sum, 6)}\u0000 `, 148, 'latin1');
  return header;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function paxRecords(member: TarMember): Buffer {
  const records: Buffer[] = [];
  if (split(member.path) === undefined) records.push(paxRecord('path', member.path));
  if (member.size > MAX_OCTAL_SIZE) records.push(paxRecord('size', String(member.size)));
  return Buffer.concat(records);
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length !== length) length = bytes + String(length).length;
  return Buffer.from(`${String(length)}${rest}`);
}
