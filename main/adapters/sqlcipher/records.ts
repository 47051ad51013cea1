import type {
  Effect,
  RecordQuery,
  Records,
  TableName,
  Tables,
} from '../../domain/vault/records.ts';
import { TABLE_NAMES } from '../../domain/vault/records.ts';
import type { Database } from './database.ts';

/** Reads the rows of vault.db. */
export class SqlRecords implements Records {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    const row = this.database
      .prepare(`SELECT doc FROM ${known(table)} WHERE id = ?`)
      .get<{ doc: string }>([id]);
    return row === undefined ? undefined : (JSON.parse(row.doc) as Tables[T]);
  }

  list<T extends TableName>(table: T, query: RecordQuery = {}): Tables[T][] {
    const { sql, params } = conditions(query);
    const order = query.order === 'descending' ? 'DESC' : 'ASC';
    const page = `LIMIT ${integer(query.limit ?? -1)} OFFSET ${integer(query.offset ?? 0)}`;
    return this.database
      .prepare(`SELECT doc FROM ${known(table)} ${sql} ORDER BY id ${order} ${page}`)
      .all<{ doc: string }>(params)
      .map(({ doc }) => JSON.parse(doc) as Tables[T]);
  }

  count(table: TableName, query: Pick<RecordQuery, 'where' | 'idPrefix'> = {}): number {
    const { sql, params } = conditions(query);
    const row = this.database
      .prepare(`SELECT count(*) AS n FROM ${known(table)} ${sql}`)
      .get<{ n: number }>(params);
    return row?.n ?? 0;
  }
}

/** Makes the changes that a commit promised; part of the caller's transaction. */
export function applyEffects(database: Database, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if ('put' in effect)
      database
        .prepare(`INSERT OR REPLACE INTO ${known(effect.put)} (id, doc) VALUES (?, ?)`)
        .run([effect.id, JSON.stringify(effect.doc)]);
    else if ('prefix' in effect)
      database
        .prepare(`DELETE FROM ${known(effect.drop)} WHERE id >= ? AND id < ?`)
        .run([effect.prefix, afterPrefix(effect.prefix)]);
    else database.prepare(`DELETE FROM ${known(effect.drop)} WHERE id = ?`).run([effect.id]);
  }
}

function conditions(query: Pick<RecordQuery, 'where' | 'idPrefix'>) {
  const parts: string[] = [];
  const params: (string | number)[] = [];
  for (const [member, value] of Object.entries(query.where ?? {})) {
    if (!/^[A-Za-z]+$/.test(member)) throw new TypeError(`no such member: ${member}`);
    parts.push(`json_extract(doc, '$.${member}') = ?`);
    params.push(value);
  }
  if (query.idPrefix !== undefined) {
    parts.push('id >= ? AND id < ?');
    params.push(query.idPrefix, afterPrefix(query.idPrefix));
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, params };
}

/** The smallest text that sorts after everything that starts with `prefix`. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function known(table: string): TableName {
  const name = TABLE_NAMES.find((item) => item === table);
  if (name === undefined) throw new TypeError(`no such table: ${table}`);
  return name;
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value)) throw new TypeError('not an integer');
  return value;
}
