import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import { searchWords, type SearchWord } from '../../domain/ledger/search.ts';
import { TAGS, tagged, type Tag } from '../../domain/ledger/words.ts';

/** Consecutive entries: from `from` to before `to`. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** The FTS5 expression for a query, without its times; undefined when any entry fits. */
export function matchExpression(query: LedgerQuery): string | undefined {
  const exact: readonly (readonly [Tag, string | undefined])[] = [
    [TAGS.package, query.package],
    [TAGS.case, query.case],
    [TAGS.contact, query.contact],
    [TAGS.actor, query.actor],
    [TAGS.outcome, query.outcome],
    [TAGS.country, query.country],
  ];
  const parts = exact.flatMap(([tag, value]) =>
    value === undefined ? [] : [quoted({ word: tagged(tag, value), prefix: false })],
  );
  if (query.types !== undefined && query.types.length > 0)
    parts.push(
      anyOf(query.types.map((type) => ({ word: tagged(TAGS.type, type), prefix: false }))),
    );
  if (query.text !== undefined) parts.push(...searchWords(query.text).map(anyOf));
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

function anyOf(words: readonly SearchWord[]): string {
  return `(${words.map(quoted).join(' OR ')})`;
}

function quoted({ word, prefix }: SearchWord): string {
  return `"${word.replaceAll('"', '""')}"${prefix ? ' *' : ''}`;
}
