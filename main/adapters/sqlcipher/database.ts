import { Database } from '@signalapp/sqlcipher';
import { DomainError } from '../../domain/errors/index.ts';

export interface OpenOptions {
  /**
   * 16 bytes that a new file starts with (SQLCipher's salt, which takes no part in a raw key).
   * An existing file keeps its own.
   */
  readonly salt?: Uint8Array;
  /** The newest `user_version` that this program knows; a newer file is refused, untouched. */
  readonly newest?: { readonly version: number; readonly file: string };
}

/**
 * Opens a SQLCipher 4 database with a raw 32-byte key, the way every database of a vault is
 * opened: WAL, FULL durability (a reopened WAL database would fall back to NORMAL), foreign keys,
 * secure delete, memory wiped, and held exclusively. Makes the file when it is absent.
 * @throws Error of the binding: "file is not a database" when the key is not the right one
 * @throws DomainError `vault-newer`
 */
export function openDatabase(path: string, key: Uint8Array, options: OpenOptions = {}): Database {
  const database = new Database(path, { cacheStatements: true });
  try {
    // The binding would print its own diagnostics on stderr, where the command line writes.
    database.pragma('cipher_log_level = NONE');
    database.pragma(`key = "x'${hex(key)}${options.salt === undefined ? '' : hex(options.salt)}'"`);
    // Before the first read, so that no shared-memory file is made and nobody else gets in.
    database.pragma('locking_mode = EXCLUSIVE');
    if (options.newest !== undefined && schemaVersion(database) > options.newest.version) {
      throw new DomainError('vault-newer', { file: options.newest.file });
    }
    database.pragma('cipher_memory_security = ON');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    database.pragma('temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The number of the last migration that this file has had; 0 for a new one. */
export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/**
 * Encrypts the whole database anew under `key` (32 bytes); the old key opens it no more. The new
 * pages are brought out of the log at once: until then the file itself holds the old ones.
 */
export function rekeyDatabase(database: Database, key: Uint8Array): void {
  database.pragma(`rekey = "x'${hex(key)}'"`);
  database.pragma('wal_checkpoint(TRUNCATE)');
}

/** What `PRAGMA quick_check` finds wrong with the file, in its words; undefined when sound. */
export function findDamage(database: Database): string | undefined {
  const rows = database.prepare('PRAGMA quick_check(1)', { pluck: true }).all<string>();
  return rows[0] === 'ok' ? undefined : String(rows[0]);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export type { Database };
