import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Reply } from '../../preload/contract/kinds.ts';
import type { Following, Progress } from '../bridge.ts';

/** An act under way, with its speed as it was over the last moments. */
export interface Running extends Progress {
  /** Units a second; undefined until it can be told. */
  readonly speed?: number;
}

export interface Act<I, T> {
  /** Runs it; answers with the value, or undefined when it failed or was cancelled. */
  readonly run: (input: I) => Promise<T | undefined>;
  readonly isRunning: boolean;
  readonly isCancelling: boolean;
  readonly running: Running | undefined;
  readonly failure: Failure | undefined;
  readonly cancel: () => void;
  readonly clear: () => void;
}

/** One thing that a person does: its bar, its cancel, and what went wrong. A cancel is no failure. */
export function useAct<I, T>(
  act: (input: I, following: Following) => Promise<Reply<T>>,
): Act<I, T> {
  const [isRunning, setRunning] = useState(false);
  const [isCancelling, setCancelling] = useState(false);
  const [running, setProgress] = useState<Running>();
  const [failure, setFailure] = useState<Failure>();
  const stop = useRef<AbortController>(undefined);
  const acting = useRef(act);
  useEffect(() => {
    acting.current = act;
  });

  const run = useCallback(async (input: I) => {
    const controller = new AbortController();
    stop.current = controller;
    setRunning(true);
    setFailure(undefined);
    const speedOf = speedometer();
    const reply = await acting.current(input, {
      signal: controller.signal,
      onProgress: (progress) => {
        setProgress({ ...progress, ...speedOf(progress) });
      },
    });
    setRunning(false);
    setCancelling(false);
    setProgress(undefined);
    if (reply.ok) return reply.value;
    if (reply.failure.code !== 'cancelled') setFailure(reply.failure);
    return undefined;
  }, []);

  const cancel = useCallback(() => {
    setCancelling(true);
    stop.current?.abort();
  }, []);
  const clear = useCallback(() => {
    setFailure(undefined);
  }, []);
  return { run, isRunning, isCancelling, running, failure, cancel, clear };
}

const WINDOW_MS = 2000;

/** Speed over the last two seconds: steady enough to read, quick enough to be true. */
function speedometer(): (progress: Progress) => { speed?: number } {
  let stage = '';
  let marks: { at: number; done: number }[] = [];
  return (progress) => {
    const at = performance.now();
    if (progress.stage !== stage) marks = [];
    stage = progress.stage;
    marks = [...marks.filter((mark) => at - mark.at < WINDOW_MS), { at, done: progress.done }];
    const first = marks[0];
    if (!first || at - first.at < 200) return {};
    return { speed: ((progress.done - first.done) / (at - first.at)) * 1000 };
  };
}
