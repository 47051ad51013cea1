import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Rounds } from '../../../main/workers/rounds.ts';
import { releaseFor } from '../../support/cli.ts';
import { twoOffices, type TwoOffices } from '../../support/two-offices.ts';

const EVERY = 20;
let both: TwoOffices;
let rounds: Rounds | undefined;

beforeAll(async () => {
  both = await twoOffices('2026-03-01T09:00:00Z');
  both.place.write('payload/a.txt', 'for the other office\n');
  await both.sender.open.cases.open({ reference: 'CASE-1', title: 'A case', counterpart: ['FR'] });
});
afterAll(async () => {
  await rounds?.stop();
  await both.close();
});

async function sealed(): Promise<string> {
  const { sender, receiver, place } = both;
  const release = { ...releaseFor([receiver.fingerprint]), transferBasis: ['A45-3'] };
  const { id } = await sender.open.drafts.make('CASE-1', release, [place.path('payload')]);
  await sender.open.sealing.seal(id);
  return id;
}

describe('while a vault is open', () => {
  it('fetches what has come by itself', async () => {
    const id = await sealed();
    await both.sender.open.exchange.send(id, 'share');
    const [told, moved] = [vi.fn(), vi.fn()];
    rounds = new Rounds(both.receiver.office, EVERY, told, moved);
    rounds.start();
    await vi.waitFor(
      () => {
        expect(both.receiver.open.inbox.list()).toMatchObject([{ id, state: 'delivered' }]);
      },
      { timeout: 30_000 },
    );
    await rounds.stop();
    expect(told).toHaveBeenCalled();
    expect(moved).toHaveBeenCalledWith(
      expect.objectContaining({ done: expect.any(Number) as unknown }),
    );
  });

  it('sends what failed again once its time has come, and once only', async () => {
    const id = await sealed();
    const { sender, place, clock } = both;
    rmSync(place.path('share'), { recursive: true });
    await expect(sender.open.exchange.send(id, 'share')).rejects.toThrow();
    place.write('share/.keep', '');
    rounds = new Rounds(sender.office, EVERY, () => undefined);
    rounds.start();
    const item = () => sender.open.queue.list().find((each) => each.package === id);
    expect(item()).toMatchObject({ state: 'waiting', tries: 1, problem: 'folder-unknown' });
    clock.wait(0.1);
    await vi.waitFor(
      () => {
        expect(item()).toMatchObject({ state: 'sent' });
      },
      { timeout: 30_000 },
    );
    await rounds.stop();
    expect(item()).not.toHaveProperty('problem');
    const { ledger } = sender.open.session;
    expect(ledger.query({ package: id, types: ['dispatched'] })).toHaveLength(1);
  });

  it('what was paused and is sent after all has one place in the queue', async () => {
    const id = await sealed();
    const { sender, place } = both;
    rmSync(place.path('share'), { recursive: true });
    await expect(sender.open.exchange.send(id, 'share')).rejects.toThrow();
    place.write('share/.keep', '');
    await sender.open.queue.pause();
    await sender.open.exchange.run(undefined);
    const items = () => sender.open.queue.list().filter((each) => each.package === id);
    expect(items()).toMatchObject([{ state: 'paused' }]);
    await sender.open.exchange.send(id, 'share');
    expect(items()).toMatchObject([{ state: 'sent' }]);
  });

  it('a round that a lock interrupts takes nothing out of the queue', async () => {
    const id = await sealed();
    const { sender, place } = both;
    rmSync(place.path('share'), { recursive: true });
    await expect(sender.open.exchange.send(id, 'share')).rejects.toThrow();
    place.write('share/.keep', '');
    const stopped = { signal: AbortSignal.abort() };
    await expect(sender.open.exchange.run(undefined, stopped)).rejects.toMatchObject({
      code: 'cancelled',
    });
    const item = () => sender.open.queue.list().find((each) => each.package === id);
    expect(item()).toMatchObject({ state: 'waiting', tries: 1 });
    await sender.open.exchange.run(undefined);
    expect(item()).toMatchObject({ state: 'sent' });
  });

  it('two exchanges at once send nothing twice', async () => {
    const id = await sealed();
    const { exchange, session } = both.sender.open;
    await Promise.all([
      exchange.send(id, 'share'),
      exchange.run(undefined),
      exchange.run('share'),
      exchange.run(undefined, {}, true),
    ]);
    expect(session.ledger.query({ package: id, types: ['dispatched'] })).toHaveLength(1);
  });
});
