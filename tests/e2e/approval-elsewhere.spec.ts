import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { acquainted, CliOffice, releaseFor, Workplace } from '../support/cli.ts';
import { go, look, willPick, willSave } from './pages/screens.ts';
import { launch, type Running } from './support/launch.ts';
import { ask } from './support/vault.ts';

/**
 * Somebody with a vault of their own is asked to agree, by file: they read in their window what
 * they would sign, and answer. The office that asks works with the command line.
 */
test.describe.configure({ mode: 'serial' });

const place = new Workplace();
const sender = new CliOffice(place, 'amina');
const approver = new CliOffice(place, 'carla');
const errors: string[] = [];
let running: Running;
let page: Page;

/** A draft of data that needs a second person, and the sealed request to agree to it. */
function request(name: string): { id: string; file: string } {
  const release = releaseFor([approver.fingerprint]);
  const assessment = { ...(release['assessment'] as object), risk: 'high' };
  const { id } = sender.ok<{ id: string }>(
    ...['package', 'new', '--case', 'CASE-1', '--file'],
    place.json('release.json', {
      ...{ ...release, assessment, dataCategories: ['HealthRecord'] },
      approvers: [approver.fingerprint],
    }),
    place.write('records.csv', 'name,diagnosis\nAwa Sample,none\n'),
  );
  const file = place.path(name);
  sender.ok('approval', 'request', id, '--out', file);
  return { id, file };
}

test.beforeAll(async () => {
  test.setTimeout(600_000);
  sender.init();
  approver.init();
  acquainted(place, sender, approver);
  running = await launch();
  ({ page } = running);
  await ask(page, 'app.setPreferences', { autoLockMinutes: 240 });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await willPick(running.app, [approver.vault]);
  await page.getByRole('button', { name: 'Open an existing vault' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(approver.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
});
test.afterAll(async () => {
  await running.close();
  rmSync(running.home, { recursive: true, force: true });
  place.clean();
});
test.afterEach(() => {
  expect(errors).toEqual([]);
});

async function open(file: string): Promise<void> {
  await go(page, 'Inbox');
  await willPick(running.app, [file]);
  await page.getByRole('button', { name: 'Answer a request to agree' }).click();
}
const answer = () => page.getByRole('button', { name: 'Sign the answer' });

test('a request is read before it is signed, and the answer lets the officer seal', async () => {
  const { id, file } = request('request.pgp');
  await open(file);
  await expect(
    page.getByRole('region', { name: 'Officer amina asks you to agree to a release' }),
  ).toBeVisible();
  await expect(page.getByText(/Return of records to the company/)).toBeVisible();
  await look(running.app, page, '74-asked-elsewhere');
  await page.getByText('I agree', { exact: true }).click();
  await willSave(running.app, place.path('answer.pgp'));
  await answer().click();
  await expect(page.getByText(/Your answer is in answer\.pgp/)).toBeVisible();
  await expect(answer()).toBeHidden();
  sender.ok('approval', 'add', place.path('answer.pgp'));
  expect(sender.ok('package', 'check', id)).toMatchObject({ items: [] });
});

test('who does not agree says why, and the officer reads it', async () => {
  const { id, file } = request('another.pgp');
  await open(file);
  await page.getByText('I do not agree', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Reason' }).fill('recipient');
  await page.getByRole('option').first().click();
  await page.keyboard.press('Tab');
  await look(running.app, page, '75-not-agreed');
  await willSave(running.app, place.path('no.pgp'));
  await answer().click();
  await expect(page.getByText(/Your answer is in no\.pgp/)).toBeVisible();
  sender.ok('approval', 'add', place.path('no.pgp'));
  expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'assessed' });
});

test('a file that became another one meanwhile is not signed', async () => {
  const { file } = request('swapped.pgp');
  await open(file);
  await page.getByText('I agree', { exact: true }).click();
  const other = request('other.pgp');
  copyFileSync(other.file, file);
  await willSave(running.app, place.path('wrong.pgp'));
  await answer().click();
  await expect(page.getByText(/it asks for another release now/)).toBeVisible();
  expect(existsSync(place.path('wrong.pgp'))).toBe(false);
  await page.getByRole('button', { name: 'Not now' }).click();
  await open(place.write('nonsense.pgp', 'no message'));
  await expect(page.getByRole('alert').first()).toBeVisible();
  await look(running.app, page, '76-request-refused');
});
