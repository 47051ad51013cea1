import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '@signalapp/sqlcipher';
import { VAULT_MIGRATIONS } from '../../../../main/adapters/sqlcipher/migrations/vault.ts';
import { applyEffects, SqlRecords } from '../../../../main/adapters/sqlcipher/records.ts';
import type { CaseRecord } from '../../../../main/domain/cases/case.ts';
import type { Effect } from '../../../../main/domain/vault/records.ts';

let database: Database;
let records: SqlRecords;

beforeEach(() => {
  database = new Database(':memory:');
  for (const { up } of VAULT_MIGRATIONS)
    if (typeof up === 'string') database.exec(up);
    else up(database);
  records = new SqlRecords(database);
});
afterEach(() => {
  database.close();
});

const aCase = (id: string, state: CaseRecord['state']): CaseRecord => ({
  id,
  state,
  reference: `JIT/${id}`,
  title: 'Opération "Baobab"',
  counterpart: ['SN'],
  openedAt: '2026-05-03T12:00:00Z',
});
const put = (...cases: CaseRecord[]) => {
  applyEffects(
    database,
    cases.map((doc): Effect => ({ put: 'cases', id: doc.id, doc })),
  );
};

describe('a row', () => {
  test('is put, read and put again', () => {
    expect(records.get('cases', '1')).toBeUndefined();
    put(aCase('1', 'open'));
    expect(records.get('cases', '1')).toEqual(aCase('1', 'open'));
    put(aCase('1', 'closed'));
    expect(records.get('cases', '1')?.state).toBe('closed');
    expect(records.count('cases')).toBe(1);
  });

  test('is dropped by its id, or with all that begin so', () => {
    put(aCase('1', 'open'), aCase('12', 'open'), aCase('2', 'open'));
    applyEffects(database, [{ drop: 'cases', id: '1' }]);
    expect(records.list('cases').map(({ id }) => id)).toEqual(['12', '2']);
    put(aCase('1/é', 'open'), aCase('1', 'open'));
    applyEffects(database, [{ drop: 'cases', prefix: '1' }]);
    expect(records.list('cases').map(({ id }) => id)).toEqual(['2']);
    applyEffects(database, [{ drop: 'cases', id: 'absent' }]);
  });
});

describe('a list', () => {
  beforeEach(() => {
    put(aCase('a1', 'open'), aCase('a2', 'closed'), aCase('b1', 'open'));
  });
  const ids = (query: Parameters<SqlRecords['list']>[1]) =>
    records.list('cases', query).map((row) => row.id);

  test('is ordered, filtered and cut', () => {
    expect(ids({})).toEqual(['a1', 'a2', 'b1']);
    expect(ids({ order: 'descending' })).toEqual(['b1', 'a2', 'a1']);
    expect(ids({ where: { state: 'open' } })).toEqual(['a1', 'b1']);
    expect(ids({ where: { state: 'open', reference: 'JIT/b1' } })).toEqual(['b1']);
    expect(ids({ idPrefix: 'a' })).toEqual(['a1', 'a2']);
    expect(ids({ limit: 1, offset: 1 })).toEqual(['a2']);
    expect(records.count('cases', { where: { state: 'open' }, idPrefix: 'a' })).toBe(1);
  });

  test('uses the index of a member that has one', () => {
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT doc FROM cases WHERE json_extract(doc, '$.reference') = ?`,
      )
      .all<{ detail: string }>(['x']);
    expect(plan.map(({ detail }) => detail).join()).toContain('cases_reference');
  });

  test('takes no SQL for a name', () => {
    expect(() => ids({ where: { "state') = 1 --": 'open' } })).toThrow(TypeError);
    expect(() => records.get('cases; DROP TABLE cases' as 'cases', '1')).toThrow(TypeError);
    expect(() => ids({ limit: Number.NaN })).toThrow(TypeError);
  });
});
