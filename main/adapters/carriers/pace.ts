import { setTimeout as sleep } from 'node:timers/promises';

/** What tells how long something took, and waits; in milliseconds. */
interface Watch {
  now(): number;
  wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

const computers: Watch = {
  now: () => performance.now(),
  wait: (milliseconds, signal) =>
    sleep(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/** Keeps what a channel moves under so many bytes a second, however many parts it comes in. */
export class Pace {
  /** Bytes that may move in a millisecond. */
  readonly #rate: number | undefined;
  readonly #watch: Watch;
  /** When all that moved so far was within the limit, in milliseconds. */
  #until = 0;

  /** @param limitKiB a second; undefined: as fast as it goes */
  constructor(limitKiB: number | undefined, watch = computers) {
    this.#rate = limitKiB === undefined ? undefined : (limitKiB * 1024) / 1000;
    this.#watch = watch;
  }

  /** Waits until so many bytes more have moved within the limit. Ends early when it is stopped. */
  async spend(bytes: number, signal?: AbortSignal): Promise<void> {
    if (this.#rate === undefined) return;
    const now = this.#watch.now();
    this.#until = Math.max(this.#until, now) + bytes / this.#rate;
    // Who stopped it learns that from the next thing that is asked of the channel.
    await this.#watch.wait(this.#until - now, signal).catch(() => undefined);
  }
}
