import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf } from '../../../preload/contract/kinds.ts';
import { TYPES_OF } from './act-groups.ts';
import { NARROWED, type Filter, type Narrowed } from './types.ts';

export type Query = NonNullable<InputOf<Contract['ledger']['count']>['filter']>;

/** What the office is asked for. Days are the reader's own: from their midnight to the next. */
export function queryOf({ text, acts, type, from, to, ...exact }: Filter): Query {
  const types = type === undefined ? TYPES_OF[acts] : [type];
  const words = text.trim();
  const given = Object.entries(exact).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Query),
    ...(types.length === 0 ? {} : { types: [...types] }),
    ...(words === '' ? {} : { text: words }),
    ...(from === undefined ? {} : { since: momentOf(midnight(from)) }),
    ...(to === undefined ? {} : { until: momentOf(midnight(to, 1) - 1000) }),
  };
}

/** What a filter narrows the list to, besides the words. */
export function narrowedOf(filter: Filter): readonly Narrowed[] {
  return NARROWED.filter((name) => filter[name] !== undefined && filter[name] !== 'all');
}

/** The filter without one of its members. */
export function without(filter: Filter, name: Narrowed): Filter {
  return { ...filter, [name]: name === 'acts' ? 'all' : undefined };
}

export function isBackwards({ from, to }: Filter): boolean {
  return from !== undefined && to !== undefined && to < from;
}

/** The first moment of a calendar day, where the reader is; or of a day after it. */
export function midnight(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

/** As the office writes moments. */
export function momentOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
