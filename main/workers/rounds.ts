import { isDomainError } from '../domain/errors/index.ts';
import type { Progress } from '../domain/ports.ts';
import type { Office } from '../services/office.ts';

/** Every so many rounds channels are looked into; the others only send what is due. */
const LOOK_EVERY = 5;

/**
 * Sends what is due, fetches what has come, and looks after certificates once a day, again and again, while an officer's vault is open.
 * What goes wrong stands in the queue, and is tried again: nobody waits for a round.
 */
export class Rounds {
  readonly #office: Office;
  readonly #every: number;
  readonly #after: () => void;
  readonly #report: (progress: Progress) => void;
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #round: { readonly stop: AbortController; readonly end: Promise<void> } | undefined;

  /**
   * @param every milliseconds from one round to the next
   * @param after told after each round that did something
   * @param report told what moves while it does
   */
  constructor(
    office: Office,
    every: number,
    after: () => void,
    report: (progress: Progress) => void = () => undefined,
  ) {
    this.#office = office;
    this.#every = every;
    this.#after = after;
    this.#report = report;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#begin();
    }, this.#every);
    this.#timer.unref();
  }

  /** Ends the round that is under way, before the vault is closed. */
  async interrupt(): Promise<void> {
    this.#round?.stop.abort();
    await this.#round?.end;
  }

  stop(): Promise<void> {
    clearInterval(this.#timer);
    return this.interrupt();
  }

  #begin(): void {
    if (this.#round || !this.#office.isOpen) return;
    const { session, channels, queue, renewals } = this.#office.open;
    if (session.member.role !== 'officer' || session.readOnly !== undefined) return;
    this.#count += 1;
    const isDue = queue.isDue();
    const exchanges = channels.list().length > 0 && (isDue || this.#count % LOOK_EVERY === 0);
    const renews = renewals.isDue();
    if (!exchanges && !renews) return;
    const stop = new AbortController();
    const end = this.#go(stop.signal, exchanges, renews).finally(() => {
      this.#round = undefined;
    });
    this.#round = { stop, end };
  }

  async #go(signal: AbortSignal, exchanges: boolean, renews: boolean): Promise<void> {
    const { exchange, renewals } = this.#office.open;
    try {
      if (exchanges) await exchange.run(undefined, { signal, report: this.#report }, true);
    } catch (error) {
      warnOf(error);
    }
    try {
      if (renews) await renewals.run({ signal });
    } catch (error) {
      warnOf(error);
    } finally {
      this.#after();
    }
  }
}

/** The queue says what went wrong. A fault of ours is told, and never ends the office with it. */
function warnOf(error: unknown): void {
  if (!isDomainError(error)) process.emitWarning('A round of the exchange broke down.');
}
