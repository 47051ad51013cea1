import { readdirSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { MAIL_PASSWORD, MailServers } from '../support/mail-servers.ts';
import { Sshd } from '../support/sshd.ts';
import { go, look, willPick } from './pages/screens.ts';
import { launch, type Running } from './support/launch.ts';
import { ask } from './support/vault.ts';

/**
 * A channel over a real SSH server, in the window: added and tested, its key pinned; the plug is
 * pulled while something is to be sent, and put in again.
 */
test.describe.configure({ mode: 'serial' });

const place = new Workplace();
const office = new CliOffice(place, 'amina');
const other = new CliOffice(place, 'bruno');
const errors: string[] = [];
let running: Running;
let page: Page;
let server: Sshd;
let id = '';

test.beforeAll(async () => {
  test.setTimeout(600_000);
  office.init();
  other.init();
  acquainted(place, office, other);
  id = office.draft([other.fingerprint], [place.write('records.csv', 'name\nAwa Sample\n')]);
  office.seal(id, place.path('out'));
  server = await Sshd.start(place.path('sshd'));
  running = await launch();
  ({ page } = running);
  await ask(page, 'app.setPreferences', { autoLockMinutes: 240 });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await willPick(running.app, [office.vault]);
  await page.getByRole('button', { name: 'Open an existing vault' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(office.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
});
test.afterAll(async () => {
  await running.close();
  await server.stop();
  rmSync(running.home, { recursive: true, force: true });
  place.clean();
});
test.afterEach(() => {
  expect(errors).toEqual([]);
});

test('a server is added and tested, and its key is shown to be compared', async () => {
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByText('A server, by SFTP').click();
  await page.getByLabel('Name of the channel').fill('Dakar');
  await page.getByRole('textbox', { name: 'Server', exact: true }).fill('127.0.0.1');
  await page.getByRole('textbox', { name: 'Port' }).fill(String(server.port));
  await page.getByRole('textbox', { name: 'User name' }).fill(server.user);
  await page.getByRole('textbox', { name: /Folder on the server/ }).fill(place.path('share'));
  await look(running.app, page, '100-add-server');
  await page.getByText('A key file', { exact: true }).click();
  await willPick(running.app, [server.key]);
  await page.getByRole('button', { name: 'Choose the key file' }).click();
  await page.getByRole('button', { name: 'Add and test it' }).click();
  await expect(page.getByRole('rowheader', { name: 'Dakar' })).toBeVisible();
  await expect(page.getByText(`key ${server.hostKey()}`, { exact: true })).toBeVisible();
  await look(running.app, page, '101-channels');
});

test('a WebDAV folder under an authority of the agency’s own is added and tested', async () => {
  const apache = await Apache.start(place.path('apache'));
  const fill = async () => {
    await page.getByRole('button', { name: 'Add a channel' }).click();
    await page.getByText(/A server, by WebDAV/).click();
    await page.getByLabel('Name of the channel').fill('Cloud');
    await page.getByRole('textbox', { name: /^Not faster than/ }).fill('20000');
    await page.getByRole('textbox', { name: 'Address of the folder' }).fill(apache.url());
    await page.getByRole('textbox', { name: 'User name' }).fill(USER);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  };
  const add = () => page.getByRole('button', { name: 'Add and test it' }).click();
  const remove = async () => {
    await page.getByRole('row', { name: /Cloud/ }).getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('rowheader', { name: 'Cloud' })).toBeHidden();
  };
  try {
    await fill();
    await add();
    await expect(page.getByText(/Cloud was added, but it does not work yet/)).toBeVisible();
    await remove();
    await fill();
    await willPick(running.app, [apache.authority]);
    await page.getByRole('button', { name: 'Choose the agency’s authority' }).click();
    await look(running.app, page, '105-add-webdav');
    await add();
    await expect(page.getByText('The channel Cloud works.', { exact: true })).toBeVisible();
    await remove();
  } finally {
    await apache.stop();
  }
});

test('a mailbox is added and tested', async () => {
  const mail = await MailServers.start(place.path('mail'), [
    'a@office.example',
    'b@office.example',
  ]);
  try {
    await page.getByRole('button', { name: 'Add a channel' }).click();
    await page.getByText(/E-mail, for small/).click();
    await page.getByLabel('Name of the channel').fill('Post');
    const fill = (name: string, text: string) =>
      page.getByRole('textbox', { name, exact: true }).fill(text);
    await fill('Our address', 'a@office.example');
    await fill('The other office’s address', 'b@office.example');
    await fill('Server for outgoing mail', mail.host);
    await fill('User name', 'a@office.example');
    await page.getByLabel('Password', { exact: true }).fill(MAIL_PASSWORD);
    await willPick(running.app, [mail.authority]);
    await page.getByRole('button', { name: 'Choose the agency’s authority' }).click();
    await look(running.app, page, '106-add-mail');
    await page.getByRole('button', { name: 'Add and test it' }).click();
    await expect(page.getByText('The channel Post works.', { exact: true })).toBeVisible();
    await page.getByRole('row', { name: /Post/ }).getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('rowheader', { name: 'Post' })).toBeHidden();
  } finally {
    await mail.stop();
  }
});

test('a policy of the agency is put in force, and one that changed is said', async () => {
  const gpg = new Gpg();
  const agency = gpg.makeKey('Agency');
  const file = place.json('policy.json', {
    ...{ format: 'valise.policy/1', name: 'Rules of the agency', at: '2026-01-02T00:00:00Z' },
    ...{ channels: ['folder', 'sftp'], retentionDays: 3650, validUntil: '2099-12-31' },
  });
  gpg.ok(['--local-user', agency, '--armor', '--detach-sign', '--output', `${file}.asc`, file]);
  const section = page.getByRole('region', { name: 'Policy of the agency' });
  const choose = async () => {
    await willPick(running.app, [file]);
    await section.getByRole('button', { name: 'Choose the policy' }).click();
  };
  await choose();
  await expect(section.getByText(/has no good signature/)).toBeVisible();
  const text = gpg.exportKey(agency).toString('utf8');
  await ask(page, 'contacts.add', { text, country: 'FR' });
  await ask(page, 'contacts.verify', { fingerprint: agency, method: 'in-person' });
  await choose();
  await expect(section.getByText('Rules of the agency', { exact: true })).toBeVisible();
  await section.getByText('SHA-256 of the file').scrollIntoViewIfNeeded();
  await look(running.app, page, '107-policy');
  place.write('policy.json', '{}');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Overview/ })
    .click();
  await expect(page.getByText(/has changed. Nothing is sealed until/)).toBeVisible();
  await look(running.app, page, '108-policy-changed');
  await go(page, 'Settings');
  await expect(section.getByRole('alert')).toBeVisible();
  gpg.stop();
});

test('with the plug pulled it waits, and it goes once the plug is in again', async () => {
  await server.stop();
  await go(page, 'Packages');
  await page.getByRole('button', { name: 'Customer records, returned', exact: true }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).first().click();
  const dialog = page.locator('.v-dialog');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText(/nothing listens there/)).toBeVisible();
  await look(running.app, page, '102-unreachable');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await go(page, 'Inbox');
  const queue = page.getByRole('region', { name: 'What waits to be sent' });
  await expect(queue.getByText('Tried once')).toBeVisible();
  await look(running.app, page, '103-queue');
  await queue.getByRole('button', { name: 'Pause' }).click();
  await expect(queue.getByText('Paused')).toBeVisible();
  await queue.getByRole('button', { name: 'Resume' }).click();
  await expect(queue.getByText('Paused')).toBeHidden();
  await server.begin();
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByText('1 file was sent.')).toBeVisible();
  await expect(queue).toBeHidden();
  expect(readdirSync(place.path('share'))).toHaveLength(1);
});

test('another key of the server stops it, and nothing goes through an air gap', async () => {
  await server.stop();
  server.newHostKey();
  await server.begin();
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText(/is not the server that it was/)).toBeVisible();
  await look(running.app, page, '104-key-changed');
  await page.getByText('Nothing goes over a network', { exact: true }).click();
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText(/The air gap is on/)).toBeVisible();
  await page.getByText('Nothing goes over a network', { exact: true }).click();
});

test('the way out is set, shown, and set back', async () => {
  await go(page, 'Settings');
  const section = page.getByRole('region', { name: 'The way out' });
  const save = section.getByRole('button', { name: 'Save', exact: true });
  await section.getByRole('textbox', { name: /^Proxy/ }).fill('http://proxy.agency.example:3128');
  await willPick(running.app, [place.write('agency.pem', '-----BEGIN CERTIFICATE-----\n')]);
  await section.getByRole('button', { name: 'Choose an authority to trust' }).click();
  await save.click();
  const kept = section.getByText('Trust the agency’s authority that was set');
  await expect(kept).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await look(running.app, page, '109-way-out');
  await section.getByRole('textbox', { name: /^Proxy/ }).fill('nonsense');
  await save.click();
  await expect(section.getByText(/must be http:\/\/host:port/)).toBeVisible();
  await section.getByRole('textbox', { name: /^Proxy/ }).fill('');
  await kept.click();
  await save.click();
  await expect(kept).toBeHidden();
});
