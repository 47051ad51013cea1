import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Reply } from '../../preload/contract/kinds.ts';
import { useWindow } from './create-store.ts';

export interface Answer<T> {
  /** The last good answer: it stays on the glass while the next one is fetched. */
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface Answered<T> {
  readonly key: string;
  /** Key, version and turn: what exactly was answered. */
  readonly question: string;
  readonly value?: T;
  readonly failure?: Failure;
}

/**
 * Asks the office, and asks again whenever something was appended or `key` changes. `ask` is not
 * compared: `key` has to name everything that it depends on.
 */
export function useAnswer<T>(ask: () => Promise<Reply<T>>, key: string): Answer<T> {
  const version = useWindow((state) => state.version);
  const [turn, setTurn] = useState(0);
  const question = `${key}#${String(version)}#${String(turn)}`;
  const [answer, setAnswer] = useState<Answered<T>>({ key, question: '' });
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  });
  useEffect(() => {
    let isCurrent = true;
    void asking.current().then((reply) => {
      if (!isCurrent) return;
      setAnswer(
        reply.ok
          ? { key, question, value: reply.value }
          : { key, question, failure: reply.failure },
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [key, question]);
  const reload = useCallback(() => {
    setTurn((now) => now + 1);
  }, []);
  const isSame = answer.key === key;
  return {
    value: isSame ? answer.value : undefined,
    failure: isSame ? answer.failure : undefined,
    isLoading: answer.question !== question,
    reload,
  };
}
