import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf, ValueOf } from '../../../preload/contract/kinds.ts';

export type Report = ValueOf<Contract['reports']['indicators']>;
export type Indicators = Report['indicators'];
export type Asked = InputOf<Contract['reports']['indicators']>;
export type DisclosureRow = ValueOf<Contract['reports']['disclosures']>['rows'][number];

/** A number, or the sign that it is hidden. */
export type Shown = number | '<5';
export interface Share {
  readonly of: Shown;
  readonly among: Shown;
}
export interface Spread {
  readonly count: Shown;
  readonly median?: Shown | undefined;
  readonly p90?: Shown | undefined;
}
