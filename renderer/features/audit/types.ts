import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf, ValueOf } from '../../../preload/contract/kinds.ts';

export type Asked = InputOf<Contract['audit']['sample']>;
export type SampleItem = ValueOf<Contract['audit']['sample']>['items'][number];
export type Finding = ValueOf<Contract['audit']['notes']>[number];
