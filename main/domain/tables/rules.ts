import { z } from 'zod';
import { DomainError } from '../errors/index.ts';
import type { Cell, Row } from './table-port.ts';

const Column = z.string().min(1).max(200);
const Columns = z.array(Column).max(2000);
const Value = z.string().max(10_000);

/** What `data minimise` reads: `rules.json`. Unknown members are refused by name. */
export const MinimiseRules = z.strictObject({
  /** What stays, in this order; everything else goes. */
  keep: Columns.min(1),
  mask: Columns.optional(),
  pseudonymise: Columns.optional(),
  where: z
    .union([
      z.strictObject({ column: Column, equals: Value }),
      z.strictObject({ column: Column, in: z.array(Value).max(100_000) }),
      z.strictObject({ column: Column, notIn: z.array(Value).max(100_000) }),
    ])
    .optional(),
});
export type MinimiseRules = z.infer<typeof MinimiseRules>;

/** What stands in place of a masked value; what was empty stays empty. */
export const MASK = '***';

/** Rules, made ready for many rows. */
export interface Minimiser {
  /** What has to be read: what stays, and last what rows are chosen by, if that goes. */
  readonly reads: readonly string[];
  /** What comes out. */
  readonly columns: readonly string[];
  /** The row that comes out, from one of `reads`; undefined when it goes. */
  row(given: Row): Row | undefined;
}

/**
 * @param pseudonym what stands for a value: always the same for the same
 * @throws DomainError `rules-refused` with the column
 */
export function minimiser(
  rules: MinimiseRules,
  columns: readonly string[],
  pseudonym: (value: string) => string,
): Minimiser {
  const { keep, mask = [], pseudonymise = [], where } = rules;
  const problem = (column: string, why: string) =>
    new DomainError('rules-refused', { column, problem: why });
  for (const [index, column] of keep.entries()) {
    if (!columns.includes(column)) throw problem(column, 'is no column of the table');
    if (keep.indexOf(column) !== index) throw problem(column, 'is kept twice');
  }
  for (const column of [...mask, ...pseudonymise])
    if (!keep.includes(column)) throw problem(column, 'is not among the columns that stay');
  for (const column of mask)
    if (pseudonymise.includes(column)) throw problem(column, 'is masked and pseudonymised');
  if (where !== undefined && !columns.includes(where.column))
    throw problem(where.column, 'is no column of the table');
  const reads = where === undefined || keep.includes(where.column) ? keep : [...keep, where.column];
  const chosenBy = where === undefined ? -1 : reads.indexOf(where.column);
  const stays = condition(where);
  const change = keep.map((column) =>
    mask.includes(column)
      ? (value: Cell) => (isEmpty(value) ? value : MASK)
      : pseudonymise.includes(column)
        ? (value: Cell) => (isEmpty(value) ? value : pseudonym(textOf(value)))
        : undefined,
  );
  return {
    reads,
    columns: keep,
    row: (given) => {
      if (!stays(given[chosenBy])) return undefined;
      return keep.map((_, index) => {
        const value = given[index];
        return change[index]?.(value) ?? value;
      });
    },
  };
}

function condition(where: MinimiseRules['where']): (value: Cell) => boolean {
  if (where === undefined) return () => true;
  if ('equals' in where) return (value) => textOf(value) === where.equals;
  if ('in' in where) {
    const wanted = new Set(where.in);
    return (value) => wanted.has(textOf(value));
  }
  const unwanted = new Set(where.notIn);
  return (value) => !unwanted.has(textOf(value));
}

const isEmpty = (value: Cell) => value === undefined || value === null || value === '';

/** A value as rules compare it: what is no text as JSON writes it, what is not there as nothing. */
export function textOf(value: Cell): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
