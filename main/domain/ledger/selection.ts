import { DomainError } from '../errors/index.ts';
import type { Uuid } from '../identifiers.ts';
import { nextTurn } from '../next-turn.ts';
import type { Work } from '../ports.ts';
import { KEYS_TYPES } from './authority.ts';
import type { BundleFilters } from './bundle.ts';
import type { EntryRow, LedgerQuery, LedgerStore } from './ledger-store.ts';

const PAGE = 1024;

/** A set of entries as one bit each: a million take 125 kB. */
export class Selection {
  readonly #bits: Uint8Array;
  readonly size: number;
  #count = 0;

  /** @param size of the ledger: entries from there on are never in it */
  constructor(size: number) {
    this.size = size;
    this.#bits = new Uint8Array(Math.ceil(size / 8));
  }

  /** How many entries are in it. */
  get count(): number {
    return this.#count;
  }

  add(seq: number): void {
    if (!(seq >= 0 && seq < this.size) || this.has(seq)) return;
    const at = Math.floor(seq / 8);
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (seq % 8));
    this.#count += 1;
  }

  /** Whether any entry from `from` to before `to` is in it. */
  hasAny(from: number, to: number): boolean {
    for (let seq = from; seq < to; seq += 1) if (this.has(seq)) return true;
    return false;
  }

  has(seq: number): boolean {
    return ((this.#bits[Math.floor(seq / 8)] ?? 0) & (1 << (seq % 8))) !== 0;
  }
}

export interface Selected {
  /** What was asked for, with all that proves who could make it. */
  readonly entries: Selection;
  /** How many entries were asked for. */
  readonly matched: number;
}

/** Whether anything but a whole ledger was asked for. */
export function isFiltered(filters: BundleFilters): boolean {
  const { case: ofCase, package: ofPackage, since, until } = filters;
  return [ofCase, ofPackage, since, until].some((filter) => filter !== undefined);
}

/**
 * The entries that a part of a ledger has to hold: those that the filters ask for, genesis and
 * every keys entry, and the last one, whose actor signs the checkpoint. An entry is of a case when
 * it says so, and when it is about a package that belongs to the case.
 * @throws DomainError `case-unknown`, `package-unknown` when no entry names it; `cancelled`
 */
export async function selectEntries(
  store: Pick<LedgerStore, 'query'>,
  size: number,
  filters: BundleFilters,
  work: Work = {},
): Promise<Selected> {
  const entries = new Selection(size);
  const { since, until } = filters;
  const times = {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
  for (const query of await queriesOf(store, filters, work))
    for await (const row of rowsOf(store, { ...query, ...times }, work)) entries.add(row.seq);
  const matched = entries.count;
  const types = ['genesis', ...KEYS_TYPES] as const;
  for await (const row of rowsOf(store, { types }, work)) entries.add(row.seq);
  entries.add(0);
  entries.add(size - 1);
  return { entries, matched };
}

/** What to ask the store for, so that it finds all entries of a case and its packages. */
async function queriesOf(
  store: Pick<LedgerStore, 'query'>,
  filters: BundleFilters,
  work: Work,
): Promise<LedgerQuery[]> {
  const { case: ofCase, package: ofPackage } = filters;
  if (ofPackage !== undefined && store.query({ package: ofPackage, limit: 1 }).length === 0)
    throw new DomainError('package-unknown', { id: ofPackage });
  if (ofCase === undefined) return [ofPackage === undefined ? {} : { package: ofPackage }];
  if (store.query({ case: ofCase, limit: 1 }).length === 0)
    throw new DomainError('case-unknown', { reference: ofCase });
  const packages = new Set<Uuid>();
  for await (const row of rowsOf(store, { case: ofCase }, work))
    if (row.package !== undefined) packages.add(row.package);
  if (ofPackage !== undefined) return packages.has(ofPackage) ? [{ package: ofPackage }] : [];
  return [{ case: ofCase }, ...[...packages].map((id) => ({ package: id }))];
}

/** Rows a page at a time; others have their turn in between. */
async function* rowsOf(
  store: Pick<LedgerStore, 'query'>,
  query: LedgerQuery,
  { signal }: Work,
): AsyncGenerator<EntryRow, void, void> {
  for (let after: number | undefined; ;) {
    if (signal?.aborted === true) throw new DomainError('cancelled');
    const page = store.query({
      ...query,
      order: 'ascending',
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    yield* page;
    after = page.at(-1)?.seq;
    if (page.length < PAGE) return;
    await nextTurn();
  }
}
