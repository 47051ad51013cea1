import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, launch, test } from './support/launch.ts';
import { ask, makeVault, pagePid, stateAfterLock, unlock, valueOf } from './support/vault.ts';

/** The program around the page: what it remembers, and what it lives through. */

test('the window comes back where it was', async () => {
  const first = await launch();
  const wanted = { x: 40, y: 30, width: 900, height: 640 };
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
  }, wanted);
  await first.page.waitForTimeout(300);
  await first.close();
  const second = await launch({ home: first.home });
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(bounds).toMatchObject({ width: wanted.width, height: wanted.height });
  await second.close();
  rmSync(first.home, { recursive: true, force: true });
});

test('the window comes back on a screen when its place is on none', async () => {
  const first = await launch();
  await first.close();
  const file = join(first.home, 'user-data', 'preferences.json');
  const far = { bounds: { x: 90_000, y: 90_000, width: 900, height: 640 }, maximised: false };
  writeFileSync(file, JSON.stringify({ version: 1, window: far }));
  const second = await launch({ home: first.home });
  const x = await second.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds().x,
  );
  expect(x).toBeLessThan(10_000);
  await second.close();
  rmSync(first.home, { recursive: true, force: true });
});

test('preferences are kept, and wrong ones give way one by one', async () => {
  const first = await launch();
  valueOf(await ask(first.page, 'app.setPreferences', { theme: 'dark', autoLockMinutes: 3 }));
  await first.close();
  const file = join(first.home, 'user-data', 'preferences.json');
  const kept = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...kept, autoLockMinutes: 'never', language: '../x' }));
  const second = await launch({ home: first.home });
  expect(valueOf(await ask(second.page, 'app.preferences'))).toEqual({
    theme: 'dark',
    autoLockMinutes: 10,
  });
  await second.close();
  writeFileSync(file, 'no JSON at all');
  const third = await launch({ home: first.home });
  expect(valueOf(await ask(third.page, 'app.preferences'))).toMatchObject({ theme: 'system' });
  await third.close();
  rmSync(first.home, { recursive: true, force: true });
});

test('a second start finds the vault of the first, locked', async () => {
  const first = await launch();
  await makeVault(first.page);
  await first.close();
  const second = await launch({ home: first.home });
  expect(valueOf(await ask(second.page, 'vault.state'))).toEqual({
    state: 'locked',
    folder: 'vault',
    reason: 'start',
  });
  await unlock(second.page);
  const { rows } = valueOf(
    await ask<{ rows: { type: string; detail: object }[] }>(second.page, 'ledger.page', {
      limit: 3,
    }),
  );
  expect(rows.map(({ type }) => type)).toEqual(['unlocked', 'locked', 'genesis']);
  expect(rows[1]?.detail).toEqual({ reason: 'quit' });
  await second.close();
  rmSync(first.home, { recursive: true, force: true });
});

test('a page that crashes is started anew, and the vault stays open', async () => {
  const { app, page, home, close } = await launch();
  await makeVault(page);
  const before = await pagePid(app);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => pagePid(app)).not.toBe(before);
  const state = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    while (contents?.getURL() !== 'app://bundle/index.html' || contents.isLoading())
      await new Promise((done) => setTimeout(done, 50));
    const asked = 'window.valise.vault.state().then((reply) => reply.value.state)';
    return (await contents.executeJavaScript(asked)) as string;
  });
  expect(state).toBe('open');
  await close();
  rmSync(home, { recursive: true, force: true });
});

test('the menu’s lock locks', async ({ valise: { app, page } }) => {
  await makeVault(page);
  await app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    items?.find(({ accelerator }) => accelerator === 'CommandOrControl+L')?.click();
  });
  expect(await stateAfterLock(page)).toBe('locked');
});
