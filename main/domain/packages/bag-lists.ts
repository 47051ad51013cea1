import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import type { FoundFile, FoundFiles } from './bag-contents.ts';
import type { FileEntry } from './manifest.ts';

/** The text files of BagIt (RFC 8493) that list what is in a bag. */

const PAYLOAD_LIST = 'manifest-sha256.txt';
const TAG_LIST = 'tagmanifest-sha256.txt';

/**
 * A list of checksums as `sha256sum` prints it, in text mode (two spaces) or binary mode (space
 * and `*`): RFC 8493 sections 2.1.3 and 2.2.1. The last line may lack its end.
 * @throws DomainError `bag-tag-malformed` naming the line
 */
export function readChecksums(bytes: Uint8Array, name: string): Map<string, string> {
  const lines = decodeText(bytes, name).split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  const found = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const [, digest, path] = /^([0-9A-Fa-f]{64})(?: [ *]|[ \t]+)([^ \t].*)$/u.exec(line) ?? [];
    if (digest === undefined || path === undefined)
      throw broken(name, `line ${String(index + 1)} is not a checksum and a name`);
    if (found.has(path)) throw broken(name, `line ${String(index + 1)} names a file again`);
    found.set(path, digest.toLowerCase());
  }
  return found;
}

/**
 * Compares `files[]`, `manifest-sha256.txt` and what is in `data/`: all three must be the same.
 * @throws DomainError `bag-list-differs`, `bag-file-missing`, `bag-file-extra`, `bag-digest`,
 * `bag-tag-malformed`
 */
export function checkPayload(
  files: readonly FileEntry[],
  list: Uint8Array,
  found: FoundFiles,
): void {
  const listed = readChecksums(list, PAYLOAD_LIST);
  const differs = (path: string) =>
    new DomainError('bag-list-differs', { name: escapeForDisplay(path) });
  const paths = new Set(files.map(({ path }) => path));
  for (const path of listed.keys()) if (!paths.has(path)) throw differs(path);
  for (const { path, sha256 } of files) if (listed.get(path) !== sha256) throw differs(path);
  for (const path of found.paths())
    if (path.startsWith('data/') && !paths.has(path))
      throw new DomainError('bag-file-extra', { name: escapeForDisplay(path) });
  for (const file of files) checkFound(file.path, found.get(file.path), file);
}

function checkFound(
  path: string,
  there: FoundFile | undefined,
  listed: { readonly size?: number; readonly sha256: string },
): void {
  if (!there) throw new DomainError('bag-file-missing', { name: escapeForDisplay(path) });
  const what =
    listed.size !== undefined && there.size !== listed.size
      ? 'the size'
      : there.sha256 !== listed.sha256 && 'the content';
  if (what) throw new DomainError('bag-digest', { name: escapeForDisplay(path), what });
}

/**
 * Compares `tagmanifest-sha256.txt` with the tag files. It need not list every one.
 * @throws DomainError `bag-file-missing`, `bag-digest`, `bag-tag-malformed`
 */
export function checkTagFiles(list: Uint8Array, found: FoundFiles): void {
  for (const [path, sha256] of readChecksums(list, TAG_LIST)) {
    if (path.startsWith('data/') || path === TAG_LIST)
      throw broken(TAG_LIST, `it lists "${escapeForDisplay(path)}", which is no tag file`);
    checkFound(path, found.get(path), { sha256 });
  }
}

/**
 * `bagit.txt`, RFC 8493 section 2.1.1: exactly two lines. Version 0.97 is what older tools write;
 * its rules are the same for all that is read here.
 * @throws DomainError `bag-tag-malformed`
 */
export function checkDeclaration(bytes: Uint8Array): void {
  const text = decodeText(bytes, 'bagit.txt');
  const form =
    /^BagIt-Version: (?:1\.0|0\.97)(?:\r\n|\n|\r)Tag-File-Character-Encoding: UTF-8(?:\r\n|\n|\r)?$/;
  if (!form.test(text))
    throw broken('bagit.txt', 'it must declare BagIt-Version 1.0 and UTF-8, in two lines');
}

/**
 * `bag-info.txt`, RFC 8493 section 2.2.2: fields may be missing, unknown and repeated; a
 * Payload-Oxum must be right. Answers with the values of External-Identifier.
 * @throws DomainError `bag-tag-malformed`, `bag-oxum`
 */
export function checkBagInfo(bytes: Uint8Array, files: readonly FileEntry[]): string[] {
  const fields = readFields(decodeText(bytes, 'bag-info.txt'));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const oxum = `${String(total)}.${String(files.length)}`;
  for (const [label, value] of fields)
    if (label === 'payload-oxum' && value !== oxum)
      throw new DomainError('bag-oxum', { said: escapeForDisplay(value, 60), found: oxum });
  return fields.flatMap(([label, value]) => (label === 'external-identifier' ? [value] : []));
}

/** `Label: value`, continued on lines that begin with a space or a tab; labels in lower case. */
function readFields(text: string): [string, string][] {
  const fields: [string, string][] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const last = fields.at(-1);
    const [, label, value] = /^([^:\s][^:]*?)\s*:\s*(.*?)\s*$/u.exec(line) ?? [];
    if (line.trim() === '') continue;
    else if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`;
    else if (label !== undefined && value !== undefined) fields.push([label.toLowerCase(), value]);
    else throw broken('bag-info.txt', `line ${String(index + 1)} is not a label and a value`);
  }
  return fields;
}

/**
 * The text of a tag file.
 * @throws DomainError `bag-tag-malformed` when it is not UTF-8
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw broken(name, 'it is not UTF-8');
  }
}

/** A tag file that cannot be read. */
export function broken(name: string, problem: string): DomainError {
  return new DomainError('bag-tag-malformed', { name, problem });
}
