import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf } from '../../../preload/contract/kinds.ts';
import { midnight, momentOf } from './filter.ts';

export const SCOPES = ['whole', 'case', 'package', 'days'] as const;
export type Scope = (typeof SCOPES)[number];

/** What somebody wants to give away of the ledger. */
export interface Wanted {
  readonly scope: Scope;
  readonly case?: string | undefined;
  readonly package?: string | undefined;
  /** Calendar days of the reader, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly isRedacted: boolean;
}

type ExportFilter = NonNullable<InputOf<Contract['ledger']['export']>['filter']>;

/** The same as the office is asked for it: of what was filled in, only what the scope needs. */
export function exportFilterOf({ scope, isRedacted, from, to, ...of }: Wanted): ExportFilter {
  return {
    ...(scope === 'case' && of.case !== undefined ? { case: of.case } : {}),
    ...(scope === 'package' && of.package !== undefined ? { package: of.package } : {}),
    ...(scope === 'days' && from !== undefined ? { since: momentOf(midnight(from)) } : {}),
    ...(scope === 'days' && to !== undefined ? { until: momentOf(midnight(to, 1) - 1000) } : {}),
    ...(isRedacted ? { redacted: true } : {}),
  };
}

/** What has to be chosen first. */
export function missingOf(wanted: Wanted): 'case' | 'package' | 'days' | 'backwards' | undefined {
  const { scope, from, to } = wanted;
  if (scope === 'whole') return undefined;
  if (scope !== 'days') return wanted[scope] === undefined ? scope : undefined;
  if (from === undefined && to === undefined) return 'days';
  return from !== undefined && to !== undefined && to < from ? 'backwards' : undefined;
}
