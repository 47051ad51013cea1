import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DomainError } from '../../../main/domain/errors/index.ts';
import { openCounter, type Handler } from '../../../main/ipc/counter.ts';
import { Works } from '../../../main/ipc/works.ts';
import { event, invoke, work } from '../../../preload/contract/kinds.ts';

type Listener = (event: never, ...args: unknown[]) => unknown;

const pages = {
  desk: {
    greet: invoke(z.strictObject({ name: z.string().max(20) }), z.object({ said: z.string() })),
    carry: work(z.strictObject({}), z.object({ done: z.boolean() })),
    changed: event(z.object({})),
  },
};

const WORK = 'a'.repeat(32);

/** A counter over a plain map of channels: what `ipcMain.handle` is given, called by hand. */
function counter(given: Partial<Record<'desk.greet' | 'desk.carry', Handler>> = {}) {
  const channels = new Map<string, Listener>();
  const incidents: { where: string; trace: readonly string[] }[] = [];
  const progress: unknown[] = [];
  const works = new Works();
  const handlers = new Map<string, Handler>([
    ['desk.greet', given['desk.greet'] ?? (async () => ({ ok: true, value: { said: 'hello' } }))],
    ['desk.carry', given['desk.carry'] ?? (async () => ({ ok: true, value: { done: true } }))],
  ]);
  openCounter({
    ipc: { handle: (channel, listener) => void channels.set(channel, listener as Listener) },
    pages,
    handlers,
    isOurs: (asked) => (asked as unknown as { ours: boolean }).ours,
    works,
    progress: (id, value) => progress.push([id, value]),
    incident: (where, trace) => {
      incidents.push({ where, trace });
      return 'ABCD1234';
    },
  });
  const ask = (channel: string, ...args: unknown[]) =>
    Promise.resolve(channels.get(channel)?.({ ours: true } as never, ...args));
  const askFromElsewhere = (channel: string, ...args: unknown[]) =>
    Promise.resolve(channels.get(channel)?.({ ours: false } as never, ...args));
  return { channels, ask, askFromElsewhere, incidents, progress, works };
}

describe('the counter', () => {
  it('listens on the calls of the contract and on nothing else', () => {
    expect([...counter().channels.keys()]).toEqual(['desk.greet', 'desk.carry']);
  });

  it('does not open while a call has no handler', () => {
    const open = () =>
      openCounter({
        ipc: { handle: () => undefined },
        pages,
        handlers: new Map(),
        isOurs: () => true,
        works: new Works(),
        progress: () => undefined,
        incident: () => '',
      });
    expect(open).toThrow('Nobody answers desk.greet');
  });

  it('answers our window', async () => {
    const { ask } = counter();
    expect(await ask('desk.greet', { name: 'Amina' })).toEqual({
      ok: true,
      value: { said: 'hello' },
    });
  });

  it('refuses anybody else before it looks at what was asked', async () => {
    let asked = false;
    const { askFromElsewhere } = counter({
      'desk.greet': async () => {
        asked = true;
        return { ok: true, value: { said: 'hello' } };
      },
    });
    expect(await askFromElsewhere('desk.greet', { name: 'Amina' })).toMatchObject({
      ok: false,
      failure: { code: 'sender-refused' },
    });
    expect(asked).toBe(false);
  });

  it.each([
    undefined,
    null,
    'Amina',
    { name: 7 },
    { name: 'x'.repeat(21) },
    { name: 'Amina', path: '/etc/passwd' },
    [],
  ])('refuses the input %j and says only where', async (input) => {
    const { ask } = counter();
    const reply = await ask('desk.greet', input);
    expect(reply).toMatchObject({ ok: false, failure: { code: 'request-refused' } });
    expect(JSON.stringify(reply)).not.toContain('/etc/passwd');
  });

  it('cuts an answer to its schema', async () => {
    const { ask } = counter({
      'desk.greet': async () => ({ ok: true, value: { said: 'hello', path: '/home/amina' } }),
    });
    expect(await ask('desk.greet', { name: 'Amina' })).toEqual({
      ok: true,
      value: { said: 'hello' },
    });
  });

  it('holds back an answer that does not fit, and notes where', async () => {
    const { ask, incidents } = counter({
      'desk.greet': async () => ({ ok: true, value: { said: 42 } }),
    });
    expect(await ask('desk.greet', { name: 'Amina' })).toMatchObject({
      ok: false,
      failure: { code: 'answer-refused', incident: 'ABCD1234' },
    });
    expect(incidents).toEqual([
      { where: 'desk.greet', trace: ['answer refused at desk.greet: said'] },
    ]);
  });

  it('passes an expected failure on as it is', async () => {
    const { ask, incidents } = counter({
      'desk.greet': async () => {
        throw new DomainError('case-unknown', { reference: 'SN-1' });
      },
    });
    expect(await ask('desk.greet', { name: 'Amina' })).toEqual({
      ok: false,
      failure: {
        code: 'case-unknown',
        message: 'There is no case SN-1.',
        hint: 'Open it first.',
        params: { reference: 'SN-1' },
      },
    });
    expect(incidents).toEqual([]);
  });

  it('turns a bug into a number, and tells the window nothing else', async () => {
    const { ask, incidents } = counter({
      'desk.greet': async () => {
        throw new Error('CANARY in a message');
      },
    });
    const reply = await ask('desk.greet', { name: 'Amina' });
    expect(reply).toMatchObject({ failure: { code: 'unexpected', incident: 'ABCD1234' } });
    expect(JSON.stringify([reply, incidents])).not.toContain('CANARY');
    expect(incidents[0]?.trace[0]).toBe('Error');
  });
});

describe('a long work', () => {
  it.each([undefined, 'short', 'Z'.repeat(32), 7])('needs an id, and %j is none', async (id) => {
    const { ask } = counter();
    expect(await ask('desk.carry', {}, id)).toMatchObject({
      ok: false,
      failure: { code: 'request-refused' },
    });
  });

  it('is cancelled by its id, and by no other', async () => {
    const { ask, works } = counter({
      'desk.carry': async (_input, { signal }) => {
        while (signal?.aborted === false) await wait(1);
        throw new DomainError('cancelled');
      },
    });
    const asked = ask('desk.carry', {}, WORK);
    await wait(5);
    expect(works.cancel('b'.repeat(32))).toBe(false);
    expect(works.cancel(WORK)).toBe(true);
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(works.count).toBe(0);
  });

  it('cannot take the id of one that runs', async () => {
    const finish = new AbortController();
    const { ask } = counter({
      'desk.carry': async () => {
        while (!finish.signal.aborted) await wait(1);
        return { ok: true, value: { done: true } };
      },
    });
    const first = ask('desk.carry', {}, WORK);
    expect(await ask('desk.carry', {}, WORK)).toMatchObject({ failure: { code: 'work-running' } });
    finish.abort();
    expect(await first).toMatchObject({ ok: true });
  });

  it('reports under its id', async () => {
    const { ask, progress } = counter({
      'desk.carry': async (_input, { report }) => {
        report?.({ stage: 'carrying', done: 1, total: 2 });
        return { ok: true, value: { done: true } };
      },
    });
    await ask('desk.carry', {}, WORK);
    expect(progress).toEqual([[WORK, { stage: 'carrying', done: 1, total: 2 }]]);
  });
});
