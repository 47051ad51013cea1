import {
  contract,
  type Bridge,
  type Contract,
  type ContractEvent,
} from '../../preload/contract/index.ts';
import type { EntryOf, Failure, Handlers, Page, PayloadOf } from '../../preload/contract/kinds.ts';

/** What a test provides: any calls of any page, as main's handlers would answer them. */
export type FakeCalls = {
  readonly [Area in keyof Contract]?: Partial<Handlers<Contract[Area], FakeContext>>;
};

export interface FakeContext {
  /** The id of a long work, to report its progress under. */
  readonly work: string | undefined;
}

/** One call that the window made, in order. */
export interface Made {
  readonly name: string;
  readonly input: unknown;
  readonly work?: string;
}

/** Thrown by a fake's handler to answer with a failure. */
export class FakeFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface FakeBridge {
  /** To be put at `window.valise`. */
  readonly bridge: Bridge;
  readonly made: readonly Made[];
  /** Tells the window of an event, checked by its schema. */
  emit<Name extends ContractEvent>(name: Name, payload: PayloadOf<EntryOf<Contract, Name>>): void;
}

/**
 * A bridge made from the contract itself: inputs and answers pass through the same schemas as in
 * the real one, so a screen cannot be tested against something that main would refuse. Calls
 * that a test did not provide answer with the failure `not-faked`.
 */
export function fakeBridge(calls: FakeCalls = {}): FakeBridge {
  const made: Made[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const pages = Object.entries(contract).map(([area, page]) => {
    const given = (Reflect.get(calls, area) ?? {}) as Record<string, AnyHandler | undefined>;
    const named = Object.entries(page as Page).map(([name, entry]) => {
      const channel = `${area}.${name}`;
      if (entry.kind === 'event') {
        const heard = new Set<(payload: unknown) => void>();
        listeners.set(channel, heard);
        return [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`, subscribe(heard)];
      }
      const call = async (first: unknown, second?: unknown) => {
        const files = entry.kind === 'dropped';
        const asked = files ? { ...(second as object), paths: namesOf(first) } : first;
        const work = entry.kind === 'work' ? String(second) : undefined;
        made.push({ name: channel, input: asked, ...(work === undefined ? {} : { work }) });
        const input = entry.input.safeParse(asked);
        if (!input.success)
          return failed({ code: 'request-refused', message: input.error.message });
        const handler = given[name];
        if (!handler) return failed({ code: 'not-faked', message: `${channel} has no fake.` });
        try {
          const answer = await handler(input.data, { work });
          return { ok: true, value: entry.output.parse(answer) };
        } catch (error) {
          if (error instanceof FakeFailure) return failed(error.failure);
          throw error;
        }
      };
      return [name, call];
    });
    return [area, Object.fromEntries(named) as object];
  });
  return {
    bridge: Object.fromEntries(pages) as Bridge,
    made,
    emit(name, payload) {
      const [area = '', verb = ''] = name.split('.');
      const entry = Reflect.get(Reflect.get(contract, area) as object, verb) as Page[string];
      const value = entry.kind === 'event' ? entry.payload.parse(payload) : payload;
      for (const listener of listeners.get(name) ?? []) listener(value);
    },
  };
}

type AnyHandler = (input: unknown, context: FakeContext) => unknown;

const failed = (failure: Failure) => ({ ok: false, failure });

const namesOf = (files: unknown) =>
  Array.isArray(files) ? files.map((file: { name: string }) => `/dropped/${file.name}`) : [];

function subscribe(heard: Set<(payload: unknown) => void>) {
  return (listener: (payload: unknown) => void) => {
    heard.add(listener);
    return () => void heard.delete(listener);
  };
}
