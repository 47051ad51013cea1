import { rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { acquainted, CliOffice, releaseFor, Workplace } from '../support/cli.ts';
import { look, willPick } from './pages/screens.ts';
import { launch, type Running } from './support/launch.ts';
import { ask } from './support/vault.ts';

/**
 * A release of special data needs a second person. The officer names somebody of the vault and
 * asks; that person signs in, reads what they would sign, and agrees; the officer seals. The
 * vault was made with the command line, and the receiver checks with it.
 */
test.describe.configure({ mode: 'serial' });

const BEA = 'Bea agrees or does not agree';
const place = new Workplace();
const sender = new CliOffice(place, 'amina');
const receiver = new CliOffice(place, 'bruno');
const errors: string[] = [];
let running: Running;
let page: Page;
let id = '';

test.beforeAll(async () => {
  test.setTimeout(600_000);
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
  sender.ok(
    ...[
      'member',
      'add',
      '--role',
      'approver',
      '--name',
      'Bea Roth',
      '--email',
      'bea@office.example',
    ],
    ...['--new-passphrase-file', place.write('bea', `${BEA}\n`)],
  );
  const release = releaseFor([receiver.fingerprint]);
  const assessment = { ...(release['assessment'] as object), risk: 'high' };
  id = sender.ok<{ id: string }>(
    ...['package', 'new', '--case', 'CASE-1', '--file'],
    place.json('release.json', { ...release, assessment, dataCategories: ['HealthRecord'] }),
    place.write('records.csv', 'name,diagnosis\nAwa Sample,none\n'),
  ).id;
  running = await launch();
  ({ page } = running);
  await ask(page, 'app.setPreferences', { autoLockMinutes: 240 });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
});
test.afterAll(async () => {
  await running.close();
  rmSync(running.home, { recursive: true, force: true });
  place.clean();
});
test.afterEach(() => {
  expect(errors).toEqual([]);
});

async function unlock(passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
}
const lock = async () => {
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'The vault is locked' })).toBeVisible();
};

test('the officer is told why, names somebody, and asks', async () => {
  await willPick(running.app, [sender.vault]);
  await page.getByRole('button', { name: 'Open an existing vault' }).click();
  await unlock(sender.passphrase);
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await page
    .getByRole('button', { name: /^Check/ })
    .first()
    .click();
  await expect(page.getByText(/1 more has to agree: Special categories/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'To look at' })).toBeVisible();
  await willPick(running.app, [place.write('registry.txt', 'an extract')]);
  await page.getByRole('button', { name: /^Ownership/ }).click();
  await page.getByRole('button', { name: 'Add a file’s digest' }).click();
  await expect(page.getByRole('textbox', { name: 'What it rests on' })).toHaveValue(
    /registry\.txt, SHA-256 [0-9a-f]{64}$/,
  );
  await look(running.app, page, '69-evidence-digest');
  await page.keyboard.press('Escape');
  await page.getByText('Bea Roth', { exact: true }).click();
  await expect(page.getByText(/0 of 1 approvals are there. Still asked: Bea Roth/)).toBeVisible();
  await look(running.app, page, '70-approvers-named');
  await page.getByRole('button', { name: 'Ask them to agree' }).click();
  await expect(page.getByText('Its form is fixed')).toBeVisible();
  await look(running.app, page, '71-form-fixed');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Overview/ })
    .click();
  await expect(page.getByText(/0 of 1 approvals are there/)).toBeVisible();
  await lock();
});

test('the second person reads what they would sign, and signs it', async () => {
  await unlock(BEA);
  await expect(page.getByText(/asks you to agree to it/)).toBeVisible();
  await page.getByRole('button', { name: 'Look at it' }).first().click();
  await expect(page.getByText('The second signature')).toBeVisible();
  await look(running.app, page, '72-asked-to-agree');
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await look(running.app, page, '73-agree');
  await page.getByRole('button', { name: 'Sign it' }).click();
  await expect(page.getByText(/You agreed\. The officer can seal it/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Agree', exact: true })).toBeHidden();
  await lock();
});

test('the officer seals it, and the receiver finds both signatures', async () => {
  await unlock(sender.passphrase);
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await expect(page.getByText('agreed', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Seal the package' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Bea Roth agreed to it, and signed that.')).toBeVisible();
  await dialog.getByText('A copy goes into a folder').click();
  await willPick(running.app, [place.folder]);
  await dialog.getByRole('button', { name: /^Choose/ }).click();
  await dialog.getByRole('button', { name: 'Seal the package' }).click();
  await expect(page.getByText(/The package is sealed/)).toBeVisible();
  await lock();
  const { sealed } = sender.ok<{ sealed: { fileName: string } }>('package', 'show', id);
  const taken = receiver.ok<{ state: string; warnings: string[] }>(
    ...['inbox', 'add', place.path(sealed.fileName)],
  );
  expect(taken).toMatchObject({ state: 'delivered', warnings: ['approver-unverified'] });
});
