import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

export type PackageView = ValueOf<Contract['packages']['show']>;
export type PackageItem = ValueOf<Contract['packages']['list']>[number];
export type PackageState = PackageItem['state'];
export type Arrival = NonNullable<PackageView['arrival']>;
export type Recipient = PackageView['recipients'][number];
export type ReceiptView = PackageView['receipts'][number];
export type Manifest = NonNullable<PackageView['manifest']>;
export type PackageFile = Manifest['files'][number];
export type Contact = ValueOf<Contract['contacts']['show']>;
export type CaseView = ValueOf<Contract['cases']['show']>;
export type Channel = ValueOf<Contract['exchange']['channels']>[number];
export type LedgerRow = ValueOf<Contract['ledger']['page']>['rows'][number];
export type Vocabulary = ValueOf<Contract['vocabularies']['all']>[number];
