import { z } from 'zod';
import type { Described } from '../domain/errors/failure.ts';
import type { Progress, Work } from '../domain/ports.ts';

/**
 * Calls over anything that passes messages. The rules are:
 * - a request carries a number, and gets exactly one reply;
 * - it can be cancelled, and reports how far it is on the way;
 * - a peer that ends answers everything that waits: nobody waits for ever.
 */

/** One end of a line: Electron's and Node's message ports, and processes, all fit. */
export interface Port {
  send(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

export type WireReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: Described };

const Failed = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().exactOptional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  trace: z.array(z.string()).exactOptional(),
});

const ToPeer = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('call'),
    number: z.int(),
    name: z.string(),
    input: z.unknown(),
    work: z.string().exactOptional(),
  }),
  z.object({ is: z.literal('cancel'), number: z.int() }),
]);

const FromPeer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('value'), number: z.int(), value: z.unknown() }),
  z.object({ is: z.literal('failure'), number: z.int(), failure: Failed }),
  z.object({
    is: z.literal('progress'),
    number: z.int(),
    stage: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  z.object({ is: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((progress: Progress) => void) | undefined;
  /** The id under which the window follows the call, for events that belong to it. */
  readonly work?: string | undefined;
  /** Milliseconds after which the call is cancelled and given up. */
  readonly deadline?: number | undefined;
}

interface Waiting {
  readonly settle: (reply: WireReply) => void;
  readonly report: ((progress: Progress) => void) | undefined;
}

/** The asking end. */
export class Caller {
  private readonly port: Port;
  private readonly onEvent: (name: string, payload: unknown) => void;
  private readonly waiting = new Map<number, Waiting>();
  private ended: Described | undefined;
  private last = 0;

  constructor(port: Port, onEvent: (name: string, payload: unknown) => void) {
    this.port = port;
    this.onEvent = onEvent;
    port.listen((message) => {
      this.hear(message);
    });
  }

  /** Asks the peer; an answer always comes, and is never an exception. */
  call(name: string, input: unknown, options: CallOptions = {}): Promise<WireReply> {
    if (this.ended) return Promise.resolve({ ok: false, failure: this.ended });
    const number = (this.last += 1);
    const { signal, work, deadline } = options;
    const cancel = () => this.port.send({ is: 'cancel', number });
    return new Promise((resolve) => {
      const late =
        deadline === undefined
          ? undefined
          : setTimeout(() => {
              cancel();
              settle({
                ok: false,
                failure: { code: 'office-stopped', message: `${name} was late.` },
              });
            }, deadline);
      const settle = (reply: WireReply) => {
        clearTimeout(late);
        signal?.removeEventListener('abort', cancel);
        this.waiting.delete(number);
        resolve(reply);
      };
      this.waiting.set(number, { settle, report: options.report });
      this.port.send({ is: 'call', number, name, input, ...(work === undefined ? {} : { work }) });
      if (signal?.aborted) cancel();
      else signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  /** The peer is gone: everything that waits, or is asked from now on, fails with this. */
  end(failure: Described): void {
    this.ended = failure;
    for (const { settle } of [...this.waiting.values()]) settle({ ok: false, failure });
  }

  private hear(message: unknown): void {
    const heard = FromPeer.safeParse(message);
    if (!heard.success) return;
    const { data } = heard;
    switch (data.is) {
      case 'value':
        this.waiting.get(data.number)?.settle({ ok: true, value: data.value });
        break;
      case 'failure':
        this.waiting.get(data.number)?.settle({ ok: false, failure: data.failure });
        break;
      case 'progress':
        this.waiting.get(data.number)?.report?.(data);
        break;
      case 'event':
        this.onEvent(data.name, data.payload);
    }
  }
}

/** What a call is handed besides its input. */
export interface CallContext extends Work {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** The id under which the window follows the call. */
  readonly work: string | undefined;
}

export type Calls = Readonly<Record<string, (input: never, context: CallContext) => unknown>>;

const PROGRESS_MS = 50;

/**
 * The answering end: runs calls as they come, several at a time. `describe` turns whatever a call
 * throws into a failure. Answers with a way to tell the peer of an event.
 */
export function serve(
  port: Port,
  calls: Calls,
  describe: (error: unknown) => Described,
): (name: string, payload: unknown) => void {
  const running = new Map<number, AbortController>();

  const answer = async (number: number, name: string, input: unknown, work?: string) => {
    const stop = new AbortController();
    running.set(number, stop);
    try {
      const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
      if (!call) throw new Error('unknown call');
      const report = sparingly((progress) => {
        const { stage, done, total } = progress;
        port.send({ is: 'progress', number, stage, done, total });
      });
      const value = await call(input as never, { signal: stop.signal, report, work });
      port.send({ is: 'value', number, value });
    } catch (error) {
      port.send({ is: 'failure', number, failure: describe(error) });
    } finally {
      running.delete(number);
    }
  };

  port.listen((message) => {
    const heard = ToPeer.safeParse(message);
    if (!heard.success) return;
    const { data } = heard;
    if (data.is === 'cancel') running.get(data.number)?.abort();
    else void answer(data.number, data.name, data.input, data.work);
  });
  return (name, payload) => port.send({ is: 'event', name, payload });
}

/** Passes on the first report, the last of each stage, and in between one every 50 ms. */
export function sparingly(report: (progress: Progress) => void): (progress: Progress) => void {
  let stage: string | undefined;
  let at = 0;
  return (progress) => {
    const now = Date.now();
    const isDue = now - at >= PROGRESS_MS || progress.stage !== stage;
    if (!isDue && progress.done < progress.total) return;
    stage = progress.stage;
    at = now;
    report(progress);
  };
}
