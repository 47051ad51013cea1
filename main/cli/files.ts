import { readFile, writeFile } from 'node:fs/promises';
import { DomainError } from '../domain/errors/index.ts';

const LIMIT = 16 * 1024 * 1024;

/** Reads a whole small file. @throws DomainError `file-unknown`, `file-too-large` */
export async function readWhole(path: string): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    throw new DomainError('file-unknown', { path });
  }
  if (bytes.length > LIMIT) throw new DomainError('file-too-large', { path, limit: LIMIT });
  return bytes;
}

/** Reads a JSON input file. @throws DomainError `file-unknown`, `input-refused` */
export async function readJson(path: string): Promise<unknown> {
  const bytes = await readWhole(path);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new DomainError('input-refused', {
      what: path,
      where: 'the document',
      problem: 'not JSON',
    });
  }
}

/** Writes a new file, never over an existing one. @throws DomainError `file-exists` */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw exists
      ? new DomainError('file-exists', { path })
      : new DomainError('read-only', { path }, { cause: error });
  }
}
