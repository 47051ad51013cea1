import type { Applied } from '../../domain/vault/databases-port.ts';
import type { Commit } from '../../domain/vault/journal.ts';
import type { Database } from './database.ts';
import { applyEffects } from './records.ts';

/**
 * What a commit is about to do, written to vault.db before ledger.db decides whether it is done.
 * Entries stand here as their canonical text.
 */
export interface Intent extends Required<Pick<Commit, 'effects' | 'renames' | 'removals'>> {
  readonly first: number;
  readonly entries: readonly string[];
}

export interface StoredIntent extends Intent {
  readonly id: number;
}

export function writeIntent(vault: Database, intent: Intent): number {
  return vault.prepare('INSERT INTO intents (doc) VALUES (?)').run([JSON.stringify(intent)])
    .lastInsertRowid;
}

/** What was not finished, oldest first. */
export function readIntents(vault: Database): StoredIntent[] {
  return vault
    .prepare('SELECT id, doc FROM intents ORDER BY id')
    .all<{ id: number; doc: string }>()
    .map(({ id, doc }) => ({ ...(JSON.parse(doc) as Intent), id }));
}

/** The effects and the mark that they are done, in one transaction. `origin` is the ledger's. */
export function finishIntent(
  vault: Database,
  { id, effects, first, entries }: StoredIntent,
  origin: string,
): void {
  vault.transaction(() => {
    applyEffects(vault, effects);
    vault
      .prepare('INSERT OR REPLACE INTO applied (one, seq, origin) VALUES (1, ?, ?)')
      .run([first + entries.length - 1, origin]);
    dropIntent(vault, id);
  })();
}

export function dropIntent(vault: Database, id: number): void {
  vault.prepare('DELETE FROM intents WHERE id = ?').run([id]);
}

/** The last entry whose effects are in vault.db; undefined before the first. */
export function readApplied(vault: Database): Applied | undefined {
  const row = vault
    .prepare('SELECT seq, origin FROM applied')
    .get<{ seq: number; origin: string | null }>();
  if (row === undefined) return undefined;
  return row.origin === null ? { seq: row.seq } : { seq: row.seq, origin: row.origin };
}
