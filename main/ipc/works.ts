import { BorderFailure } from './failure.ts';

/** The long works that run just now, by the id that the window gave them. */
export class Works {
  private readonly running = new Map<string, AbortController>();

  get count(): number {
    return this.running.size;
  }

  /** @throws BorderFailure `work-running` when the id is taken */
  begin(id: string): AbortSignal {
    if (this.running.has(id)) throw new BorderFailure('work-running');
    const stop = new AbortController();
    this.running.set(id, stop);
    return stop.signal;
  }

  end(id: string): void {
    this.running.delete(id);
  }

  /** Answers whether there was such a work. */
  cancel(id: string): boolean {
    const stop = this.running.get(id);
    stop?.abort();
    return stop !== undefined;
  }

  cancelAll(): void {
    for (const stop of this.running.values()) stop.abort();
  }
}
