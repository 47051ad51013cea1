import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { launch, type Running } from './support/launch.ts';
import { ask } from './support/vault.ts';
import { go, look, willPick, willSave } from './pages/screens.ts';

/**
 * History as an officer reads it. A package is exchanged with the command line; then the real
 * window narrows the list, keeps a view of it, goes to a day, saves it, and shows both sides.
 */
test.describe.configure({ mode: 'serial' });

const place = new Workplace();
const a = new CliOffice(place, 'amina');
const b = new CliOffice(place, 'bruno');
const errors: string[] = [];
let running: Running;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  a.init();
  b.init();
  acquainted(place, a, b);
  const payload = place.write('records.csv', 'name,email\nAwa Sample,awa@people.example\n');
  const id = a.draft([b.fingerprint], [payload]);
  const sealed = a.seal(id, place.path('out'));
  a.ok('package', 'sent', id, '--by', 'the courier');
  b.ok('inbox', 'add', sealed.path);
  const receipts = place.path('receipts');
  const { path } = b.ok<{ path: string }>('package', 'accept', id, '--out', receipts);
  a.ok('inbox', 'add', path);
  running = await launch();
  ({ page } = running);
  await ask(page, 'app.setPreferences', { autoLockMinutes: 240 });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await willPick(running.app, [a.vault]);
  await page.getByRole('button', { name: 'Open an existing vault' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(a.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Officer amina', {
    timeout: 60_000,
  });
  await go(page, 'History');
});

test.afterAll(async () => {
  await running.close();
  rmSync(running.home, { recursive: true, force: true });
  place.clean();
});

test.afterEach(() => {
  expect(errors).toEqual([]);
});

const list = () => page.getByRole('grid', { name: 'History' });
const pressMenu = async (button: string, item: string) => {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

test('filters say in words what they narrow the list to', async () => {
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('combobox', { name: 'Outcome' }).fill('Acc');
  await page.getByRole('option', { name: 'Accepted' }).click();
  await expect(page.getByText('Outcome: Accepted')).toBeVisible();
  await expect(page.getByText('One entry.')).toBeVisible();
  await look(running.app, page, '60-history-filters');
});

test('a view keeps the filters, and takes them up again', async () => {
  await pressMenu('Views', 'Keep these filters…');
  await page.getByLabel('Name of the view').fill('What was accepted');
  await look(running.app, page, '61-history-keep-view');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The view “What was accepted” is kept.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('Outcome: Accepted')).toBeHidden();
  await pressMenu('Views', 'What was accepted');
  await expect(page.getByText('Outcome: Accepted')).toBeVisible();
  await pressMenu('Views', 'Forget “What was accepted”');
  await expect(page.getByText('is forgotten.')).toBeVisible();
});

test('the list is saved as lines of JSON, the same as what is shown', async () => {
  const path = place.path('history.jsonl');
  await willSave(running.app, path);
  await pressMenu('Save this list', 'As lines of JSON');
  await expect(page.getByText(/One entry was written to history\.jsonl/)).toBeVisible();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as { type: string; detail: object });
  expect(rows).toMatchObject([{ type: 'receipt-in', detail: { kind: 'accepted' } }]);
});

test('one package is seen on both sides, with each signature checked', async () => {
  const row = list().getByRole('row').nth(1);
  await row.click();
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Only this package' }).click();
  await page.getByRole('button', { name: 'Clear' }).waitFor();
  await page.getByRole('button', { name: 'Both sides' }).click();
  const sides = page.getByRole('dialog').getByRole('region', { name: 'The life of the package' });
  await expect(sides.getByText('Accepted', { exact: true })).toBeVisible();
  await expect(
    sides
      .getByText('proved by a receipt')
      .or(sides.getByText(/receipt/i))
      .first(),
  ).toBeVisible();
  await look(running.app, page, '62-history-both-sides');
  await page.keyboard.press('Escape');
});

test('a day is gone to by the keyboard', async () => {
  await page.getByRole('button', { name: 'Clear' }).click();
  const today = new Date();
  const field = page.getByRole('group', { name: 'Go to a day' });
  await field.getByRole('spinbutton').first().click();
  const two = (value: number) => String(value).padStart(2, '0');
  await page.keyboard.type(
    `${two(today.getMonth() + 1)}${two(today.getDate())}${String(today.getFullYear())}`,
  );
  await expect(list().getByRole('row', { selected: true })).toBeVisible();
  await look(running.app, page, '63-history-day');
});

test('evidence of one package goes out without names, and one entry with its proof', async () => {
  await page.getByRole('button', { name: 'Export evidence' }).click();
  await page.getByText('One package', { exact: true }).click();
  const write = page.getByRole('button', { name: 'Choose a folder and write it' });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Package' }).fill('Customer');
  await page.getByRole('option').first().click();
  await page.getByText('Without names and words').click();
  await look(running.app, page, '64-history-evidence');
  const out = place.path('evidence');
  mkdirSync(out);
  await willPick(running.app, [out]);
  await write.click();
  await expect(page.getByText(/entries were exported to/)).toBeVisible();
  const [name = ''] = readdirSync(out);
  expect(name).toContain('-part-redacted');
  const bundle = a.run('verify', `${out}/${name}`, '--trust', a.fingerprint);
  expect(bundle.code, bundle.stdout).toBe(0);
  await list().getByRole('row').nth(2).dblclick();
  await page.getByRole('button', { name: 'Inclusion proof' }).click();
  const proof = place.path('proof.json');
  await willSave(running.app, proof);
  await page.getByRole('button', { name: 'Save the proof' }).click();
  await expect(page.getByText('The proof was written to proof.json.')).toBeVisible();
  expect(a.run('verify', proof, '--trust', a.fingerprint).code).toBe(0);
});
