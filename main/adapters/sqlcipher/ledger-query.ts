import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import { searchWords, type SearchWord } from '../../domain/ledger/search.ts';
import { TAGS, tagged, type Tag } from '../../domain/ledger/words.ts';

/** Consecutive entries: from `from` to before `to`. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** The words of the index that begin so, when they are not too many to name one by one. */
export type Expand = (prefix: string) => readonly string[] | undefined;

/** The FTS5 expression for a query, without its times; undefined when any entry fits. */
export function matchExpression(
  query: LedgerQuery,
  expand: Expand = () => undefined,
): string | undefined {
  const exact: readonly (readonly [Tag, string | undefined])[] = [
    [TAGS.package, query.package],
    [TAGS.case, query.case],
    [TAGS.contact, query.contact],
    [TAGS.actor, query.actor],
    [TAGS.outcome, query.outcome],
    [TAGS.country, query.country],
  ];
  const parts = exact.flatMap(([tag, value]) =>
    value === undefined ? [] : [quoted(tagged(tag, value))],
  );
  if (query.types !== undefined && query.types.length > 0)
    parts.push(anyOf(query.types.map((type) => quoted(tagged(TAGS.type, type)))));
  if (query.text !== undefined)
    parts.push(...searchWords(query.text).map((group) => anyOf(named(group, expand))));
  return parts.length === 0 ? undefined : parts.join(' AND ');
}

/**
 * The entries whose time lies between two moments, as few ranges. Times never fall from one entry
 * to the next, except where a `clock-went-back` says so: between those, look by halves.
 * @param setBacks seqs of the `clock-went-back` entries, ascending
 */
export function rangesBetween(
  query: Pick<LedgerQuery, 'since' | 'until'>,
  size: number,
  setBacks: readonly number[],
  atOf: (seq: number) => string,
): SeqRange[] {
  const { since, until } = query;
  if (since === undefined && until === undefined) return [{ from: 0, to: size }];
  const starts = [0, ...setBacks.filter((seq) => seq > 0)];
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? size;
    const from = since === undefined ? start : firstWhere(start, end, (seq) => atOf(seq) >= since);
    const to = until === undefined ? end : firstWhere(from, end, (seq) => atOf(seq) > until);
    return from < to ? [{ from, to }] : [];
  });
}

/** The ranges that are left when a list goes on after a seq, in the order in which it goes. */
export function rangesAfter(ranges: readonly SeqRange[], query: LedgerQuery): SeqRange[] {
  const { after } = query;
  if (query.order === 'ascending')
    return ranges
      .map(({ from, to }) => ({ from: after === undefined ? from : Math.max(from, after + 1), to }))
      .filter(({ from, to }) => from < to);
  return ranges
    .map(({ from, to }) => ({ from, to: after === undefined ? to : Math.min(to, after) }))
    .filter(({ from, to }) => from < to)
    .reverse();
}

function firstWhere(from: number, to: number, is: (seq: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Words of a group, each in full: FTS5 merges all that a prefix stands for before it gives the
 * first row, but finds the newest rows of many words at once.
 */
function named(group: readonly SearchWord[], expand: Expand): string[] {
  return group.flatMap(({ word, prefix }) => {
    if (!prefix) return [quoted(word)];
    return expand(word)?.map(quoted) ?? [`${quoted(word)} *`];
  });
}

/** At least one of them; none at all is a word that no entry has. */
function anyOf(words: readonly string[]): string {
  return words.length === 0 ? quoted('=') : `(${[...new Set(words)].join(' OR ')})`;
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}
