import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { launch, type Running } from '../support/launch.ts';
import { ask, valueOf } from '../support/vault.ts';
import { go, look, willPick } from './screens.ts';

export interface Officer {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly country: string;
}

export const PASSPHRASE = 'correct horse battery staple';

/** A person in front of one window, who does everything with what is on the glass. */
export class WindowOffice {
  readonly running: Running;
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page complained of: there must be nothing. */
  readonly errors: string[] = [];

  private constructor(running: Running) {
    this.running = running;
    this.app = running.app;
    this.page = running.page;
    this.page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async start(): Promise<WindowOffice> {
    return new WindowOffice(await launch());
  }

  look(name: string): Promise<void> {
    return look(this.app, this.page, name);
  }

  go(room: string): Promise<void> {
    return go(this.page, room);
  }

  /** First run: from the welcome page to an open vault. */
  async firstRun(officer: Officer, isLooked = false): Promise<void> {
    const { page } = this;
    await expect(page.getByRole('button', { name: 'Make a vault' })).toBeVisible();
    if (isLooked) await this.look('01-welcome');
    await page.getByRole('button', { name: 'Make a vault' }).click();
    await page.getByLabel('Your name').fill(officer.name);
    await page.getByLabel('E-mail address').fill(officer.email);
    await page.getByLabel('Your office').fill(officer.organisation);
    await page.getByRole('combobox', { name: 'Country' }).fill(officer.country);
    await page.getByRole('option', { name: officer.country }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
    if (isLooked) await this.look('02-first-run');
    await page.getByRole('button', { name: 'Make the vault' }).click();
    await expect(page.getByRole('heading', { name: 'Recovery code' })).toBeVisible({
      timeout: 30_000,
    });
    if (isLooked) await this.look('03-recovery-code');
    await page.getByText('I have printed the code').click();
    await page.getByRole('button', { name: 'Open the vault' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(officer.name);
  }

  /** What this office gives to others. */
  async certificate(): Promise<string> {
    const own = valueOf(await ask<{ certificate: string }>(this.page, 'keys.own'));
    return own.certificate;
  }

  /** Adds a contact by pasting a certificate, and records that the fingerprints match. */
  async addContact(certificate: string, name: string, shot?: string): Promise<void> {
    const { page } = this;
    await this.go('Contacts');
    await page.getByRole('button', { name: 'Add a contact' }).first().click();
    await page.getByLabel('Or paste its text').fill(certificate);
    await page.getByRole('button', { name: 'Read it' }).click();
    await expect(page.getByText('The certificate says')).toBeVisible();
    if (shot !== undefined) await this.look(`${shot}-add-contact`);
    await page.getByRole('button', { name: 'Add this contact' }).click();
    await page.getByRole('button', { name: 'They match' }).first().click();
    await page.getByText('In person', { exact: true }).click();
    await page.getByRole('button', { name: 'Record it' }).click();
    await expect(page.getByText('Compared', { exact: true }).first()).toBeVisible();
    if (shot !== undefined) await this.look(`${shot}-contact`);
    await this.go('Contacts');
    await expect(page.getByText(name).first()).toBeVisible();
    if (shot !== undefined) await this.look(`${shot}-contacts`);
  }

  /** Adds a folder channel in the inbox, where somebody who fetches for the first time meets it. */
  async addChannel(name: string, folder: string): Promise<void> {
    const { page } = this;
    await willPick(this.app, [folder]);
    await this.go('Settings');
    await page.getByRole('button', { name: 'Add a channel' }).click();
    await page.getByRole('button', { name: 'Choose the folder' }).click();
    await page.getByLabel('Name of the channel').fill(name);
    await page.getByRole('button', { name: 'Add and test it' }).click();
    await expect(page.getByRole('rowheader', { name })).toBeVisible();
  }

  close(): Promise<void> {
    return this.running.close();
  }
}
