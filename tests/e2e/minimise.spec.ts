import { readFileSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { look, willPick, willSave } from './pages/screens.ts';
import { launch, type Running } from './support/launch.ts';
import { ask } from './support/vault.ts';

/** A table of a draft is made smaller in the window: looked at, chosen from, written, exchanged. */
const place = new Workplace();
const office = new CliOffice(place, 'amina');
const other = new CliOffice(place, 'bruno');
const errors: string[] = [];
let running: Running;
let page: Page;
let id = '';

test.beforeAll(async () => {
  test.setTimeout(600_000);
  office.init();
  other.init();
  acquainted(place, office, other);
  const rows = [
    ['1', 'Awa Sample', 'awa@people.example', '4111 1111 1111 1111', 'SN'],
    ['2', 'Bo Muster', 'bo@people.example', '', 'FR'],
    ['3', 'Cy Exemple', 'cy@people.example', '5555 5555 5555 4444', 'SN'],
  ];
  const table = rows.map((row) => `${row.join(',')}\n`).join('');
  id = office.draft(
    [other.fingerprint],
    [place.write('customers.csv', `number,name,email,card,country\n${table}`)],
  );
  running = await launch();
  ({ page } = running);
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await ask(page, 'app.setPreferences', { autoLockMinutes: 240 });
});
test.afterAll(async () => {
  await running.close();
  rmSync(running.home, { recursive: true, force: true });
  place.clean();
});

test.afterEach(() => {
  expect(errors).toEqual([]);
});

async function choose(label: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(label) }).click();
  await page.getByRole('option', { name: choice }).click();
}

test('columns go, are masked and get pseudonyms, and the draft has the smaller table', async () => {
  await willPick(running.app, [office.vault]);
  await page.getByRole('button', { name: 'Open an existing vault' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(office.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await page.getByRole('button', { name: /^What/ }).first().click();
  await page.getByRole('button', { name: 'Make customers.csv smaller' }).click();
  await expect(page.getByText(/payment card \(2 of 2\)/)).toBeVisible();
  await look(running.app, page, '95-table');
  await choose('What becomes of card', 'Goes');
  await choose('What becomes of name', 'Masked');
  await choose('What becomes of number', 'Pseudonym');
  await choose('Rows', 'By country');
  await page.getByRole('textbox', { name: 'Value' }).fill('SN');
  await expect(page.getByRole('cell', { name: '***' }).first()).toBeVisible();
  await look(running.app, page, '96-smaller');
  const out = place.path('smaller.csv');
  await willSave(running.app, out);
  await page.getByRole('button', { name: 'Write the smaller table' }).click();
  await expect(page.getByText(/2 of 3 rows/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make smaller.csv smaller' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make customers.csv smaller' })).toBeHidden();
  await look(running.app, page, '97-draft');
  expect(readFileSync(out, 'utf8')).toMatch(
    /^number,name,email,country\r\n[0-9a-f]{20},\*\*\*,awa@people\.example,SN\r\n[0-9a-f]{20},\*\*\*,cy@people\.example,SN\r\n$/,
  );
  expect(readFileSync(place.path('customers.csv'), 'utf8')).toContain('4111');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'The vault is locked' })).toBeVisible();
  const { draftFiles } = office.ok<{ draftFiles: { path: string }[] }>('package', 'show', id);
  expect(draftFiles.map(({ path }) => path)).toEqual(['data/smaller.csv']);
});
