import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../../main/domain/errors/index.ts';
import { MASK, minimiser, MinimiseRules } from '../../../../main/domain/tables/rules.ts';

const COLUMNS = ['id', 'name', 'email', 'country'];
const pseudonym = (value: string) => `p(${value})`;
const run = (rules: MinimiseRules, rows: readonly (readonly unknown[])[]) => {
  const ready = minimiser(rules, COLUMNS, pseudonym);
  const places = ready.reads.map((column) => COLUMNS.indexOf(column));
  return rows.map((row) => ready.row(places.map((place) => row[place])));
};

describe('rules of minimisation', () => {
  it('keep columns in their order, mask, and pseudonymise; what is empty stays empty', () => {
    const rules = { keep: ['email', 'id', 'name'], mask: ['name'], pseudonymise: ['email'] };
    expect(run(rules, [['1', 'Awa', 'a@x.example', 'SN']])).toEqual([
      ['p(a@x.example)', '1', MASK],
    ]);
    expect(run(rules, [['1', '', '', 'SN']])).toEqual([['', '1', '']]);
    expect(run(rules, [[1, null, undefined, 'SN']])).toEqual([[undefined, 1, null]]);
  });

  it('choose rows by a column that goes', () => {
    const rows = [
      ['1', 'Awa', '', 'SN'],
      ['2', 'Bo', '', 'FR'],
      ['3', 'Cy', '', ''],
    ];
    const ids = (where: MinimiseRules['where']) =>
      run({ keep: ['id'], where }, rows).flatMap((row) => (row === undefined ? [] : row));
    expect(ids({ column: 'country', equals: 'FR' })).toEqual(['2']);
    expect(ids({ column: 'country', in: ['SN', 'FR'] })).toEqual(['1', '2']);
    expect(ids({ column: 'country', notIn: ['SN', 'FR'] })).toEqual(['3']);
    expect(ids({ column: 'country', equals: '' })).toEqual(['3']);
    expect(ids(undefined)).toEqual(['1', '2', '3']);
  });

  it('compare what is no text as JSON writes it', () => {
    const rules = { keep: ['id'], where: { column: 'id', in: ['1', 'true', '{"a":1}'] } };
    expect(run(rules, [[1], [true], [{ a: 1 }], ['2'], [2]])).toEqual([
      [1],
      [true],
      [{ a: 1 }],
      undefined,
      undefined,
    ]);
  });

  it.each([
    [{ keep: ['nobody'] }, 'nobody', 'is no column of the table'],
    [{ keep: ['id', 'id'] }, 'id', 'is kept twice'],
    [{ keep: ['id'], mask: ['name'] }, 'name', 'is not among the columns that stay'],
    [{ keep: ['id'], pseudonymise: ['name'] }, 'name', 'is not among the columns that stay'],
    [{ keep: ['id'], mask: ['id'], pseudonymise: ['id'] }, 'id', 'is masked and pseudonymised'],
    [{ keep: ['id'], where: { column: 'x', equals: '' } }, 'x', 'is no column of the table'],
  ])('refuse %j', (rules, column, problem) => {
    expect(() => minimiser(rules, COLUMNS, pseudonym)).toThrow(
      new DomainError('rules-refused', { column, problem }),
    );
  });

  it.each([
    {},
    { keep: [] },
    { keep: 'id' },
    { keep: ['id'], drop: [] },
    { keep: ['id'], where: { column: 'id' } },
    { keep: ['id'], where: { column: 'id', equals: 'a', in: [] } },
    { keep: [''] },
  ])('are read strictly: %j', (given) => {
    expect(MinimiseRules.safeParse(given).success).toBe(false);
  });
});
