import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DomainError } from '../../domain/errors/index.ts';
import type { Uuid } from '../../domain/identifiers.ts';
import { asDomainError, systemCode } from '../files/system-error.ts';
import { findDamage, openDatabase, type Database } from '../sqlcipher/database.ts';
import { isDiskFull } from '../sqlcipher/sql-error.ts';
import { busy } from './lock-file.ts';

/** SQLCipher 4 writes pages of this size, unless told otherwise. */
const PAGE_BYTES = 4096;
/** Reading every page takes about a second for this many bytes. */
const CHECKED_WHOLE = 64 * 1024 * 1024;
const PLAIN = Buffer.from('SQLite format 3\0', 'latin1');

export type DatabaseFile = 'vault.db' | 'ledger.db';

export interface DatabaseSource {
  readonly path: string;
  readonly file: DatabaseFile;
  readonly vaultId: Uuid;
  /** Tried in this order. */
  readonly keys: readonly Uint8Array[];
  /** The newest form that this program knows. */
  readonly newest: number;
}

/**
 * The 16 bytes that a database of this vault starts with. SQLCipher keeps its salt there, which
 * takes no part in a raw key; made from the vault's id, it tells "damaged" from "of another vault".
 */
export function databaseSalt(vaultId: Uuid, file: DatabaseFile): Uint8Array {
  return createHash('sha256').update(`valise ${file} ${vaultId}`).digest().subarray(0, 16);
}

/**
 * Opens a database whose key is known to be right, and checks it: whatever fails is the file.
 * @returns the database and which of the keys opened it
 * @throws DomainError `database-missing`, `database-empty`, `database-plain`,
 * `database-truncated`, `database-foreign`, `database-damaged`, `vault-newer`, `vault-busy`
 */
export function openChecked(source: DatabaseSource): { database: Database; key: Uint8Array } {
  const { file } = source;
  const { start, bytes } = inspect(source);
  const whole = isCheckedWhole(bytes, existsSync(`${source.path}-wal`));
  for (const key of source.keys) {
    const database = attempt(source, key);
    if (database === undefined) continue;
    try {
      if (whole) requireSound(database, source);
      return { database, key };
    } catch (error) {
      database.close();
      throw error;
    }
  }
  if (start.equals(databaseSalt(source.vaultId, file))) {
    throw new DomainError('database-damaged', { file, problem: 'its first page cannot be read' });
  }
  throw new DomainError('database-foreign', { file });
}

/**
 * Whether every page is read before the database is used. Of a large one, this is done only when
 * it was not closed in order (its log is still there): each page carries a MAC, so a damaged one is
 * found when it is read, and `ledger verify` reads all of them.
 */
export function isCheckedWhole(bytes: number, wasLeftOpen: boolean): boolean {
  return wasLeftOpen || bytes <= CHECKED_WHOLE;
}

/** What SQLite or the system reports becomes a sentence about that file; bugs pass through. */
export function asDatabaseError(
  error: unknown,
  { file, path }: Pick<DatabaseSource, 'file' | 'path'>,
): unknown {
  if (error instanceof DomainError) return error;
  const cause = { cause: error };
  if (isDiskFull(error)) return new DomainError('disk-full', { path }, cause);
  const code = systemCode(error);
  if (code === undefined || !code.startsWith('SQLITE_')) return asDomainError(error, path, 'write');
  if (code.startsWith('SQLITE_BUSY')) return busy();
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return new DomainError('not-writable', { path }, cause);
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new DomainError('disk-failed', { path, reason: code }, cause);
  }
  return new DomainError('database-damaged', { file, problem: code }, cause);
}

/** What can be said of the file without a key; answers its size and its first 16 bytes. */
function inspect({ path, file }: DatabaseSource): { start: Buffer; bytes: number } {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) throw new DomainError('database-missing', { file });
  if (bytes === 0) throw new DomainError('database-empty', { file });
  const start = Buffer.alloc(PLAIN.length);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, start, 0, start.length, 0);
  closeSync(descriptor);
  if (start.equals(PLAIN)) throw new DomainError('database-plain', { file });
  if (bytes % PAGE_BYTES !== 0) throw new DomainError('database-truncated', { file, bytes });
  return { start, bytes };
}

/** The open database, or undefined when this is not its key. */
function attempt(source: DatabaseSource, key: Uint8Array): Database | undefined {
  const { path, file, newest } = source;
  try {
    return openDatabase(path, key, { newest: { version: newest, file } });
  } catch (error) {
    if (systemCode(error) === 'SQLITE_NOTADB') return undefined;
    throw asDatabaseError(error, source);
  }
}

function requireSound(database: Database, source: DatabaseSource): void {
  let damage: string | undefined;
  try {
    damage = findDamage(database);
  } catch (error) {
    throw asDatabaseError(error, source);
  }
  if (damage !== undefined) {
    throw new DomainError('database-damaged', { file: source.file, problem: damage });
  }
}
