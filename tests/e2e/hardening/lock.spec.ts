import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addCounterparty, completeRelease } from '../support/counterparty.ts';
import { expect, launch, test, type Running } from '../support/launch.ts';
import { familyOf, isAlive, searchMemory } from '../support/processes.ts';
import { keysOf } from '../support/vault-keys.ts';
import {
  ask,
  choose,
  makeVault,
  officePid,
  pagePid,
  PASSPHRASE,
  stateAfterLock,
  unlock,
  valueOf,
  workId,
} from '../support/vault.ts';

/** Locking. The numbers are those of the list in docs/hardening.md. */

const WAYS = {
  suspend: 'suspend',
  'lock-screen': 'screen',
  shutdown: 'quit',
} as const;

for (const [signal, reason] of Object.entries(WAYS))
  test(`25 lock: on ${signal} the vault is locked, and its processes are gone`, async ({
    valise: { app, page },
  }) => {
    await makeVault(page);
    const pid = (await officePid(app)) ?? 0;
    const glass = await pagePid(app);
    expect(isAlive(pid)).toBe(true);
    await app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), signal);
    await expect.poll(() => [pid, glass].filter(isAlive)).toEqual([]);
    expect(await stateAfterLock(page)).toBe('locked');
    const state = valueOf(await ask<{ reason: string }>(page, 'vault.state'));
    expect(state.reason).toBe(reason);
  });

test('25 lock: idleness locks, and a long work is let finish first', async ({
  valise: { app, page },
}) => {
  await makeVault(page);
  valueOf(await ask(page, 'app.setPreferences', { autoLockMinutes: 1 }));
  // From now on nobody is there; how often that was looked at is counted.
  await app.evaluate(({ powerMonitor }) => {
    const counting = globalThis as { looks?: number };
    counting.looks = 0;
    powerMonitor.getSystemIdleTime = () => {
      counting.looks = (counting.looks ?? 0) + 1;
      return counting.looks > 1 ? 61 : 0;
    };
  });
  // One after the other, asked for at once: long enough on any machine to be looked at twice.
  const works = await Promise.all(
    Array.from({ length: 6 }, () => ask(page, 'samples.start', {}, workId())),
  );
  const looks = await app.evaluate(() => (globalThis as { looks?: number }).looks ?? 0);
  expect(works.map(({ ok }) => ok)).toEqual(works.map(() => true));
  expect(looks).toBeGreaterThan(1);
  expect(await stateAfterLock(page)).toBe('locked');
  const state = valueOf(await ask<{ reason: string }>(page, 'vault.state'));
  expect(state.reason).toBe('idle');
});

test('25 lock: what is asked of a locked vault is refused, without starting anything', async ({
  valise: { app, page },
}) => {
  await makeVault(page);
  await lock(page);
  for (const call of ['contacts.list', 'cases.list', 'overview.items', 'ledger.status'] as const)
    expect(await ask(page, call)).toMatchObject({ ok: false, failure: { code: 'vault-locked' } });
  expect(await officePid(app)).toBeUndefined();
});

test('25 lock: a token from before is worth nothing after', async ({ valise }) => {
  const { page, home } = valise;
  await makeVault(page);
  const [folder] = await choose(valise, 'channel', [home]);
  await lock(page);
  await unlock(page);
  const channel = { name: 'usb', kind: 'folder', folder };
  expect(await ask(page, 'exchange.addChannel', channel)).toMatchObject({
    ok: false,
    failure: { code: 'token-unknown' },
  });
});

test.describe('20 memory', () => {
  test('after a lock no process holds a key, and only the router a remnant of the content', async () => {
    const running = await launch();
    const { app, page, home } = running;
    await makeVault(page);
    const canary = await workWith(running);
    const needles = new Map<string, Uint8Array>([
      ['content', Buffer.from(canary)],
      ['content, UTF-16', Buffer.from(canary, 'utf16le')],
      ...(await keysOf(join(home, 'user-data', 'vault'), PASSPHRASE)),
    ]);
    const router = app.process().pid ?? 0;
    const ended = [(await officePid(app)) ?? 0, await pagePid(app)];
    const before = searchMemory(router, needles);
    // The search finds what is there, or what it does not find would mean nothing.
    expect(sum(ended.map((pid) => searchMemory(pid, needles)))['content']).toBeGreaterThan(0);

    await lock(page);
    await expect.poll(() => ended.filter(isAlive)).toEqual([]);
    await page.waitForTimeout(3000);
    const family = familyOf(router);
    const others = sum(family.slice(1).map((pid) => searchMemory(pid, needles)));
    const after = searchMemory(router, needles);
    const found = { before: sum([before]), after: sum([after]), others };
    test.info().annotations.push({ type: 'memory', description: JSON.stringify(found) });

    const keys = [...needles.keys()].filter((name) => name.startsWith('key'));
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((name) => (others[name] ?? 0) + (after.get(name) ?? 0) > 0)).toEqual([]);
    expect(others['content']).toBe(0);
    expect(others['content, UTF-16']).toBe(0);
    // Freed, not yet overwritten: the copies that Chromium's channels made of what passed through.
    expect(after.get('content')).toBeLessThan((before.get('content') ?? 0) / 2);
    await running.close();
    rmSync(home, { recursive: true, force: true });
  });
});

function sum(searches: readonly ReadonlyMap<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const search of searches)
    for (const [name, count] of search) total[name] = (total[name] ?? 0) + count;
  return total;
}

/**
 * Puts a marker into everything that a person writes, and onto the glass. It is put together
 * inside the page, so that what is found of it later did not come from driving the window.
 */
async function workWith(running: Running): Promise<string> {
  const { page, home } = running;
  const halves = ['CANARY', crypto.randomUUID(), crypto.randomUUID()] as const;
  const canary = halves.join('-');
  mkdirSync(join(home, 'payload'));
  writeFileSync(join(home, 'payload', `${canary}.csv`), `name\n${canary}\n`);
  const files = await choose(running, 'payload', [join(home, 'payload')]);
  const release = completeRelease(await addCounterparty(page), '');
  await page.evaluate(
    async ({ parts, form, tokens, work }) => {
      const marker = parts.join('-');
      const must = <T>(reply: { ok: true; value: T } | { ok: false }) => {
        if (!reply.ok) throw new Error('a call failed');
        return reply.value;
      };
      const { cases, packages, ledger } = window.valise;
      must(await cases.open({ reference: marker, title: marker, counterpart: ['FR'] }));
      const made = must(
        await packages.make(
          {
            case: marker,
            release: { ...form, purpose: marker },
            files: tokens as { id: string; use: 'payload' }[],
          },
          work,
        ),
      );
      const { id } = made.package;
      must(await packages.seal({ id }, work));
      for (let round = 0; round < 10; round += 1) {
        document.body.append(JSON.stringify(must(await packages.show({ id }))));
        document.body.append(JSON.stringify(must(await cases.list())));
        must(await ledger.page({ limit: 50 }));
      }
    },
    { parts: halves, form: release, tokens: files, work: workId() },
  );
  return canary;
}

/** Locks as a person does. The page that asked is gone before it could hear the answer. */
async function lock(page: Running['page']): Promise<void> {
  await ask(page, 'vault.lock').catch(() => undefined);
  expect(await stateAfterLock(page)).toBe('locked');
}
