import { parseCheckpoint } from '../domain/ledger/checkpoint.ts';
import type { EntryType } from '../domain/ledger/entry-types.ts';
import type { Desk } from './desk.ts';
import { History, type HistoryRow } from './history.ts';

export interface LedgerFilter {
  readonly package?: string | undefined;
  readonly type?: EntryType | undefined;
  /** A day or a moment. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly text?: string | undefined;
  readonly limit?: number | undefined;
}

/** The record of every act: shown, verified, exported. */
export class Ledger {
  readonly history: History;
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
    this.history = new History(desk);
  }

  /** Where the ledger stands. */
  position(): { size: number; origin: string; root: string; head: string } {
    const last = this.desk.session.ledger.lastCheckpoint();
    if (!last) return { size: 0, origin: '', root: '', head: '' };
    const { size, origin, root, head } = parseCheckpoint(last.body);
    return { size, origin, root, head };
  }

  /** The newest entries that the filter finds, oldest first. */
  show(filter: LedgerFilter): HistoryRow[] {
    return this.history
      .rows({
        ...(filter.package === undefined ? {} : { package: filter.package }),
        ...(filter.type === undefined ? {} : { types: [filter.type] }),
        ...(filter.since === undefined ? {} : { since: startOf(filter.since) }),
        ...(filter.until === undefined ? {} : { until: endOf(filter.until) }),
        ...(filter.text === undefined ? {} : { text: filter.text }),
        ...(filter.limit === undefined ? {} : { limit: filter.limit }),
        order: 'descending',
      })
      .reverse();
  }
}

function startOf(given: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00:00Z` : given;
}

function endOf(given: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T23:59:59Z` : given;
}
