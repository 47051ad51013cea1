import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import type { HistoryRow } from '../../services/history-row.ts';
import type { OpenOffice } from '../../services/office.ts';

/**
 * Pages of the ledger by their place in what a filter finds. A page knows where the next one
 * begins, so that scrolling does not count from the top again; a jump counts from the nearest
 * page that is known. What is known holds for one filter at one size of the ledger.
 */
export class LedgerPages {
  private of = '';
  /** How many rows were passed over, and the entry that came last among them. */
  private readonly known = new Map<number, number>();

  rows(open: OpenOffice, query: LedgerQuery, skip: number, limit: number): HistoryRow[] {
    const size = open.session.ledger.size();
    this.keep(JSON.stringify([open.session.vaultId, size, query]));
    const after = skip === 0 ? query.after : this.entryBefore(open, query, skip, size);
    if (after === 'beyond') return [];
    const found = open.ledger.history.rows({
      ...query,
      ...(after === undefined ? {} : { after }),
      limit,
    });
    const last = found.at(-1);
    if (last) this.known.set(skip + found.length, last.seq);
    return found;
  }

  private keep(of: string): void {
    if (of === this.of) return;
    this.of = of;
    this.known.clear();
  }

  /** The entry after which the page begins. */
  private entryBefore(
    open: OpenOffice,
    query: LedgerQuery,
    skip: number,
    size: number,
  ): number | 'beyond' {
    const { order = 'descending', ...filter } = query;
    // Without a filter the place is the number of the entry itself.
    if (Object.keys(filter).length === 0) return order === 'ascending' ? skip - 1 : size - skip;
    const nearest = Math.max(0, ...[...this.known.keys()].filter((place) => place <= skip));
    const from = this.known.get(nearest) ?? query.after;
    if (nearest === skip && from !== undefined) return from;
    const seq = open.session.ledger.seqAt(
      { ...query, ...(from === undefined ? {} : { after: from }) },
      skip - nearest - 1,
    );
    if (seq === undefined) return 'beyond';
    this.known.set(skip, seq);
    return seq;
  }
}
