import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { escapeCharacter, escapeForDisplay } from '../escape.ts';

export { escapeForDisplay } from '../escape.ts';

/**
 * The rule for names in a bag, which keeps them the same on every system:
 * 1. relative, parts separated by `/`, no empty part, no `.` and no `..`;
 * 2. Unicode in NFC; no control characters, `%`, `\`, no bidi embeddings, overrides or isolates;
 * 3. no space at the beginning or the end of a part, no dot at its end;
 * 4. no name that Windows keeps for devices, nothing that begins like a drive (`C:`);
 * 5. at most 255 bytes of UTF-8 in a part, 3000 in all.
 */
export const MAX_SEGMENT_BYTES = 255;
export const MAX_PATH_BYTES = 3000;

/** How a name breaks the rule, as the end of the sentence "the name … {rule}". */
export type NameRule =
  | 'is empty'
  | 'is absolute'
  | 'has an empty part'
  | 'leads out of its folder'
  | 'has a control character'
  | 'has a character that turns the direction of text'
  | 'has a % or a \\'
  | 'is not in the normal form NFC'
  | 'has a space at the edge of a part'
  | 'has a dot at the end of a part'
  | 'is kept by Windows for a device'
  | 'begins like a drive'
  | 'is too long';

/** Bidi embeddings, overrides and isolates: they make `gpj.exe` look like `exe.jpg`. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/u;
/** Microsoft, "Naming Files, Paths, and Namespaces"; an extension does not free the name. */
const DEVICE =
  /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?$/iu;
const DRIVE = /^[A-Za-z]:/u;

/** Which rule `path` breaks; `undefined` when it is a name for a bag. */
export function brokenRule(path: string, maxBytes = MAX_PATH_BYTES): NameRule | undefined {
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (/[\p{Cc}\p{Surrogate}]/u.test(path)) return 'has a control character';
  if (TURNING.test(path)) return 'has a character that turns the direction of text';
  if (/[%\\]/.test(path)) return 'has a % or a \\';
  if (Buffer.byteLength(path) > maxBytes) return 'is too long';
  if (path.normalize('NFC') !== path) return 'is not in the normal form NFC';
  for (const part of path.split('/')) {
    const rule = brokenPart(part);
    if (rule) return rule;
  }
  return undefined;
}

function brokenPart(part: string): NameRule | undefined {
  if (part === '') return 'has an empty part';
  if (part === '.' || part === '..') return 'leads out of its folder';
  if (part.startsWith(' ') || part.endsWith(' ')) return 'has a space at the edge of a part';
  if (part.endsWith('.')) return 'has a dot at the end of a part';
  if (DEVICE.test(part)) return 'is kept by Windows for a device';
  if (DRIVE.test(part)) return 'begins like a drive';
  return Buffer.byteLength(part) > MAX_SEGMENT_BYTES ? 'is too long' : undefined;
}

/**
 * For reading: refuses a name that breaks the rule.
 * @throws DomainError `name-refused` with the name escaped and the rule in words
 */
export function checkName(path: string, maxBytes = MAX_PATH_BYTES): void {
  const rule = brokenRule(path, maxBytes);
  if (rule) throw new DomainError('name-refused', { name: nameForDisplay(path, rule), rule });
}

function nameForDisplay(path: string, rule: NameRule): string {
  const shown = escapeForDisplay(path);
  return rule === 'is not in the normal form NFC'
    ? shown.replace(/\p{M}/gu, escapeCharacter)
    : shown;
}

/**
 * For adding: the nearest name that keeps the rule. What people cannot type on every system
 * (`< > : " | ? *`) is replaced as well, although readers accept it. The answer depends on `path`
 * alone: two names can come out the same, and the caller numbers them.
 */
export function safeName(path: string): { path: string; replaced: boolean } {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(safePart);
  const joined = parts.length === 0 ? '_' : parts.join('/');
  const safe =
    Buffer.byteLength(joined) > MAX_PATH_BYTES - PAYLOAD_FOLDER ? flattened(joined) : joined;
  return { path: safe, replaced: safe !== path };
}

/** Room for `data/` before it. */
const PAYLOAD_FOLDER = 5;

function safePart(part: string): string {
  const plain = part
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069%\\<>:"|?*]/gu, '_')
    .normalize('NFC')
    .replace(/^ +|[ .]+$/gu, '');
  const named = plain === '' ? '_' : plain;
  const free = DEVICE.test(named) ? named.replace(/^([^. ]+)/u, '$1_') : named;
  return shortened(free);
}

/** Cuts a part to 255 bytes; the digest of the whole and the extension stay. */
function shortened(part: string): string {
  if (Buffer.byteLength(part) <= MAX_SEGMENT_BYTES) return part;
  const extension = /[^.](\.[A-Za-z0-9]{1,16})$/u.exec(part)?.[1] ?? '';
  const tail = `~${digestOf(part).slice(0, 8)}${extension}`;
  let head = '';
  let room = MAX_SEGMENT_BYTES - tail.length;
  for (const character of part.slice(0, part.length - extension.length)) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    head += character;
  }
  return `${head.replace(/[ .]+$/u, '')}${tail}`;
}

/** A path that is too long as a whole keeps its last part, in a folder named by a digest. */
function flattened(path: string): string {
  return `${digestOf(path).slice(0, 16)}/${path.slice(path.lastIndexOf('/') + 1)}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a careful reader of names is told; the name itself is accepted. */
export type NameWarning = 'name-invisible' | 'name-look-alike' | 'name-not-for-windows';

/** Letters of these scripts look alike; a word that mixes two of them is suspect (UTS 39). */
const ALIKE = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
];
/** Slashes that are not `/`. */
const SLASHES = /[\u2044\u2215\u2571\u29f8\u2e4a\u3033]/u;

/** Zero-width characters, look-alikes, and characters that Windows does not take. */
export function nameWarnings(path: string): NameWarning[] {
  const found: NameWarning[] = [];
  if (/[\p{Default_Ignorable_Code_Point}\u2028\u2029]/u.test(path)) found.push('name-invisible');
  const words = path.match(/[\p{L}\p{M}]+/gu) ?? [];
  const mixed = words.some((word) => ALIKE.filter((script) => script.test(word)).length > 1);
  if (mixed || SLASHES.test(path) || hidesAscii(path)) found.push('name-look-alike');
  if (/[<>:"|?*]/.test(path)) found.push('name-not-for-windows');
  return found;
}

/** Whether a character only looks like an ASCII one: full-width forms, ligatures, one dot leader. */
function hidesAscii(path: string): boolean {
  const others = path.match(/[^\x20-\x7e]/gu) ?? [];
  return others.some((character) => /^[\x21-\x7e]+$/.test(character.normalize('NFKC')));
}

/**
 * Brings a name to the form in which systems that ignore case and normal form compare names:
 * Unicode's full case folding over NFD. The dotless i stands for itself there, though its capital
 * is that of i.
 */
export function foldName(path: string): string {
  if (/^[\x20-\x7e]*$/.test(path)) return path.toLowerCase();
  return path
    .normalize('NFD')
    .split(DOTLESS_I)
    .map((piece) => piece.toLowerCase().toUpperCase().toLowerCase())
    .join(DOTLESS_I)
    .normalize('NFC');
}

const DOTLESS_I = '\u0131';

/** Compares by the bytes of UTF-8, as `LC_ALL=C sort` does. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return codePointOrder(x) - codePointOrder(y);
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates before U+E000..U+FFFF, UTF-8 after. */
function codePointOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
