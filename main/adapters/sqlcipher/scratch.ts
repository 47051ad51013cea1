import type { Scratch } from '../../domain/files.ts';
import type { Database } from './database.ts';

/** Remembers partial files in vault.db, so that the next unlock can remove what a crash left. */
export class SqlScratch implements Scratch {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  begin(path: string): void {
    this.database.prepare('INSERT OR IGNORE INTO scratch (path) VALUES (?)').run([path]);
  }

  end(path: string): void {
    this.database.prepare('DELETE FROM scratch WHERE path = ?').run([path]);
  }

  left(): string[] {
    return this.database
      .prepare('SELECT path FROM scratch ORDER BY path')
      .all<{ path: string }>()
      .map(({ path }) => path);
  }
}
