const NOTHING = new Uint8Array(0);

/**
 * Takes bytes out of a stream in the amounts that a parser wants. Slices that are handed out are
 * views of the stream's own chunks where possible.
 */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array, unknown>;
  #held: Uint8Array = NOTHING;
  #ended = false;
  #position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** How many bytes were taken. */
  get position(): number {
    return this.#position;
  }

  /** The next `length` bytes, or fewer at the end, without taking them. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#held.length < length && !this.#ended) {
      const chunk = await this.#pull();
      if (chunk === undefined) break;
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    }
    return this.#held.subarray(0, length);
  }

  /** The next `length` bytes, or fewer at the end. Meant for small amounts. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    this.#drop(bytes.length);
    return bytes;
  }

  /** At least one and at most `most` bytes, as they are at hand; nothing at the end. */
  async some(most: number): Promise<Uint8Array | undefined> {
    if (this.#held.length === 0) {
      const chunk = await this.#pull();
      if (chunk === undefined) return undefined;
      this.#held = chunk;
    }
    const bytes = this.#held.subarray(0, most);
    this.#drop(bytes.length);
    return bytes;
  }

  async atEnd(): Promise<boolean> {
    return (await this.peek(1)).length === 0;
  }

  /** All that is left, as it is at hand. */
  async *rest(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const bytes = await this.some(Number.MAX_SAFE_INTEGER);
      if (bytes === undefined) return;
      yield bytes;
    }
  }

  /** Reads and forgets the rest, so that whatever the source checks at its end is checked. */
  async drain(): Promise<void> {
    while ((await this.some(Number.MAX_SAFE_INTEGER)) !== undefined);
  }

  /** Tells the source that no more will be taken. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#held = NOTHING;
    await this.#source.return?.();
  }

  #drop(length: number): void {
    this.#held = this.#held.subarray(length);
    this.#position += length;
  }

  async #pull(): Promise<Uint8Array | undefined> {
    while (!this.#ended) {
      const result = await this.#source.next();
      if (result.done === true) this.#ended = true;
      else if (result.value.length > 0) return result.value;
    }
    return undefined;
  }
}
