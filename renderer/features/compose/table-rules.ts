import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf } from '../../../preload/contract/kinds.ts';

export type Rules = InputOf<Contract['tables']['preview']>['rules'];

export const FATES = ['keep', 'mask', 'pseudonymise', 'drop'] as const;
/** What becomes of a column. */
export type Fate = (typeof FATES)[number];

export const CONDITIONS = ['equals', 'in', 'notIn'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** What a person chose in the form. */
export interface Chosen {
  readonly fates: Readonly<Record<string, Fate>>;
  /** Rows are chosen by this column; null: all of them. */
  readonly column: string | null;
  readonly condition: Condition;
  readonly values: string;
}

export const fateOf = ({ fates }: Chosen, column: string): Fate => fates[column] ?? 'keep';

/** The rules that the form stands for; undefined when nothing would stay, or nothing would change. */
export function rulesOf(columns: readonly string[], chosen: Chosen): Rules | undefined {
  const having = (fate: Fate) => columns.filter((name) => fateOf(chosen, name) === fate);
  const keep = columns.filter((name) => fateOf(chosen, name) !== 'drop');
  const mask = having('mask');
  const pseudonymise = having('pseudonymise');
  const where = whereOf(chosen);
  const isSame = keep.length === columns.length && mask.length + pseudonymise.length === 0;
  if (keep.length === 0 || (isSame && where === undefined)) return undefined;
  return {
    keep,
    ...(mask.length === 0 ? {} : { mask }),
    ...(pseudonymise.length === 0 ? {} : { pseudonymise }),
    ...(where === undefined ? {} : { where }),
  };
}

function whereOf({ column, condition, values }: Chosen): Rules['where'] {
  if (column === null) return undefined;
  if (condition === 'equals') return { column, equals: values };
  const several = values
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return condition === 'in' ? { column, in: several } : { column, notIn: several };
}
