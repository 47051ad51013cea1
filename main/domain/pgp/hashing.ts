import { createHash } from 'node:crypto';

export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** A hash over bytes that pass by; where it is worked out is the port's business. */
export interface RunningHash {
  /** Takes the bytes before it returns; a promise asks the caller to wait before the next ones. */
  update(bytes: Uint8Array): Promise<void> | undefined;
  /** No more bytes after this. */
  digest(): Promise<Uint8Array>;
  /** Gives up whatever it holds; harmless at any time. */
  stop(): void;
}

/**
 * A message is hashed twice or three times on its way (the file, the text, the integrity code):
 * more work than its encryption. A port that does this on other threads makes large ones faster.
 */
export type StartHash = (name: HashName) => RunningHash;

/** Works it out at once, where it is called. */
export const hashHere: StartHash = (name) => {
  const hash = createHash(name);
  return {
    update(bytes) {
      hash.update(bytes);
      return undefined;
    },
    digest: async () => hash.digest(),
    stop: () => undefined,
  };
};

/** The hashes of one piece of work, which end with it. */
export class Hashes {
  readonly #start: StartHash;
  readonly #running: RunningHash[] = [];

  constructor(start: StartHash) {
    this.#start = start;
  }

  readonly start: StartHash = (name) => {
    const hash = this.#start(name);
    this.#running.push(hash);
    return hash;
  };

  stop(): void {
    for (const hash of this.#running) hash.stop();
  }
}
