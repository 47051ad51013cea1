import type { Digest } from '../identifiers.ts';
import type { Opening } from '../vault/journal.ts';
import type { LedgerAudit } from './ledger-store.ts';

const PAGE = 1024;

/**
 * Openings were stored with the entries that commit to them, so one pass over them keeps up with
 * the pass over the entries; one that is not there in time is looked up by its digest.
 */
export class OpeningWindow {
  readonly #store: LedgerAudit;
  #pages: Map<Digest, Opening>[] = [];
  #row = 0;

  constructor(store: LedgerAudit) {
    this.#store = store;
  }

  find(digest: Digest): Opening | undefined {
    return this.#inPages(digest) ?? this.#inNextPage(digest) ?? this.#store.opening(digest);
  }

  #inPages(digest: Digest): Opening | undefined {
    for (const page of this.#pages) {
      const found = page.get(digest);
      if (found) return found;
    }
    return undefined;
  }

  #inNextPage(digest: Digest): Opening | undefined {
    const rows = this.#store.openingsFrom(this.#row, PAGE);
    const page = new Map(rows.map(({ opening }) => [opening.digest, opening]));
    this.#row = rows.at(-1)?.row ?? this.#row;
    this.#pages = [page, ...this.#pages].slice(0, 2);
    return page.get(digest);
  }
}
