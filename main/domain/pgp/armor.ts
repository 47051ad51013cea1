import { DomainError } from '../errors/index.ts';

const LINE = 64;
const BASE64_LINE = /^[A-Za-z0-9+/]{1,76}={0,2}$/;
const HEADER_LINE = /^[A-Za-z][A-Za-z-]{0,31}: ?.{0,200}$/;
const CRC_LINE = /^=[A-Za-z0-9+/]{4}$/;

export type ArmorType = 'PUBLIC KEY BLOCK' | 'PRIVATE KEY BLOCK' | 'SIGNATURE';

export interface Armored {
  /** As it stands after `BEGIN PGP`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Armor without comment and version lines, and with a checksum, which GnuPG 2.2 needs and
 * RFC 9580 (section 6.1) forbids for version 6.
 */
export function writeArmor(type: ArmorType, bytes: Uint8Array, checksum: boolean): string {
  const text = Buffer.from(bytes).toString('base64');
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  const crc = checksum ? [`=${crc24(bytes).toString('base64')}`] : [];
  return [
    `-----BEGIN PGP ${type}-----`,
    '',
    ...lines,
    ...crc,
    `-----END PGP ${type}-----`,
    '',
  ].join('\n');
}

/**
 * Reads exactly one block of ASCII armor (RFC 9580, section 6), strictly: nothing but white space
 * around it, plain header lines, an empty line, base64, and a checksum that fits when there is one.
 *
 * @throws DomainError `armor-damaged` with what is wrong
 */
export function readArmor(text: string): Armored {
  const lines = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.replace(/[ \t]+$/, ''));
  const type = /^-----BEGIN PGP ([A-Z ]{1,40})-----$/.exec(lines[0] ?? '')?.[1];
  if (type === undefined) throw damaged('it does not begin with -----BEGIN PGP');
  if (lines.at(-1) !== `-----END PGP ${type}-----`)
    throw damaged('it does not end with its own end line');
  const blank = lines.indexOf('');
  if (blank < 0 || !lines.slice(1, blank).every((line) => HEADER_LINE.test(line)))
    throw damaged('its head is not followed by an empty line');
  const body = lines.slice(blank + 1, -1);
  const crc = CRC_LINE.test(body.at(-1) ?? '') ? body.pop() : undefined;
  if (body.length === 0 || !body.every((line) => BASE64_LINE.test(line)))
    throw damaged('a line in it is not base64');
  const joined = body.join('');
  if (joined.length % 4 !== 0 || /=[^=]/.test(joined)) throw damaged('its base64 is incomplete');
  const bytes = Buffer.from(joined, 'base64');
  if (crc !== undefined && crc !== `=${crc24(bytes).toString('base64')}`)
    throw damaged('its checksum does not fit');
  return { type, bytes };
}

/** CRC-24 of RFC 9580, section 6.1.1: three octets. */
function crc24(bytes: Uint8Array): Buffer {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return Buffer.from([crc >>> 16, crc >>> 8, crc]);
}

function damaged(what: string): DomainError {
  return new DomainError('armor-damaged', { what });
}
