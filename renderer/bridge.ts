import type { Bridge, Contract } from '../preload/contract/index.ts';
import type { Fixed, Page, Reply, ValueOf, Work } from '../preload/contract/kinds.ts';
import { surface } from '../preload/contract/surface.ts';
import type { z } from 'zod';

declare global {
  interface Window {
    /** What the preload exposes. Tests put a double of it here. */
    valise: Bridge;
  }
}

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** How a long work is followed and stopped. */
export interface Following {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

type WorkName<P extends Page> = {
  [Name in keyof P & string]: P[Name] extends Work ? Name : never;
}[keyof P & string];

type Asked<E> = E extends { readonly input: infer I extends z.ZodType } ? Fixed<z.input<I>> : never;

type Shown<P extends Page, A> = Omit<A, WorkName<P>> & {
  readonly [Name in WorkName<P>]: (
    input: Asked<P[Name]>,
    following?: Following,
  ) => Promise<Reply<ValueOf<P[Name]>>>;
};

type Calls = { readonly [Area in keyof Contract]: Shown<Contract[Area], Bridge[Area]> };

type LongCall = (input: unknown, work: string) => Promise<Reply<unknown>>;

/** Runs a long work under an id of its own. */
async function follow(call: LongCall, input: unknown, following: Following = {}) {
  const { signal, onProgress } = following;
  const { work } = window.valise;
  const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const cancel = () => void work.cancel({ work: id });
  const forget = onProgress
    ? work.onProgress(({ work: of, ...progress }) => {
        if (of === id) onProgress(progress);
      })
    : undefined;
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const running = call(input, id);
    if (signal?.aborted) cancel();
    return await running;
  } finally {
    signal?.removeEventListener('abort', cancel);
    forget?.();
  }
}

/** `window.valise`, looked up at each call, with long works that can be followed and stopped. */
function calls(): Calls {
  const pages = Object.entries(surface).map(([area, page]) => {
    const api = () => Reflect.get(window.valise, area) as Record<string, LongCall>;
    const named = Object.entries(page).map(([name, kind]: [string, string]) => {
      const key = kind === 'event' ? `on${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
      if (kind === 'work')
        return [
          key,
          (input: unknown, following?: Following) =>
            follow((given, id) => absent(api()[key])(given, id), input, following),
        ];
      return [key, (...args: Parameters<LongCall>) => absent(api()[key])(...args)];
    });
    return [area, Object.fromEntries(named) as object];
  });
  return Object.fromEntries(pages) as Calls;
}

function absent<T>(call: T | undefined): T {
  if (call === undefined) throw new Error('The bridge lacks this call.');
  return call;
}

/** The only way from the window to the rest of Valise. */
export const bridge = calls();
