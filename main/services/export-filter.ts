import { DomainError } from '../domain/errors/index.ts';
import { Uuid } from '../domain/identifiers.ts';
import type { BundleFilters } from '../domain/ledger/bundle.ts';
import { caseNamed } from '../domain/ledger/case-named.ts';
import type { LedgerStore } from '../domain/ledger/ledger-store.ts';
import { firstMoment, Instant, lastMoment } from '../domain/time.ts';

/** What of the ledger goes into a bundle, as people ask for it. */
export interface ExportFilter {
  /** A case by reference or id. */
  readonly case?: string | undefined;
  readonly package?: string | undefined;
  /** A day or a moment, inclusive. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Leaves out texts, receipts, approvals and recorded documents. */
  readonly redacted?: boolean | undefined;
}

/**
 * The same as a bundle says it.
 * @throws DomainError `input-refused` for what is no time, `case-unknown`, `package-unknown`
 */
export function filtersOf(
  store: Pick<LedgerStore, 'query' | 'opening'>,
  filter: ExportFilter,
): BundleFilters {
  const { case: ofCase, package: ofPackage, since, until, redacted = false } = filter;
  return {
    ...(ofCase === undefined ? {} : { case: caseNamed(store, ofCase) }),
    ...(ofPackage === undefined ? {} : { package: idOf(ofPackage) }),
    ...(since === undefined ? {} : { since: momentOf(firstMoment(since), '--since') }),
    ...(until === undefined ? {} : { until: momentOf(lastMoment(until), '--until') }),
    redacted,
  };
}

function idOf(given: string): Uuid {
  if (Uuid.safeParse(given).success) return given;
  throw new DomainError('package-unknown', { id: given });
}

function momentOf(given: string, where: string): Instant {
  if (Instant.safeParse(given).success) return given;
  const problem = 'it is neither a day (2026-05-03) nor a moment (2026-05-03T12:00:00Z)';
  throw new DomainError('input-refused', { what: 'export', where, problem });
}
