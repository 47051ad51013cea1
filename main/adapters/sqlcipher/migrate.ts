import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { schemaVersion, type Database } from './database.ts';

/** One step of a database's form: numbered from 1 without gaps, never changed once released. */
export interface Migration {
  readonly version: number;
  /** For people who read the code: `entries, nodes and checkpoints`. */
  readonly name: string;
  readonly up: string | ((database: Database) => void);
}

export interface Migrated {
  readonly from: number;
  readonly to: number;
  /** Where the state before was put, when there was one: encrypted with the same key. */
  readonly backup?: string;
}

/**
 * Brings a database to the newest form: forward only, one transaction each. An existing database
 * is first copied whole, encrypted, to `<path>.v<version>.backup`. After a failure or a crash the
 * file stands at the last complete step. The caller has refused newer files by `openDatabase`.
 */
export function migrate(
  database: Database,
  path: string,
  migrations: readonly Migration[],
): Migrated {
  const from = schemaVersion(database);
  const wanted = migrations.filter((migration) => migration.version > from);
  if (wanted.length === 0) return { from, to: from };
  const backup = from === 0 ? undefined : backUp(database, path, from);
  for (const migration of wanted) step(database, migration);
  const to = newest(migrations);
  return backup === undefined ? { from, to } : { from, to, backup };
}

/** The version that a list of migrations leads to. */
export function newest(migrations: readonly Migration[]): number {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new TypeError('migrations are numbered from 1');
  });
  return migrations.length;
}

/** Removes the copies that migrations of the database at `path` left beside it. */
export function removeBackups(path: string): void {
  const folder = dirname(path);
  const copy = new RegExp(
    `^${basename(path).replaceAll('.', '\\.')}\\.v[0-9]+\\.backup(\\.partial)?$`,
  );
  for (const name of readdirSync(folder)) if (copy.test(name)) rmSync(join(folder, name));
  if (process.platform !== 'win32') sync(folder);
}

function step(database: Database, migration: Migration): void {
  database.transaction(() => {
    if (typeof migration.up === 'string') database.exec(migration.up);
    else migration.up(database);
    database.pragma(`user_version = ${migration.version}`);
  })();
}

function backUp(database: Database, path: string, version: number): string {
  const backup = `${path}.v${version}.backup`;
  const partial = `${backup}.partial`;
  rmSync(partial, { force: true });
  closeSync(openSync(partial, 'wx', 0o600));
  database.prepare('VACUUM INTO ?').run([partial]);
  sync(partial);
  renameSync(partial, backup);
  if (process.platform !== 'win32') sync(dirname(backup));
  return backup;
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
