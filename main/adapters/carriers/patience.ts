/** How long a server may say nothing, in milliseconds. */
const PATIENCE = 30_000;

/** A signal that fires when somebody stops the work, or when nothing has moved for too long. */
export class Patience {
  readonly #stop = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #cancel = () => {
    this.#stop.abort();
  };
  #timer: NodeJS.Timeout;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    this.#timer = setTimeout(this.#cancel, PATIENCE);
    if (outer?.aborted === true) this.#stop.abort();
    outer?.addEventListener('abort', this.#cancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Something moved. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#cancel, PATIENCE);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#cancel);
  }
}
