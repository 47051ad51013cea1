import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../preload/contract/kinds.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { queryOf } from './filter.ts';
import { useEntrySource } from './source.ts';
import type { Filter, Row } from './types.ts';

const PAGE = 100;

/** Rows of a ledger, newest first, fetched a page at a time as they come into sight. */
export function useRows(filter: Filter) {
  const version = useWindow((state) => state.version);
  const source = useEntrySource();
  const wanted = queryOf(filter);
  const key = JSON.stringify(wanted);
  const counted = useAnswer(() => source.count({ filter: wanted }), `${source.key}-count-${key}`);
  const stamp = `${source.key}#${key}#${String(version)}`;
  const [loaded, setLoaded] = useState<{
    stamp: string;
    pages: ReadonlyMap<number, readonly Row[]>;
  }>({
    stamp,
    pages: new Map(),
  });
  const [failure, setFailure] = useState<Failure>();
  const asked = useRef<{ stamp: string; pages: Set<number> }>({ stamp: '', pages: new Set() });

  const ask = useCallback(
    async (page: number) => {
      const reply = await source.page({
        filter: JSON.parse(key) as typeof wanted,
        order: 'descending',
        skip: page * PAGE,
        limit: PAGE,
      });
      if (asked.current.stamp !== stamp) return;
      if (!reply.ok) {
        setFailure(reply.failure);
        return;
      }
      setFailure(undefined);
      setLoaded((now) => ({
        stamp,
        pages: new Map(now.stamp === stamp ? now.pages : []).set(page, reply.value.rows),
      }));
    },
    [key, source, stamp],
  );

  const onRange = useCallback(
    (from: number, end: number) => {
      if (asked.current.stamp !== stamp) asked.current = { stamp, pages: new Set() };
      for (let page = Math.floor(from / PAGE); page * PAGE < Math.max(end, 1); page += 1) {
        if (asked.current.pages.has(page)) continue;
        asked.current.pages.add(page);
        void ask(page);
      }
    },
    [ask, stamp],
  );

  useEffect(() => {
    onRange(0, 1);
  }, [onRange]);

  const isKnown = loaded.pages.size > 0 && counted.value !== undefined;
  return {
    // With the first rows, so that a list of empty lines is not drawn first.
    count: isKnown ? counted.value.count : 0,
    isKnown,
    failure: failure ?? counted.failure,
    rowAt: (index: number): Row | undefined =>
      loaded.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    onRange,
  };
}
