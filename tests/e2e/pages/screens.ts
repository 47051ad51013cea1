import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const FOLDER = resolve(import.meta.dirname, '../../../test-results/screens');
const SIZES = { wide: [1280, 800], narrow: [420, 800] } as const;

/** Pictures are for people: they are taken when somebody wants to look at them. */
const TAKES_PICTURES = process.env['VALISE_PICTURES'] === '1';

/**
 * Looks at a screen: has it judged by axe, light and dark, and with VALISE_PICTURES=1 takes its
 * picture wide and narrow too, into test-results/screens. A packed program shows the same page,
 * which is not looked at twice.
 */
export async function look(app: ElectronApplication, page: Page, name: string): Promise<void> {
  if (process.env['VALISE_EXECUTABLE'] !== undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => {
      document.documentElement.dataset['theme'] = to;
    }, theme);
    for (const [size, [width, height]] of TAKES_PICTURES ? Object.entries(SIZES) : []) {
      await resize(app, width, height);
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(FOLDER, `${name}-${size}-${theme}.png`) });
    }
    await resize(app, ...SIZES.wide);
    // Legacy mode: Electron gives no second page to isolate the analysis in.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // Only colours differ in the dark.
    if (theme === 'dark') axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      `${name}, ${theme}`,
    ).toEqual([]);
  }
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'light';
  });
}

async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [w, h]) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setMinimumSize(300, 300);
      window?.setContentSize(w, h);
    },
    [width, height] as const,
  );
}

/** What the system's pickers will answer from now on: a person's choice cannot be driven. */
export async function willPick(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

/** Where the system's dialog for a new file will say it goes, from now on. */
export async function willSave(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

/** Goes to a room by its name on the left. */
export async function go(page: Page, room: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: room, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
