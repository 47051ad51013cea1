import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { formsOf } from '../support/canary.ts';
import { filesBelow } from '../support/cli.ts';
import { PASSPHRASE, WindowOffice } from './pages/office.ts';
import { willPick, willSave } from './pages/screens.ts';

/**
 * The main job, in two real windows with their real main processes: first run, a contact, a
 * package composed and sealed; the other office receives, verifies and accepts; the first one
 * sees the receipt in History. Only the system's own file picker is answered for.
 */
test.describe.configure({ mode: 'serial' });

const AMINA = {
  name: 'Amina Diallo',
  email: 'amina@justice.example',
  organisation: 'Ministry of Justice',
  country: 'Senegal',
};
const BRUNO = {
  name: 'Bruno Keller',
  email: 'bruno@keller.example',
  organisation: 'Keller SA',
  country: 'France',
};

let sender: WindowOffice;
let receiver: WindowOffice;
const folder = mkdtempSync(join(tmpdir(), 'valise-window-'));
const share = join(folder, 'share');
const payload = join(folder, 'customers.csv');
const RECORDS = 'name,email\nAwa Sample,awa@people.example\n';
const REFERENCE = 'SN-2026-17';
const TITLE = 'Customer records, returned';

test.beforeAll(async () => {
  mkdirSync(share);
  writeFileSync(payload, RECORDS);
  sender = await WindowOffice.start();
  receiver = await WindowOffice.start();
});

test.afterAll(() => {
  for (const office of [sender, receiver])
    rmSync(office.running.home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(() => {
  expect([...sender.errors, ...receiver.errors]).toEqual([]);
});

test('both offices make their vaults', async () => {
  await sender.firstRun(AMINA, true);
  await receiver.firstRun(BRUNO);
  await sender.look('04-overview-empty');
});

test('each adds the other and compares the fingerprint', async () => {
  await sender.addContact(await receiver.certificate(), BRUNO.name, '05');
  await receiver.addContact(await sender.certificate(), AMINA.name);
  await sender.addChannel('Shared folder', share);
  await receiver.addChannel('Shared folder', share);
  await sender.look('06-settings');
});

test('the sender composes a package in four steps', async () => {
  const { page } = sender;
  await sender.go('Packages');
  await sender.look('07-packages-empty');
  await page.getByRole('button', { name: 'New package' }).first().click();
  await page.getByLabel('Reference').fill(REFERENCE);
  await page.getByLabel('Title').fill(TITLE);
  await page.getByRole('button', { name: 'Begin the draft' }).click();

  await willPick(sender.app, [payload]);
  await page.getByRole('button', { name: /choose files/i }).click();
  await expect(page.getByText('customers.csv').first()).toBeVisible();
  await sender.look('08-compose-what');

  await step(page, 'Why');
  await code(page, 'Legal instrument', 'COE-185-26');
  await code(page, 'Legal basis', 'A6-1-c');
  await page.getByLabel('Purpose', { exact: true }).fill('Return of customer records.');
  await code(page, 'Offences', '09031');
  await code(page, 'Categories of data', 'EmailAddress');
  await page.getByText('counted', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Number of people' }).fill('1');
  await page.getByLabel('Where the data come from').fill('Seized server, image 4 of 6');
  await page.getByText('TLP:AMBER', { exact: true }).click();
  await page
    .getByRole('group', { name: /^Keep until/ })
    .getByRole('spinbutton')
    .first()
    .click();
  await page.keyboard.type('12312030');
  await page.getByText('destroy it and certify that', { exact: true }).click();
  await sender.look('09-compose-why');

  await step(page, 'To whom');
  await page.getByRole('button', { name: `Add ${BRUNO.name}` }).click();
  await expect(page.getByText('It goes to 1 contact')).toBeVisible();
  await sender.look('10-compose-who');

  await step(page, 'Check and seal');
  await page.getByRole('button', { name: /^Ownership/ }).click();
  for (let question = 0; question < 7; question += 1) {
    await page
      .getByText('met', { exact: true })
      .and(page.locator('label *, label'))
      .first()
      .click();
    await page.getByLabel('What it rests on').fill('Seen in the file.');
    if (question === 2) await sender.look('11-compose-check');
    await page.getByRole('button', { name: 'Next question' }).click();
  }
  await page.getByText('Low', { exact: true }).click();
  await expect(page.getByText('Nothing blocks. It can be sealed.')).toBeVisible();
  await sender.look('12-compose-ready');
});

test('the sender seals it, and is told what is about to happen', async () => {
  const { page } = sender;
  await page.getByRole('button', { name: 'Seal the package' }).first().click();
  await expect(page.getByRole('heading', { name: 'What is about to happen' })).toBeVisible();
  await sender.look('13-seal-dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Seal the package' }).click();
  await expect(page.getByText(/^The package is sealed/)).toBeVisible();
  await sender.look('14-sealed');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(() => readdirSync(share)).toHaveLength(1);
  expect(readFileSync(join(share, readdirSync(share)[0] ?? '')).includes('awa@people')).toBe(false);
});

test('the receiver fetches, verifies and accepts', async () => {
  const { page } = receiver;
  await receiver.go('Inbox');
  await receiver.look('15-inbox-empty');
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await page.getByText(TITLE).first().click();
  await expect(page.getByText(/^Signed by/).first()).toBeVisible({ timeout: 30_000 });
  await receiver.look('16-inbox');
  await page.getByRole('button', { name: 'Accept', exact: true }).first().click();
  await receiver.look('17-accept-dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(
    page.getByText(/signed receipts? waits? to be sent|The receipt for/).first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await expect.poll(() => readdirSync(share).length).toBeGreaterThan(2);
});

test('the receiver writes the files out, where it was said', async () => {
  const { page } = receiver;
  const out = join(folder, 'out');
  mkdirSync(out);
  await page.getByRole('button', { name: 'Write the files out' }).first().click();
  const dialog = page.getByRole('dialog');
  await willPick(receiver.app, [out]);
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await receiver.look('18-extract-dialog');
  await dialog.getByRole('button', { name: 'Write them out' }).click();
  // While it runs, the window is an alert that Escape does not close: only the word is the end.
  await expect(page.getByText(/files? (was|were) written into out/)).toBeVisible();
  const [bag = ''] = readdirSync(out);
  expect(readFileSync(join(out, bag, 'data', 'customers.csv'), 'utf8')).toBe(RECORDS);
});

test('the sender sees the receipts in History, verifies, and locks', async () => {
  const { page } = sender;
  await sender.go('Inbox');
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await sender.go('Packages');
  await expect(page.getByRole('row').filter({ hasText: 'Accepted' })).toBeVisible({
    timeout: 30_000,
  });
  await sender.look('19-packages');
  await page.getByRole('row').filter({ hasText: 'Accepted' }).dblclick();
  await page.getByRole('button', { name: 'Save as a page' }).click();
  await sender.look('19-page');
  const printed = join(folder, 'package.pdf');
  await willSave(sender.running.app, printed);
  await page.getByRole('button', { name: 'Choose where' }).click();
  await expect(page.getByText('The page was written to package.pdf.')).toBeVisible();
  const pdf = readFileSync(printed, 'latin1');
  expect(pdf).toMatch(/^%PDF-1\.\d/);
  expect(pdf).toMatch(/%%EOF\s*$/);
  expect(pdf).toContain('/Type /Page');
  const readable = join(folder, 'package.html');
  await page.getByRole('button', { name: 'Save as a page' }).click();
  await page.getByLabel('Form', { exact: true }).click();
  await page.getByRole('option', { name: /Web page/ }).click();
  await willSave(sender.running.app, readable);
  await page.getByRole('button', { name: 'Choose where' }).click();
  await expect(page.getByText('The page was written to package.html.')).toBeVisible();
  expect(readFileSync(readable, 'utf8')).toContain(REFERENCE);
  await sender.go('History');
  await expect(page.getByText(`${BRUNO.name} accepted the package`)).toBeVisible();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText(/entries up to then were recomputed and verified/)).toBeVisible();
  await sender.look('20-history');
  await page.getByText(`${BRUNO.name} accepted the package`).dblclick();
  await expect(page.getByText(/This entry is in the signed ledger/)).toBeVisible();
  await sender.look('21-history-entry');
  await page.keyboard.press('Escape');
  await sender.go('Overview');
  await sender.look('22-overview');
  // The lock is said at once, and then the page is renewed: what is looked at is the new one.
  await page.evaluate(() => {
    document.documentElement.dataset['before'] = 'lock';
  });
  await page.keyboard.press('Control+l');
  await expect(page.locator('html[data-before]')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'The vault is locked' })).toBeVisible();
  await sender.look('23-locked');
  expect(await page.content()).not.toContain(REFERENCE);
  await page.getByLabel('Passphrase', { exact: true }).fill('not the right passphrase');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('wrong-passphrase')).toBeVisible();
  await sender.look('24-wrong-passphrase');
});

test('what rests in vault and profile names no person, case, file or passphrase', async () => {
  await sender.close();
  await receiver.close();
  const { name, email, organisation } = AMINA;
  const said = [PASSPHRASE, REFERENCE, TITLE, 'customers.csv', 'Awa Sample', BRUNO.name];
  for (const { running } of [sender, receiver]) {
    const files = filesBelow(running.home).map((file) => join(running.home, file));
    expect(files.some((file) => file.endsWith('vault.db'))).toBe(true);
    const found = files.flatMap((file) => {
      const bytes = readFileSync(file);
      return [...said, name, email, organisation]
        .filter((text) => formsOf(text).some((form) => bytes.includes(form)))
        .map((text) => `${text} in ${file}`);
    });
    expect(found).toEqual([]);
  }
});

async function step(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click();
}

async function code(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(value);
  await page.getByRole('option').filter({ hasText: value }).first().click();
  await page.keyboard.press('Escape');
}
