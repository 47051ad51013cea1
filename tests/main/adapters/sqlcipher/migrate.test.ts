import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findDamage,
  openDatabase,
  rekeyDatabase,
  schemaVersion,
  type Database,
} from '../../../../main/adapters/sqlcipher/database.ts';
import {
  migrate,
  newest,
  removeBackups,
  type Migration,
} from '../../../../main/adapters/sqlcipher/migrate.ts';

const KEY = new Uint8Array(32).fill(7);
const FIRST: Migration = { version: 1, name: 'a', up: 'CREATE TABLE a (x TEXT)' };
const SECOND: Migration = {
  version: 2,
  name: 'b',
  up: (database) => database.exec("CREATE TABLE b (y); INSERT INTO b SELECT x || '!' FROM a"),
};

let folder: string;
let path: string;
const opened: Database[] = [];
const open = (key = KEY, options = {}, file = path) => {
  const database = openDatabase(file, key, options);
  opened.push(database);
  return database;
};
const closeAll = () => {
  for (const database of opened.splice(0)) database.close();
};
const column = (database: Database, sql: string) => database.prepare(sql, { pluck: true }).all();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valise-migrate-'));
  path = join(folder, 'x.db');
});
afterEach(() => {
  closeAll();
  rmSync(folder, { recursive: true });
});

describe('removeBackups', () => {
  it('removes the copies of one database and nothing else', () => {
    const names = [
      'x.db',
      'x.db.v1.backup',
      'x.db.v2.backup.partial',
      'y.db.v1.backup',
      'xadb.v1.backup',
    ];
    for (const name of names) writeFileSync(join(folder, name), name);
    removeBackups(path);
    expect(readdirSync(folder).sort()).toEqual(['x.db', 'xadb.v1.backup', 'y.db.v1.backup']);
  });
});

describe('migrate', () => {
  it('builds a new database without a backup', () => {
    const database = open();
    expect(migrate(database, path, [FIRST, SECOND])).toEqual({ from: 0, to: 2 });
    expect(schemaVersion(database)).toBe(2);
    expect(migrate(database, path, [FIRST, SECOND])).toEqual({ from: 2, to: 2 });
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
  });

  it('copies an existing database before it goes on, encrypted with the same key', () => {
    const database = open();
    migrate(database, path, [FIRST]);
    database.exec("INSERT INTO a VALUES ('kept')");
    writeFileSync(`${path}.v1.backup.partial`, 'left by a crash');
    const { backup } = migrate(database, path, [FIRST, SECOND]);
    expect(backup).toBe(`${path}.v1.backup`);
    expect(column(database, 'SELECT y FROM b')).toEqual(['kept!']);
    expect(statSync(`${path}.v1.backup`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${path}.v1.backup`).subarray(0, 6).toString()).not.toBe('SQLite');
    const copy = open(KEY, {}, `${path}.v1.backup`);
    expect(column(copy, 'SELECT x FROM a')).toEqual(['kept']);
    expect(schemaVersion(copy)).toBe(1);
  });

  it('leaves the last complete step when one fails', () => {
    const database = open();
    const broken: Migration = {
      version: 2,
      name: 'broken',
      up: 'CREATE TABLE half (z); INSERT INTO nowhere VALUES (1)',
    };
    expect(() => migrate(database, path, [FIRST, broken])).toThrow(/nowhere/);
    expect(schemaVersion(database)).toBe(1);
    expect(column(database, 'SELECT name FROM sqlite_schema')).toEqual(['a']);
    expect(migrate(database, path, [FIRST, SECOND]).to).toBe(2);
  });

  it('wants numbers from 1 without gaps', () => {
    expect(newest([FIRST, SECOND])).toBe(2);
    expect(() => newest([SECOND])).toThrow(TypeError);
  });
});

describe('openDatabase', () => {
  it('sets every pragma each time', () => {
    open().exec('CREATE TABLE t (x)');
    closeAll();
    const database = open();
    const pragma = (name: string) => database.pragma(name, { simple: true });
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('secure_delete')).toBe(1);
    expect(pragma('cipher_memory_security')).toBe('1');
    expect(pragma('locking_mode')).toBe('exclusive');
    expect(pragma('temp_store')).toBe(2);
  });

  it('refuses a newer file and leaves its bytes alone', () => {
    open().exec('PRAGMA user_version = 9');
    closeAll();
    const before = readFileSync(path);
    expect(() => open(KEY, { newest: { version: 8, file: 'x.db' } })).toThrow(
      expect.objectContaining({
        code: 'vault-newer',
        message: expect.stringContaining('x.db') as unknown,
      }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['x.db']);
    expect(schemaVersion(open(KEY, { newest: { version: 9, file: 'x.db' } }))).toBe(9);
  });

  it('is held by one at a time', () => {
    open().exec('CREATE TABLE t (x)');
    expect(() => open()).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
  });

  it('starts a new file with the salt, keeps it when rekeyed, and needs only the key', () => {
    const salt = new Uint8Array(16).fill(0xab);
    const other = new Uint8Array(32).fill(9);
    const database = open(KEY, { salt });
    database.exec("CREATE TABLE t (x); INSERT INTO t VALUES ('1')");
    rekeyDatabase(database, other);
    closeAll();
    expect(readFileSync(path).subarray(0, 16).equals(Buffer.from(salt))).toBe(true);
    expect(() => open(KEY)).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }));
    expect(column(open(other), 'SELECT x FROM t')).toEqual(['1']);
  });

  it('leaves no page under the old key, not even when it is never closed', () => {
    const other = new Uint8Array(32).fill(9);
    const database = open();
    database.exec('CREATE TABLE t (x)');
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    for (let row = 0; row < 500; row += 1) insert.run(['x'.repeat(200)]);
    rekeyDatabase(database, other);
    const copy = join(folder, 'copy.db');
    writeFileSync(copy, readFileSync(path));
    expect(() => open(KEY, {}, copy)).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }));
    const again = open(other, {}, copy);
    expect(column(again, 'SELECT count(*) FROM t')).toEqual([500]);
    expect(findDamage(again)).toBeUndefined();
  });

  it('does no harm with the wrong key to a file with a log left by a crash', () => {
    const database = open();
    database.exec('CREATE TABLE t (x)');
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    for (let row = 0; row < 500; row += 1) insert.run(['x'.repeat(200)]);
    const copy = join(folder, 'copy.db');
    writeFileSync(copy, readFileSync(path));
    writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`));
    expect(() => openDatabase(copy, new Uint8Array(32))).toThrow();
    const again = open(KEY, {}, copy);
    expect(column(again, 'SELECT count(*) FROM t')).toEqual([500]);
    expect(findDamage(again)).toBeUndefined();
  });
});
