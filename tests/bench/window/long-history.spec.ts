import { mkdirSync, rmSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { go, willPick, willSave } from '../../e2e/pages/screens.ts';
import { launch } from '../../e2e/support/launch.ts';
import { ask } from '../../e2e/support/vault.ts';
import { printTable, type Row } from '../table.ts';

const PICTURES = resolve(import.meta.dirname, '../../../test-results/bench-screens');
const FOLDER = process.env['BENCH_FOLDER'] ?? '';
const PATIENCE = { timeout: 15 * 60_000 };

/** How long the page stood still at most since it was last asked, in milliseconds. */
async function standstill(page: Page): Promise<number> {
  return page.evaluate(() => {
    const seen = Reflect.get(window, 'longest') as { now: number } | undefined;
    if (seen !== undefined) {
      const { now } = seen;
      seen.now = 0;
      return now;
    }
    const longest = { now: 0 };
    Reflect.set(window, 'longest', longest);
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      longest.now = Math.max(longest.now, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return 0;
  });
}

/** How long after a press on the page the first row of the history was painted, in milliseconds. */
async function firstRow(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    addEventListener(
      'pointerdown',
      () => {
        const began = performance.now();
        const look = () => {
          if (document.querySelector('.v-grid-line:not([aria-busy])') === null)
            requestAnimationFrame(look);
          else
            setTimeout(() => {
              Reflect.set(window, 'firstRow', performance.now() - began);
            });
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
  await press();
  const shown = await page.waitForFunction(() => Reflect.get(window, 'firstRow') as number);
  return shown.jsonValue();
}

test('a long history in the window', async () => {
  mkdirSync(PICTURES, { recursive: true });
  const { app, page, home, close } = await launch();
  const rows: Row[] = [];
  const list = () => page.getByRole('grid', { name: 'History' });
  const line = () => list().locator('.v-grid-line:not([aria-busy])');
  const step = async (work: string, bar: string, act: () => Promise<void>) => {
    await standstill(page);
    const began = performance.now();
    await act();
    rows.push({ work, unit: 'ms', ours: performance.now() - began, bar });
    rows.push({
      work: '  longest without a frame',
      unit: 'ms',
      ours: await standstill(page),
      bar: 'the program itself: under 50 ms',
    });
    await page.screenshot({ path: join(PICTURES, `${String(rows.length / 2)}-${work}.png`) });
  };
  try {
    await ask(page, 'app.setPreferences', { autoLockMinutes: 240 });
    await willPick(app, [FOLDER]);
    await page.getByRole('button', { name: 'Open an existing vault' }).click();
    await page
      .getByLabel('Passphrase', { exact: true })
      .fill(process.env['BENCH_PASSPHRASE'] ?? '');
    await step('unlock', '', async () => {
      await page.getByRole('button', { name: 'Unlock' }).click();
      await expect(page.getByRole('navigation')).toBeVisible(PATIENCE);
    });
    let painted = 0;
    await step('to History, as the driver sees it', '', async () => {
      painted = await firstRow(page, () => go(page, 'History'));
      await line().first().waitFor(PATIENCE);
    });
    rows.push({ work: '  first rows', unit: 'ms', ours: painted, bar: 'under 200 ms' });
    await step('the middle', 'no blank frames', async () => {
      await list().evaluate((grid) => {
        grid.scrollTop = grid.scrollHeight / 2;
      });
      await expect(list().locator('[aria-busy]')).toHaveCount(0, PATIENCE);
    });
    await step('the end, by key', 'no blank frames', async () => {
      await list().focus();
      await page.keyboard.press('End');
      await expect(list().getByText('The vault was made, and its ledger began')).toBeVisible(
        PATIENCE,
      );
    });
    await step('filter', 'under 150 ms', async () => {
      await page.getByRole('button', { name: /^All acts/ }).click();
      await page.getByRole('option', { name: 'Receipts' }).click();
      await expect(page.getByText('Receipts', { exact: true }).first()).toBeVisible();
      await line().first().waitFor(PATIENCE);
      await expect(list().locator('[aria-busy]')).toHaveCount(0, PATIENCE);
    });
    await page.getByRole('button', { name: 'Clear' }).click();
    await step('search', 'under 150 ms', async () => {
      await page.getByLabel('Search people').fill('magistrate');
      await expect(list().locator('[aria-busy]')).toHaveCount(0, PATIENCE);
      await line().first().waitFor(PATIENCE);
    });
    const out = join(home, 'list.csv');
    await willSave(app, out);
    await step('save the list', '', async () => {
      await page.getByRole('button', { name: 'Save this list' }).click();
      await page.getByRole('menuitem', { name: 'As a table (CSV)' }).click();
      await expect(page.getByText(/entries were written to list\.csv/)).toBeVisible(PATIENCE);
    });
    expect(statSync(out).size).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Clear' }).click();
    await step('verify', 'under 10 s for a million', async () => {
      await page.getByRole('button', { name: 'Verify now' }).click();
      const bar = page.getByRole('progressbar', { name: 'Verifying the ledger' }).first();
      await expect(bar).toBeVisible(PATIENCE);
      await page.waitForTimeout(2000);
      await page.screenshot({ path: join(PICTURES, 'verifying.png') });
      await expect(bar).toBeHidden(PATIENCE);
      await expect(page.getByText(/were recomputed and verified/)).toBeVisible();
    });
  } finally {
    const load = loadavg().map((number) => number.toFixed(1));
    printTable(`The window with a long ledger (load ${load.join(' ')})`, rows);
    await close();
    rmSync(home, { recursive: true, force: true });
  }
});
