import type { LedgerQuery, LedgerStore } from '../domain/ledger/ledger-store.ts';
import { instant } from '../domain/time.ts';

/**
 * For each moment, how many of the entries that a query finds are older. Without a filter each is
 * found by halves; with one, the index is gone through once, a stretch at a time.
 * @param moments ascending, whole seconds
 */
export function olderThan(
  ledger: Pick<LedgerStore, 'count'>,
  query: LedgerQuery,
  moments: readonly string[],
): number[] {
  let older = 0;
  return moments.map((moment, index) => {
    const until = earlier(query.until, secondBefore(moment));
    const since = later(query.since, moments[index - 1]);
    older += ledger.count({ ...query, ...(since === undefined ? {} : { since }), until });
    return older;
  });
}

/** Both are written the same way, so that their order is that of their letters. */
function earlier(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function secondBefore(moment: string): string {
  return instant(new Date(Date.parse(moment) - 1000));
}
