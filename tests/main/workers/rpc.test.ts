import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../main/domain/errors/index.ts';
import { describeFailure } from '../../../main/domain/errors/failure.ts';
import {
  Caller,
  serve,
  type CallContext,
  type Calls,
  type Port,
} from '../../../main/workers/rpc.ts';

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

const portOf = (port: MessagePort): Port => ({
  send: (message) => port.postMessage(message),
  listen: (listener) => void port.on('message', listener),
});

/** A real channel with both ends on it; what the asking end was told of events. */
function line(calls: Calls) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const events: [string, unknown][] = [];
  const tell = serve(portOf(port2), calls, describeFailure);
  const caller = new Caller(portOf(port1), (name, payload) => events.push([name, payload]));
  return { caller, tell, events, raw: port1 };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new DomainError('cancelled'));
    });
  });

describe('a call', () => {
  it('gets its own answer, whatever order the answers come in', async () => {
    const { caller } = line({
      echo: async ({ after, say }: { after: number; say: string }) => {
        await wait(after);
        return say;
      },
    });
    const asked = [30, 10, 20].map((after, index) =>
      caller.call('echo', { after, say: `answer ${String(index)}` }),
    );
    expect(await Promise.all(asked)).toEqual(
      [0, 1, 2].map((index) => ({ ok: true, value: `answer ${String(index)}` })),
    );
  });

  it('carries bytes and nested values as they are', async () => {
    const { caller } = line({ same: (input: unknown) => input });
    const value = { bytes: new Uint8Array([0, 255]), list: [{ at: '2026-05-03T10:00:00Z' }] };
    expect(await caller.call('same', value)).toEqual({ ok: true, value });
  });

  it('answers an expected failure with its code, sentence and hint', async () => {
    const { caller } = line({
      open: () => {
        throw new DomainError('vault-missing', { folder: '/home/officer/secret-place/vault' });
      },
    });
    const reply = await caller.call('open', undefined);
    expect(reply).toMatchObject({
      ok: false,
      failure: { code: 'vault-missing', message: 'There is no vault in vault.' },
    });
    expect(JSON.stringify(reply)).not.toContain('secret-place');
  });

  it('tells of a bug only its kind and its places, never its message', async () => {
    const { caller } = line({
      fail: () => {
        throw new TypeError('cannot read CANARY of /home/amina/CANARY.csv');
      },
    });
    const reply = await caller.call('fail', undefined);
    expect(reply).toMatchObject({ ok: false, failure: { code: 'unexpected', message: '' } });
    const text = JSON.stringify(reply);
    expect(text).not.toContain('CANARY');
    expect(text).toMatch(/TypeError.*rpc\.test\.ts:\d+:\d+/);
  });

  it.each(['nothing', 'toString', '__proto__', 'constructor'])(
    'refuses %s, which nobody offers',
    async (name) => {
      const { caller } = line({ something: () => 1 });
      expect(await caller.call(name, undefined)).toMatchObject({ ok: false });
    },
  );
});

describe('a long call', () => {
  it('stops when it is told to', async () => {
    const { caller } = line({
      long: (_: unknown, { signal }: { signal: AbortSignal }) => untilAborted(signal),
    });
    const stop = new AbortController();
    const asked = caller.call('long', undefined, { signal: stop.signal });
    await wait(5);
    stop.abort();
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('stops when it was told to before it began', async () => {
    const { caller } = line({
      long: (_: unknown, { signal }: { signal: AbortSignal }) => untilAborted(signal),
    });
    const asked = caller.call('long', undefined, { signal: AbortSignal.abort() });
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  });

  it('stops alone', async () => {
    const { caller } = line({
      long: (_: unknown, { signal }: { signal: AbortSignal }) => untilAborted(signal),
      short: () => 'done',
    });
    const stop = new AbortController();
    const stopped = caller.call('long', undefined, { signal: stop.signal });
    const other = caller.call('short', undefined);
    stop.abort();
    expect(await other).toEqual({ ok: true, value: 'done' });
    expect(await stopped).toMatchObject({ ok: false });
  });

  it('is given up after its deadline', async () => {
    let told = false;
    const { caller } = line({
      stuck: (_: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener('abort', () => {
          told = true;
        });
        return new Promise(() => undefined);
      },
    });
    const reply = await caller.call('stuck', undefined, { deadline: 20 });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'office-stopped' } });
    await expect.poll(() => told).toBe(true);
  });

  it('reports how far it is, sparingly, and always the end', async () => {
    const { caller } = line({
      count: (_: unknown, { report }: Pick<CallContext, 'report'>) => {
        for (let done = 0; done <= 10_000; done += 1)
          report({ stage: 'counting', done, total: 10_000 });
      },
    });
    const heard: { done: number }[] = [];
    await caller.call('count', undefined, { report: (progress) => heard.push(progress) });
    expect(heard.length).toBeLessThan(200);
    expect(heard[0]).toMatchObject({ stage: 'counting', done: 0 });
    expect(heard.at(-1)).toMatchObject({ done: 10_000, total: 10_000 });
  });
});

describe('a peer that ends', () => {
  it('fails what waits and what is asked afterwards', async () => {
    const { caller } = line({ never: () => new Promise(() => undefined) });
    const asked = caller.call('never', undefined);
    caller.end({ code: 'office-stopped', message: 'gone' });
    const gone = { ok: false, failure: { code: 'office-stopped', message: 'gone' } };
    expect(await asked).toEqual(gone);
    expect(await caller.call('never', undefined)).toEqual(gone);
  });
});

describe('what is no message', () => {
  it.each([null, 7, 'call', [], { is: 'call' }, { is: 'value', number: 'x' }, { is: 'other' }])(
    '%j is passed over on both ends',
    async (junk) => {
      const { caller, raw, tell } = line({ echo: (input: unknown) => input });
      raw.postMessage(junk);
      tell('event', 1);
      expect(await caller.call('echo', 'still here')).toEqual({ ok: true, value: 'still here' });
    },
  );
});

it('an event reaches the asking end', async () => {
  const { tell, events } = line({});
  tell('ledger.appended', { size: 3 });
  await expect.poll(() => events).toEqual([['ledger.appended', { size: 3 }]]);
});
