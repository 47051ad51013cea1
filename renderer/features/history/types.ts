import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';

export type Row = ValueOf<Contract['ledger']['page']>['rows'][number];
export type EntryView = ValueOf<Contract['ledger']['entry']>;

/** What the person looks for. */
export interface Filter {
  readonly text: string;
  readonly acts: ActGroup;
  readonly package: string | undefined;
}

export const ACT_GROUPS = ['all', 'packages', 'receipts', 'contacts', 'vault', 'trouble'] as const;
export type ActGroup = (typeof ACT_GROUPS)[number];
