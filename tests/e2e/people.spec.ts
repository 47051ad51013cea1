import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { PASSPHRASE, WindowOffice } from './pages/office.ts';
import { stateAfterLock } from './support/vault.ts';

/**
 * Several people with one vault, in a real window: added, given another role, a lost key replaced,
 * removed; each comes in with a passphrase of their own and is named in the frame.
 */
test.describe.configure({ mode: 'serial' });

const AMINA = {
  name: 'Amina Diallo',
  email: 'amina@justice.example',
  organisation: 'Ministry of Justice',
  country: 'Senegal',
};
const JEAN = { name: 'Jean Moreau', email: 'jean@justice.example' };
const FIRST = 'the first words of Jean';
const OWN = 'four words that Jean chose';
const AGAIN = 'other words after the loss';

let office: WindowOffice;

test.beforeAll(async () => {
  office = await WindowOffice.start();
  await office.firstRun(AMINA);
});
test.afterAll(async () => {
  await office.close();
  rmSync(office.running.home, { recursive: true, force: true });
});
test.afterEach(() => {
  expect(office.errors).toEqual([]);
});

const person = (name: string) =>
  office.page
    .getByRole('region', { name: 'People' })
    .getByRole('listitem')
    .filter({ hasText: name });
const act = async (name: string, entry: string) => {
  await office.page.getByRole('button', { name: `Change ${name}` }).click();
  await office.page.getByRole('menuitem', { name: entry }).click();
};
const typeNew = async (passphrase: string) => {
  const dialog = office.page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('The same passphrase again').fill(passphrase);
};
/** The person at the window leaves, another one comes. */
const change = async (passphrase: string) => {
  const { page } = office;
  await page.evaluate(() => Object.assign(window, { beforeLock: true }));
  await page.keyboard.press('Control+l');
  expect(await stateAfterLock(page)).toBe('locked');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
};
const signedIn = () => office.page.getByRole('navigation').locator('.v-shell-who');

test('an officer adds a person, whose role is explained', async () => {
  const { page } = office;
  await office.go('Settings');
  await expect(person(AMINA.name)).toContainText('You');
  await expect(signedIn()).toContainText('Officer');
  await office.look('people-01-alone');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('button', { name: 'Add this person' }).click();
  await expect(page.getByText('Write the name as others know it.')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill(JEAN.name);
  await page.getByLabel('E-mail address').fill(JEAN.email);
  await typeNew(FIRST);
  await office.look('people-02-add');
  await page.getByRole('button', { name: 'Add this person' }).click();
  await expect(person(JEAN.name)).toContainText('Approver', { timeout: 30_000 });
  await office.look('people-03-two');
});

test('the new person comes in, sees who may what, and chooses a passphrase', async () => {
  const { page } = office;
  await change(FIRST);
  await expect(signedIn()).toContainText(JEAN.name, { timeout: 30_000 });
  await expect(signedIn()).toContainText('Approver');
  await office.go('Settings');
  await expect(page.getByRole('button', { name: 'Add a person' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Change ${AMINA.name}` })).toHaveCount(0);
  await page.getByLabel('Present passphrase').fill(FIRST);
  await page.getByLabel('New passphrase', { exact: true }).fill(OWN);
  await page.getByLabel('The new passphrase again').fill(OWN);
  await office.look('people-04-approver');
  await page.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(page.getByText('The passphrase was changed.')).toBeVisible({ timeout: 30_000 });
});

test('a recovery code comes on a page to print', async () => {
  const { page } = office;
  await page.getByLabel('Present passphrase').fill(OWN);
  await page.getByRole('button', { name: 'Replace the recovery code' }).click();
  await expect(page.getByRole('heading', { name: 'Recovery code' })).toBeVisible({
    timeout: 30_000,
  });
  await office.look('people-05-recovery');
  await page.getByText('I have printed the code').click();
  await page.getByRole('button', { name: 'Back to the settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('another role', async () => {
  const { page } = office;
  await change(PASSPHRASE);
  await office.go('Settings');
  await act(JEAN.name, 'Change the role');
  await page.getByText('Auditor', { exact: true }).click();
  await expect(page.getByText('Both databases are encrypted anew')).toBeVisible();
  await office.look('people-06-role');
  await page.getByRole('dialog').getByRole('button', { name: 'Change the role' }).click();
  await expect(person(JEAN.name)).toContainText('Auditor', { timeout: 30_000 });
});

test('a lost key is replaced', async () => {
  const { page } = office;
  await act(JEAN.name, 'Replace a lost key');
  await expect(page.getByText('Nothing that is kept here opens with this key')).toBeVisible();
  await typeNew(AGAIN);
  await office.look('people-07-renew');
  await page.getByRole('button', { name: 'Replace the key' }).click();
  await expect(page.getByText(`${JEAN.name} has a new key.`)).toBeVisible({ timeout: 30_000 });
  await change(OWN);
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('Passphrase', { exact: true }).fill(AGAIN);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(signedIn()).toContainText('Auditor', { timeout: 30_000 });
});

test('somebody is removed', async () => {
  const { page } = office;
  await change(PASSPHRASE);
  await office.go('Settings');
  await act(JEAN.name, 'Remove from this vault');
  await expect(page.getByText('Copies of the vault that were made before')).toBeVisible();
  await office.look('people-08-remove');
  await page.getByRole('button', { name: `Remove ${JEAN.name}` }).click();
  await expect(person(JEAN.name)).toHaveCount(0, { timeout: 30_000 });
  await expect(person(AMINA.name)).toBeVisible();
});
