import { allWords, type EntryFacts } from './facts.ts';
import type { LedgerQuery } from './ledger-store.ts';
import { searchWords } from './search.ts';
import { TAGS, tagged, type Tag } from './words.ts';
import type { Digest } from '../identifiers.ts';
import type { Opening } from '../vault/journal.ts';

export type Matches = (
  facts: EntryFacts,
  opening: (digest: Digest) => Opening | undefined,
) => boolean;

/**
 * Whether an entry is found by a query: what the full-text index of a ledger answers, for entries
 * that stand in no index. `limit`, `after` and `order` are the caller's.
 */
export function matcherOf(query: LedgerQuery): Matches {
  const exact: readonly (readonly [Tag, string | undefined])[] = [
    [TAGS.package, query.package],
    [TAGS.case, query.case],
    [TAGS.contact, query.contact],
    [TAGS.actor, query.actor],
    [TAGS.outcome, query.outcome],
    [TAGS.country, query.country],
  ];
  const wanted = exact.flatMap(([tag, value]) =>
    value === undefined ? [] : [tagged(tag, value).toLowerCase()],
  );
  const groups = query.text === undefined ? [] : searchWords(query.text);
  const types = query.types?.length === 0 ? undefined : query.types;
  const { since, until } = query;
  return (facts, opening) => {
    if (types?.includes(facts.type) === false) return false;
    if ((since !== undefined && facts.at < since) || (until !== undefined && facts.at > until))
      return false;
    if (wanted.length === 0 && groups.length === 0) return true;
    const words = allWords(facts, opening).map((word) => word.toLowerCase());
    return (
      wanted.every((word) => words.includes(word)) &&
      groups.every((group) =>
        group.some(({ word, prefix }) => {
          const low = word.toLowerCase();
          return words.some((known) => (prefix ? known.startsWith(low) : known === low));
        }),
      )
    );
  };
}
