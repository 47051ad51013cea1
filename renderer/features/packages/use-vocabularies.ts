import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import type { CodeEntry } from '../../ui/index.ts';
import type { Vocabulary } from './types.ts';

export type VocabularyItem = Vocabulary['items'][number];

export interface Vocabularies {
  /** The entries of a list, for a picker; empty until they are there. The same array each time. */
  entries(list: string): readonly CodeEntry[];
  /** What a code stands for; undefined for a code that the list does not know. */
  item(list: string, code: string): VocabularyItem | undefined;
}

const NONE: readonly CodeEntry[] = [];

/** The coded pick-lists. They never change while the window is open, so they are asked for once. */
export function useVocabularies(): Vocabularies {
  const { t } = useTranslation('packages');
  const [lists, setLists] = useState<readonly Vocabulary[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void bridge.vocabularies.all().then((reply) => {
      if (isCurrent && reply.ok) setLists(reply.value);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return useMemo(() => {
    const entries = new Map(
      lists.map(({ list, items }) => [list, items.map((item) => entryOf(item, t('specialCode')))]),
    );
    const byCode = new Map(
      lists.map(({ list, items }) => [list, new Map(items.map((item) => [item.code, item]))]),
    );
    return {
      entries: (list) => entries.get(list) ?? NONE,
      item: (list, code) => byCode.get(list)?.get(code),
    };
  }, [lists, t]);
}

/** A special category is flagged where it is chosen, like an instrument that is not in force. */
function entryOf(item: VocabularyItem, special: string): CodeEntry {
  const { code, label, group, keywords } = item;
  const note = item.note ?? (item.special === true ? special : undefined);
  return {
    code,
    label,
    ...(group === undefined ? {} : { group }),
    ...(note === undefined ? {} : { note }),
    ...(keywords === undefined ? {} : { keywords }),
  };
}
