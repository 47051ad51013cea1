import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Pages, Failure, Reply } from '../../preload/contract/kinds.ts';
import { WorkId } from '../../preload/contract/fields.ts';
import type { Described } from '../domain/errors/failure.ts';
import type { Progress } from '../domain/ports.ts';
import type { WireReply } from '../workers/rpc.ts';
import { borderFailure, failureOf } from './failure.ts';
import type { Works } from './works.ts';

/**
 * Where messages of the window become calls: the one place that listens to it. Every call goes
 * the same way, so that no handler can forget a step: a channel of the contract; asked by the
 * main frame of our own window at our own address; an input that its schema accepts; the handler;
 * an answer cut to its schema.
 */

/** What a handler is handed besides its input. */
export interface Asking {
  /** The id of a long work. */
  readonly work: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly report: ((progress: Progress) => void) | undefined;
}

export type Handler = (input: unknown, asking: Asking) => Promise<WireReply>;

export interface Counter {
  readonly ipc: Pick<IpcMain, 'handle'>;
  readonly pages: Pages;
  /** One for each call of the contract, by `area.name`. */
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly isOurs: (event: IpcMainInvokeEvent) => boolean;
  readonly works: Works;
  readonly progress: (work: string, progress: Progress) => void;
  /** Writes a bug down and answers with its number. */
  readonly incident: (where: string, trace: readonly string[]) => string;
}

/** Opens the counter. @throws Error when a call of the contract has no handler */
export function openCounter(counter: Counter): void {
  for (const [area, page] of Object.entries(counter.pages)) {
    for (const [name, entry] of Object.entries(page)) {
      if (entry.kind === 'event') continue;
      const channel = `${area}.${name}`;
      const handler = counter.handlers.get(channel);
      if (!handler) throw new Error(`Nobody answers ${channel}.`);
      counter.ipc.handle(channel, async (event, given: unknown, work: unknown) => {
        if (!counter.isOurs(event)) return failed(borderFailure('sender-refused'));
        const input = entry.input.safeParse(given);
        if (!input.success) return failed(refusal(channel, input.error.issues));
        const id = entry.kind === 'work' ? WorkId.safeParse(work) : undefined;
        if (id?.success === false)
          return failed(borderFailure('request-refused', `${channel}: work`));
        const reply = await run(counter, handler, input.data, id?.data);
        if (!reply.ok) return failed(noted(counter, channel, reply.failure));
        const output = entry.output.safeParse(reply.value);
        if (output.success) return { ok: true, value: output.data };
        const where = refusal(channel, output.error.issues).params?.['where'];
        const incident = counter.incident(channel, [`answer refused at ${String(where)}`]);
        return failed({ ...borderFailure('answer-refused', String(where)), incident });
      });
    }
  }
}

async function run(
  counter: Counter,
  handler: Handler,
  input: unknown,
  work: string | undefined,
): Promise<WireReply> {
  try {
    if (work === undefined)
      return await handler(input, { work, signal: undefined, report: undefined });
    const signal = counter.works.begin(work);
    try {
      const report = (progress: Progress) => counter.progress(work, progress);
      return await handler(input, { work, signal, report });
    } finally {
      counter.works.end(work);
    }
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** A bug gets a number and its sentence; its trace stays here. */
function noted(counter: Counter, channel: string, failure: Described): Failure {
  const { trace, ...rest } = failure;
  if (failure.code !== 'unexpected') return rest;
  return { ...borderFailure('unexpected'), incident: counter.incident(channel, trace ?? []) };
}

/** Names the field that was wrong and never its value. */
function refusal(channel: string, issues: readonly { readonly path: PropertyKey[] }[]): Described {
  const field = issues[0]?.path.map(String).join('.').slice(0, 100) ?? '';
  return borderFailure('request-refused', field === '' ? channel : `${channel}: ${field}`);
}

const failed = (failure: Failure): Reply<never> => ({ ok: false, failure });
