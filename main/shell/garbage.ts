import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds after the lock: what still waited for something lets go a little later. */
const AGAIN = [0, 500, 2000];

/**
 * Gives back soon what this process no longer uses: everything that the window and the office
 * said to each other passed through here, and would otherwise stay until the memory is needed.
 * What was copied outside the JavaScript heap is freed then, but not overwritten.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect !== 'function') return;
  for (const delay of AGAIN) setTimeout(() => void Reflect.apply(collect, undefined, []), delay);
}
