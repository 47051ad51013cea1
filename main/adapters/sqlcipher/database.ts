import { Database } from '@signalapp/sqlcipher';

/**
 * Opens a SQLCipher 4 database with a raw 32-byte key, the way every database of a vault is
 * opened: WAL, FULL durability (a reopened WAL database would fall back to NORMAL), foreign keys,
 * secure delete, memory wiped, and held exclusively. Makes the file when it is absent.
 * @throws Error of the binding: "file is not a database" when the key is not the right one
 */
export function openDatabase(path: string, key: Uint8Array): Database {
  const database = new Database(path, { cacheStatements: true });
  try {
    database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
    database.pragma('cipher_memory_security = ON');
    database.pragma('locking_mode = EXCLUSIVE');
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

export type { Database };
