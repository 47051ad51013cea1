import type { InputOf, ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';

export type Row = ValueOf<Contract['ledger']['page']>['rows'][number];
export type EntryView = ValueOf<Contract['ledger']['entry']>;
export type SavedFilter = InputOf<Contract['ledger']['saveView']>['filter'];
export type Choices = ValueOf<Contract['ledger']['choices']>;

export const ACT_GROUPS = ['all', 'packages', 'receipts', 'contacts', 'vault', 'trouble'] as const;
export type ActGroup = (typeof ACT_GROUPS)[number];

/** What the person looks for. */
export interface Filter {
  readonly text: string;
  readonly acts: ActGroup;
  /** One type of entry; narrower than the group, which it takes the place of. */
  readonly type?: string | undefined;
  /** Calendar days of the reader, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly actor?: string | undefined;
  readonly contact?: string | undefined;
  readonly case?: string | undefined;
  readonly package?: string | undefined;
  readonly country?: string | undefined;
  readonly outcome?: string | undefined;
}

/** The members that are shown as tags, in the order in which they stand. */
export const NARROWED = [
  'from',
  'to',
  'acts',
  'type',
  'actor',
  'contact',
  'case',
  'package',
  'country',
  'outcome',
] as const satisfies readonly (keyof Filter)[];
export type Narrowed = (typeof NARROWED)[number];

export const EVERYTHING: Filter = { text: '', acts: 'all' };
