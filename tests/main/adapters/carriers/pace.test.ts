import { expect, it } from 'vitest';
import { Pace } from '../../../../main/adapters/carriers/pace.ts';

/** A clock that goes on when somebody waits, and when it is told to. */
class JumpingWatch {
  time = 5000;
  now(): number {
    return this.time;
  }
  wait(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    return Promise.resolve();
  }
}

/** How long a sequence of parts takes, in milliseconds. */
async function took(limitKiB: number | undefined, parts: readonly number[]): Promise<number> {
  const watch = new JumpingWatch();
  const pace = new Pace(limitKiB, watch);
  for (const bytes of parts) await pace.spend(bytes);
  return watch.time - 5000;
}

it('takes as long as the limit says, whatever the parts', async () => {
  expect(await took(64, [64 * 1024])).toBeCloseTo(1000);
  expect(await took(64, Array<number>(16).fill(4096))).toBeCloseTo(1000);
});

it('a pause is not made up for by a burst', async () => {
  const watch = new JumpingWatch();
  const pace = new Pace(1, watch);
  await pace.spend(1024);
  watch.time += 60_000;
  const began = watch.time;
  await pace.spend(2048);
  expect(watch.time - began).toBeCloseTo(2000);
});

it('without a limit nothing waits', async () => {
  expect(await took(undefined, [1e12])).toBe(0);
});

it('ends early when it is stopped', async () => {
  const stop = new AbortController();
  const spent = new Pace(1).spend(1e9, stop.signal);
  stop.abort();
  await expect(spent).resolves.toBeUndefined();
});
