import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Act } from '../../store/use-act.ts';

export type InboxItem = ValueOf<Contract['inbox']['list']>[number];
export type TakenFile = ValueOf<Contract['inbox']['take']>['files'][number];
export type Exchanged = ValueOf<Contract['exchange']['run']>;
export type Channel = ValueOf<Contract['exchange']['channels']>[number];

export type FetchAct = Act<undefined, Exchanged>;
