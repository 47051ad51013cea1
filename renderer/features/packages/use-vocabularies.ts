import { useMemo } from 'react';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import type { CodeEntry } from '../../ui/index.ts';
import type { Vocabulary } from './types.ts';

export type VocabularyItem = Vocabulary['items'][number];

export interface Vocabularies {
  /** The entries of a list, for a picker; empty until they are there. */
  entries(list: string): readonly CodeEntry[];
  /** What a code stands for; undefined for a code that the list does not know. */
  item(list: string, code: string): VocabularyItem | undefined;
  readonly isLoading: boolean;
}

/** The coded pick-lists. */
export function useVocabularies(): Vocabularies {
  const { value } = useAnswer(() => bridge.vocabularies.all(), 'vocabularies');
  return useMemo(() => {
    const lists = new Map((value ?? []).map((list) => [list.list, list]));
    const items = new Map(
      (value ?? []).map((list) => [
        list.list,
        new Map(list.items.map((item) => [item.code, item])),
      ]),
    );
    return {
      entries: (list) => (lists.get(list)?.items ?? []).map(entryOf),
      item: (list, code) => items.get(list)?.get(code),
      isLoading: value === undefined,
    };
  }, [value]);
}

function entryOf({ code, label, group, note, keywords }: VocabularyItem): CodeEntry {
  return {
    code,
    label,
    ...(group === undefined ? {} : { group }),
    ...(note === undefined ? {} : { note }),
    ...(keywords === undefined ? {} : { keywords }),
  };
}
