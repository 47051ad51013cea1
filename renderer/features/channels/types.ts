import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

export type Channel = ValueOf<Contract['exchange']['channels']>[number];
export type PolicyInForce = NonNullable<ValueOf<Contract['exchange']['policy']>['policy']>;
export type Outgoing = ValueOf<Contract['exchange']['queue']>[number];
