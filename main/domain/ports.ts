/** The cross-cutting ports. A store's port sits beside its concept. */

export interface Clock {
  now(): Date;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

/** How far a long work is. `done` and `total` are bytes unless the stage says otherwise. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** What a long work is handed: a way to stop it and a way to tell how far it is. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((progress: Progress) => void) | undefined;
}
