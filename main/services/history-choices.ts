import type { z } from 'zod';
import { Country, Fingerprint } from '../domain/identifiers.ts';
import type { EntryType } from '../domain/ledger/entry-types.ts';
import type { LedgerQuery, LedgerStore } from '../domain/ledger/ledger-store.ts';
import { TAGS } from '../domain/ledger/words.ts';
import type { HistoryRow } from './history-row.ts';

/** Somebody by key. */
export interface NamedKey {
  readonly fingerprint: string;
  readonly name?: string;
}

/** What the entries of a ledger name. */
export interface HistoryChoices {
  readonly types: readonly string[];
  readonly actors: readonly NamedKey[];
  readonly contacts: readonly NamedKey[];
  /** The newest of each. */
  readonly cases: readonly NonNullable<HistoryRow['case']>[];
  readonly packages: readonly NonNullable<HistoryRow['package']>[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly outcomes: readonly string[];
}

/** More than this is found by typing, not by choosing. */
const MOST = 200;

/** Of a package there is one of these, at least. */
const PACKAGE_BEGINS: readonly EntryType[] = ['draft-made', 'arrived'];

/**
 * What can be chosen to filter by. It is read from the index, and from the newest entries that
 * begin a case or a package: a long ledger is not gone through.
 */
export function choicesOf(
  ledger: LedgerStore,
  history: { rows(query: LedgerQuery): HistoryRow[] },
  nameOf: (fingerprint: string) => string | undefined,
): HistoryChoices {
  const people = (tag: typeof TAGS.actor | typeof TAGS.contact) =>
    upper(ledger.named(tag, MOST), Fingerprint).map((fingerprint): NamedKey => {
      const name = nameOf(fingerprint);
      return { fingerprint, ...(name === undefined ? {} : { name }) };
    });
  const begun = (types: readonly EntryType[]) => history.rows({ types, limit: MOST });
  return {
    types: ledger.named(TAGS.type, MOST),
    actors: people(TAGS.actor),
    contacts: people(TAGS.contact),
    cases: once(begun(['case-opened']).flatMap((row) => row.case ?? [])),
    packages: once(begun(PACKAGE_BEGINS).flatMap((row) => row.package ?? [])),
    countries: upper(ledger.named(TAGS.country, MOST), Country),
    outcomes: ledger.named(TAGS.outcome, MOST),
  };
}

/** As the entries have it. What somebody put into the index by hand is none of them. */
function upper(words: readonly string[], kind: z.ZodType<string>): string[] {
  return words.flatMap((word) => kind.safeParse(word.toUpperCase()).data ?? []);
}

function once<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
