import { z } from 'zod';
import { Instant, instant } from '../time.ts';

/**
 * `attempts.json`: failed tries since the last good one. It slows a person at the keyboard down
 * and tells the ledger; whoever has the files can remove it, so it protects nothing.
 */
export const Attempts = z.strictObject({
  format: z.literal('valise.attempts/1'),
  count: z.int().min(1).max(1_000_000),
  first: Instant,
  last: Instant,
});
export type Attempts = z.infer<typeof Attempts>;

const LONGEST = 30_000;

/** The record after one more failure. */
export function oneMore(attempts: Attempts | undefined, now: Date): Attempts {
  const last = instant(now);
  return {
    format: 'valise.attempts/1',
    count: Math.min((attempts?.count ?? 0) + 1, 1_000_000),
    first: attempts?.first ?? last,
    last,
  };
}

/**
 * Milliseconds to wait before the next try: 1, 2, 4 … 30 seconds since the last failure. A clock
 * that was set back, or a file that lies, costs 30 seconds at most.
 */
export function waitBefore(attempts: Attempts | undefined, now: Date): number {
  if (attempts === undefined) return 0;
  const pause = Math.min(1000 * 2 ** Math.min(attempts.count - 1, 10), LONGEST);
  const passed = now.getTime() - Date.parse(attempts.last);
  return passed < 0 ? pause : Math.max(0, pause - passed);
}
