import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Picked } from '../../store/pick.ts';
import type { Act } from '../../store/use-act.ts';

export type InboxItem = ValueOf<Contract['inbox']['list']>[number];
export type TakenFile = ValueOf<Contract['inbox']['take']>['files'][number];
export type Exchanged = ValueOf<Contract['exchange']['run']>;
export type Channel = ValueOf<Contract['exchange']['channels']>[number];

export type AskedRelease = ValueOf<Contract['approvals']['look']>;

/** A request to agree that was opened, with the file that it is in. */
export interface Request {
  readonly file: Picked<'request'>;
  readonly asked: AskedRelease;
}

export type FetchAct = Act<undefined, Exchanged>;
