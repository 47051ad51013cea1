import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { acquainted, CliOffice, releaseFor, Workplace } from '../support/cli.ts';
import { go, look, willPick, willSave } from './pages/screens.ts';
import { launch, type Running } from './support/launch.ts';
import { ask } from './support/vault.ts';

/**
 * What comes after a delivery, and what it adds up to: an office that got a request and a package,
 * and sent one, works on them in the window; the reports are read from its ledger. The other
 * office works with the command line.
 */
test.describe.configure({ mode: 'serial' });

const place = new Workplace();
const office = new CliOffice(place, 'amina');
const other = new CliOffice(place, 'bruno');
const errors: string[] = [];
let running: Running;
let page: Page;
const SENT = 'Customer records, returned';
const RECEIVED = 'What was found at the harbour';
const REQUEST = 'An order to hand over logs';

test.beforeAll(async () => {
  test.setTimeout(600_000);
  office.init();
  other.init();
  acquainted(place, office, other);
  const payload = place.write('records.csv', 'name\nAwa Sample\n');
  const out = place.path('out');
  const sent = office.draft([other.fingerprint], [payload]);
  office.seal(sent, out);
  office.ok('package', 'sent', sent, '--by', 'courier');
  for (const [reference, title, kind] of [
    ['B-1', RECEIVED, 'release'],
    ['B-2', REQUEST, 'request'],
  ] as const) {
    const opened = place.json('case.json', { reference, title, counterpart: ['FR'] });
    other.ok('case', 'new', '--file', opened);
    const release = { ...releaseFor([office.fingerprint]), kind };
    const file = place.json('release.json', release);
    const { id } = other.ok<{ id: string }>(
      ...['package', 'new', '--case', reference, '--file', file, payload],
    );
    office.ok('inbox', 'add', other.seal(id, out).path);
  }
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
  rmSync(running.home, { recursive: true, force: true });
  place.clean();
});
test.afterEach(() => {
  expect(errors).toEqual([]);
});

/** Opens a package from the list of all, by its title. */
async function openPackage(title: string): Promise<void> {
  await go(page, 'Packages');
  await page.getByRole('button', { name: title, exact: true }).click();
  await expect(page.getByRole('region', { name: 'Custody', exact: true })).toBeVisible();
}
/** An act that stands beside the title, or in the menu there. */
async function act(name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}
const theDialog = () => page.locator('.v-dialog');
async function choose(label: string, words: string): Promise<void> {
  await theDialog().getByRole('combobox', { name: label }).fill(words);
  await page.getByRole('option').filter({ hasText: words }).first().click();
  // The pointer still rests where the list was: Tab must not choose what lies under it.
  await page.keyboard.press('Tab');
  await expect(theDialog().getByRole('grid', { name: 'Chosen' })).toContainText(words);
}
/** @param day month, day and year, as the test's locale writes them */
async function typeDay(label: string, day: string): Promise<void> {
  const field = theDialog().getByRole('group', { name: new RegExp(`^${label}`) });
  await field.getByRole('spinbutton').first().click();
  await page.keyboard.type(day);
}
const dialogAct = (name: string) => theDialog().getByRole('button', { name, exact: true }).click();

test('an accepted request opens a case, and its answer can be delayed', async () => {
  await openPackage(REQUEST);
  await act('Accept');
  await dialogAct('Accept');
  await expect(page.getByText(/^Accepted\. The receipt/)).toBeVisible();
  await expect(page.getByText('You accepted it.')).toBeVisible();
  await act('Answer later');
  await choose('Reason', 'A legal review');
  await typeDay('Answer by', '03012031');
  await look(running.app, page, '80-delay');
  await dialogAct('Tell them');
  await expect(page.getByText(/You named .*2031 for the answer/)).toBeVisible();
  await look(running.app, page, '81-delayed');
  await go(page, 'Cases');
  await expect(page.getByRole('row', { name: /B-2/ })).toBeVisible();
});

test('what came in is put on hold, which beats its destruction', async () => {
  await openPackage(RECEIVED);
  await act('Put on hold');
  await choose('Reason', 'A court');
  await look(running.app, page, '82-hold');
  await dialogAct('Put on hold');
  await expect(page.getByText(/^On hold: /)).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menuitem', { name: 'Destroy' })).toBeHidden();
  await page.keyboard.press('Escape');
  await look(running.app, page, '83-held');
  await act('Dispute');
  await choose('Reason', 'The content');
  await look(running.app, page, '84-dispute');
  await theDialog().getByRole('button', { name: 'Not now' }).click();
});

test('what was sent is called back', async () => {
  await openPackage(SENT);
  await act('Call it back');
  await choose('Reason', 'It holds more');
  await look(running.app, page, '85-recall');
  await dialogAct('Call it back');
  await expect(page.getByText('You asked to have it back.')).toBeVisible();
});

test('a case has deadlines with a clock, and remedies are reported as counts', async () => {
  await go(page, 'Cases');
  await page.getByRole('button', { name: 'Open a case' }).first().click();
  const dialog = theDialog();
  await dialog.getByLabel('Your reference').fill('A-2');
  await dialog.getByLabel('What it is about').fill('Stolen mail');
  await typeDay('Request received', '02012031');
  await dialog.getByText('Answer within 72 hours').click();
  await typeDay('Answer until', '03012026');
  await dialog.getByRole('textbox', { name: /People affected/ }).fill('40');
  await look(running.app, page, '86-new-case');
  await dialogAct('Open the case');
  await expect(dialog).toBeHidden();
  await look(running.app, page, '87-cases');
  await page.getByRole('row', { name: /A-2/ }).dblclick();
  await expect(page.getByText(/left$/)).toBeVisible();
  await expect(page.getByText(/over$/)).toBeVisible();
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await choose('Remedy', 'Credit monitoring');
  await dialog.getByRole('textbox', { name: 'Offered' }).fill('30');
  await dialog.getByRole('textbox', { name: 'Accepted' }).fill('12');
  await look(running.app, page, '88-remedy');
  await dialogAct('Report it');
  await expect(page.getByRole('row', { name: /monitoring/ })).toBeVisible();
  await look(running.app, page, '89-case');
});

test('a case is written out for other programs, and what they packed becomes a draft', async () => {
  await go(page, 'Cases');
  await page.getByRole('row', { name: /CASE-1/ }).dblclick();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await look(running.app, page, '89a-export-case');
  await willPick(running.app, [place.folder]);
  await dialogAct('Choose where');
  await expect(page.getByText(/^The case was written to valise-case-/)).toBeVisible();
  const [written = ''] = readdirSync(place.folder).filter((name) => /^valise-case-/.test(name));
  const bundle = JSON.parse(readFileSync(place.path(written, 'case.jsonld'), 'utf8')) as object;
  expect(bundle).toHaveProperty(['uco-core:object']);

  const text = 'logs of another tool\n';
  const digest = createHash('sha256').update(text).digest('hex');
  place.write('bag/bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  place.write('bag/data/logs.txt', text);
  place.write('bag/manifest-sha256.txt', `${'0'.repeat(64)}  data/logs.txt\n`);
  await go(page, 'Packages');
  await page.getByRole('button', { name: 'New package' }).first().click();
  await theDialog().getByRole('combobox', { name: 'Case' }).fill('CASE-1');
  await page.getByRole('option', { name: /CASE-1/ }).click();
  await theDialog()
    .getByRole('button', { name: /Begin with/ })
    .click();
  await page.getByRole('option', { name: /A bag from another program/ }).click();
  await look(running.app, page, '89b-import');
  await willPick(running.app, [place.path('bag')]);
  await dialogAct('Begin the draft');
  await expect(theDialog().getByText(/data\/logs\.txt is not what was packed/)).toBeVisible();
  place.write('bag/manifest-sha256.txt', `${digest}  data/logs.txt\n`);
  await dialogAct('Begin the draft');
  await expect(page.getByText('logs.txt').first()).toBeVisible();
  await expect(theDialog()).toBeHidden();
});

test('the reports add it up, and are saved', async () => {
  await go(page, 'Reports');
  await expect(page.getByText('Packages released', { exact: true })).toBeVisible();
  await expect(page.getByText(/30 of 52/)).toBeVisible();
  await look(running.app, page, '90-indicators');
  await page.getByRole('tab', { name: 'By group' }).click();
  await look(running.app, page, '91-groups');
  await page.getByRole('tab', { name: 'Disclosure log' }).click();
  await expect(page.getByRole('row', { name: /Disclosed/ })).toBeVisible();
  await look(running.app, page, '92-disclosures');
  await page.getByRole('tab', { name: 'Indicators' }).click();
  await page.getByText('To be published').click();
  await expect(page.getByText('fewer than 5').first()).toBeVisible();
  await willSave(running.app, place.path('kpi.csv'));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: 'As a table (CSV)' }).click();
  await expect(page.getByText('Written to kpi.csv.')).toBeVisible();
  expect(readFileSync(place.path('kpi.csv'), 'utf8')).toContain('volume,,,released,<5\r\n');
});
