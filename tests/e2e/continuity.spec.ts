import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PASSPHRASE, WindowOffice } from './pages/office.ts';
import { addCounterparty } from './support/counterparty.ts';

/**
 * Yesterday's vault is put back. The window says what happened, what is missing and what was
 * kept; an officer goes on, and the vault can be worked in again.
 */
test.describe.configure({ mode: 'serial' });

const AMINA = {
  name: 'Amina Diallo',
  email: 'amina@justice.example',
  organisation: 'Ministry of Justice',
  country: 'Senegal',
};

let office: WindowOffice;
let vault = '';
let yesterday = '';

test.beforeAll(async () => {
  office = await WindowOffice.start();
  vault = join(office.running.home, 'user-data', 'vault');
  yesterday = join(office.running.home, 'yesterday');
});
test.afterAll(async () => {
  await office.close();
  rmSync(office.running.home, { recursive: true, force: true });
});
test.afterEach(() => {
  expect(office.errors).toEqual([]);
});

async function lock(): Promise<void> {
  await office.page.keyboard.press('Control+l');
  await expect(office.page.getByRole('heading', { name: 'The vault is locked' })).toBeVisible();
  await expect.poll(() => readdirSync(vault)).not.toContain('lock');
}

async function unlock(): Promise<void> {
  await office.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await office.page.getByRole('button', { name: 'Unlock' }).click();
  await expect(office.page.getByRole('heading', { level: 1 })).toContainText(AMINA.name, {
    timeout: 30_000,
  });
}

test('a vault lives for a day, and its old copy is put back', async () => {
  await office.firstRun(AMINA);
  await addCounterparty(office.page);
  await lock();
  cpSync(vault, yesterday, { recursive: true });
  await unlock();
  await office.go('History');
  await office.page.getByRole('button', { name: 'Verify now' }).click();
  await expect(office.page.getByText(/were recomputed and verified/)).toBeVisible();
  await lock();
  rmSync(vault, { recursive: true });
  cpSync(yesterday, vault, { recursive: true });
});

test('the window says what happened, what is missing, what was kept and what to do', async () => {
  const { page } = office;
  await unlock();
  const banner = page.getByRole('alert');
  await expect(banner).toContainText('This vault is an old copy');
  await expect(banner).toContainText('this computer remembers');
  await expect(banner).toContainText(/Missing: entries [0-9]+ to [0-9]+/);
  await expect(banner).toContainText('Nothing was changed');
  await expect(banner).toContainText('Look for the newer copy');
  await office.look('40-old-copy');
  await office.go('Contacts');
  await expect(banner).toBeVisible();
  await office.go('History');
  await expect(banner).toBeVisible();
  await office.look('41-old-copy-history');
  await page.getByRole('button', { name: 'Where it is remembered' }).click();
  await expect(page.getByText('This computer', { exact: true })).toBeVisible();
  await expect(page.getByText('Behind it')).toBeVisible();
  await office.look('42-remembered-behind');
  await page.keyboard.press('Escape');
});

test('an officer says what happened, and goes on', async () => {
  const { page } = office;
  await page.getByRole('button', { name: 'Go on from here' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What happened').fill('The disk of the office broke.');
  await office.look('43-acknowledge');
  await dialog.getByRole('button', { name: 'Acknowledge and go on' }).click();
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('alert')).toBeHidden();
  await office.go('Overview');
  await office.go('History');
  await expect(page.getByText('A rollback was acknowledged')).toBeVisible();
  await page.getByRole('button', { name: 'Where it is remembered' }).click();
  await expect(page.getByText('Exactly there')).toBeVisible();
  await expect(page.getByText('Ledgers that this one continues')).toBeVisible();
  await expect(page.getByText(/Known to be lost: entries [0-9]+ to [0-9]+/)).toBeVisible();
  await office.look('44-remembered-after');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText(/were recomputed and verified/)).toBeVisible();
});

test('the next unlock is like any other', async () => {
  await lock();
  await unlock();
  await expect(office.page.getByRole('alert')).toBeHidden();
  await office.go('Contacts');
  await expect(office.page.getByText('Bruno Keller').first()).toBeVisible();
});
