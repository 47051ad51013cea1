import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

export type Bundle = ValueOf<Contract['bundles']['open']>;
export type Totals = ValueOf<Contract['bundles']['compare']>['totals'];
export type Pair = ValueOf<Contract['bundles']['pairs']>['pairs'][number];
export type Side = NonNullable<Pair['a']>;
export type PairState = Pair['state'];

export const PAIR_STATES = [
  'differs',
  'only-in-a',
  'only-in-b',
  'pending',
  'equal',
] as const satisfies readonly PairState[];
