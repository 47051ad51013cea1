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

/**
 * Asks the office, and asks again whenever something was appended or `key` changes. `ask` is not
 * compared: `key` has to name everything that it depends on.
 */
export function useAnswer<T>(ask: () => Promise<Reply<T>>, key: string): Answer<T> {
  const version = useWindow((state) => state.version);
  const [answer, setAnswer] = useState<{ key: string; value?: T; failure?: Failure }>({ key });
  const [isLoading, setLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  });
  useEffect(() => {
    let isCurrent = true;
    setLoading(true);
    void asking.current().then((reply) => {
      if (!isCurrent) return;
      setAnswer(reply.ok ? { key, value: reply.value } : { key, failure: reply.failure });
      setLoading(false);
    });
    return () => {
      isCurrent = false;
    };
  }, [key, version, turn]);
  const reload = useCallback(() => {
    setTurn((now) => now + 1);
  }, []);
  const isSame = answer.key === key;
  return {
    value: isSame ? answer.value : undefined,
    failure: isSame ? answer.failure : undefined,
    isLoading,
    reload,
  };
}
