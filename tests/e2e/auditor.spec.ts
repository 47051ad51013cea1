import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { launch, type Running } from './support/launch.ts';
import { ask, officePid } from './support/vault.ts';
import { go, look, willPick } from './pages/screens.ts';

/**
 * An auditor's day. Two offices exchange a package with the command line and export their
 * evidence; then one window, the real one, looks at it: without any vault, and with an auditor's
 * passphrase.
 */
test.describe.configure({ mode: 'serial' });

const AUDITOR = 'reads the ledger and no more';
const place = new Workplace();
const a = new CliOffice(place, 'amina');
const b = new CliOffice(place, 'bruno');
const bundle = (name: string) => place.path(`bundle-${name}`);
const errors: string[] = [];
let running: Running;
let page: Page;

test.beforeAll(() => {
  test.setTimeout(600_000);
  a.init();
  b.init();
  acquainted(place, a, b);
  const channel = place.json('channel.json', {
    name: 'share',
    kind: 'folder',
    path: place.path('share'),
  });
  a.ok('channel', 'add', '--file', channel);
  b.ok('channel', 'add', '--file', channel);
  const payload = place.write('records.csv', 'name,email\nAwa Sample,awa@people.example\n');
  const id = a.draft([b.fingerprint], [payload]);
  a.seal(id, place.path('out'));
  a.ok('package', 'send', id, '--channel', 'share');
  b.ok('exchange');
  a.ok('ledger', 'export', '--out', bundle('amina-early'));
  b.ok('package', 'accept', id);
  b.ok('exchange');
  a.ok('exchange');
  const passphrase = place.write('passphrase', `${AUDITOR}\n`);
  a.ok(
    ...['member', 'add', '--role', 'auditor', '--name', 'Jean Moreau'],
    ...['--email', 'jean@audit.example', '--new-passphrase-file', passphrase],
  );
  a.ok('ledger', 'export', '--out', bundle('amina'));
  b.ok('ledger', 'export', '--out', bundle('bruno'));
  execFileSync('tar', ['-cf', place.path('bruno.tar'), 'bundle-bruno'], { cwd: place.folder });
});

test.beforeAll(async () => {
  running = await launch();
  ({ page } = running);
  // Nobody touches the mouse here, and a slow machine takes longer than the usual ten minutes.
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

/** Chooses a bundle where the window asks for one: the first place that is still free. */
async function chooseBundle(path: string, kind: 'Choose files' | 'Choose a folder') {
  await willPick(running.app, [path]);
  await page.getByRole('button', { name: kind }).first().click();
}

test('anybody checks a bundle, and only a known fingerprint makes its signer known', async () => {
  await page.getByRole('button', { name: 'Check evidence' }).click();
  await expect(page.getByRole('heading', { name: 'Check evidence' })).toBeVisible();
  await look(running.app, page, '50-check-evidence');
  await chooseBundle(bundle('amina'), 'Choose a folder');
  await expect(page.getByText('the signer is NOT confirmed')).toBeVisible();
  await look(running.app, page, '51-bundle-unconfirmed');
  const field = page.getByLabel('The fingerprint that you know');
  await field.fill(b.fingerprint);
  await page.getByRole('button', { name: 'Confirm the signer' }).click();
  await expect(page.getByRole('alert')).toContainText('No checkpoint of this bundle');
  await expect(page.getByText('the signer is NOT confirmed')).toBeVisible();
  await field.fill(a.fingerprint.toLowerCase().replace(/(.{4})/g, '$1 '));
  await page.getByRole('button', { name: 'Confirm the signer' }).click();
  await expect(page.getByText('Signed by Officer amina, whose fingerprint you know')).toBeVisible();
  await look(running.app, page, '52-bundle-confirmed');
});

test('its entries are found and proved as in a vault', async () => {
  const table = page.getByRole('grid', { name: 'Entries of the bundle' });
  await expect(table.getByRole('row').nth(3)).toBeVisible();
  await page.getByLabel('Search people').fill('sealed');
  await expect(page.getByText('One entry.')).toBeVisible();
  const sealed = table.getByRole('row').filter({ hasText: 'The package was sealed' });
  await sealed.dblclick();
  await expect(page.getByText('This entry is in the signed ledger')).toBeVisible();
  await look(running.app, page, '53-bundle-entry');
  await page.getByRole('button', { name: 'Only this package' }).click();
  await page.getByLabel('Search people').fill('');
  await expect(page.getByText(/^Package: /)).toBeVisible();
  await expect(table.getByRole('row').filter({ hasText: 'Officer bruno' }).first()).toBeVisible();
});

test('two bundles meet, one of them a tar', async () => {
  await page.getByRole('tab', { name: 'Compare two' }).click();
  await chooseBundle(bundle('amina-early'), 'Choose a folder');
  await expect(page.getByRole('heading', { name: 'bundle-amina-early' })).toBeVisible();
  await chooseBundle(place.path('bruno.tar'), 'Choose files');
  await expect(page.getByText('The two ledgers agree on the one package')).toBeVisible();
  await expect(page.getByText('One is still under way.')).toBeVisible();
  await expect(page.getByText('Not both signers are confirmed')).toBeVisible();
  await page.getByRole('button', { name: 'Close this bundle' }).first().click();
  await chooseBundle(bundle('amina'), 'Choose a folder');
  const list = page.getByRole('grid', { name: 'Packages between the two offices' });
  await expect(list.getByText('Equal')).toBeVisible();
  await look(running.app, page, '54-compared');
  await list.getByRole('row').nth(1).dblclick();
  await expect(page.getByText('From A to B')).toBeVisible();
  await look(running.app, page, '55-compared-package');
  await page.keyboard.press('Escape');
  await willPick(running.app, [place.path('out')]);
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  await expect(page.getByText('was written.').first()).toBeVisible();
  const [csv = ''] = readdirSync(place.path('out')).filter((name) => name.endsWith('.csv'));
  expect(readFileSync(place.path('out', csv), 'utf8')).toContain(',a,equal,');
});

test('an auditor’s passphrase opens the auditor’s rooms and no other', async () => {
  await page.getByRole('button', { name: 'Back' }).click();
  await willPick(running.app, [a.vault]);
  await page.getByRole('button', { name: 'Open an existing vault' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill(AUDITOR);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible({
    timeout: 60_000,
  });
  const rooms = await page.getByRole('navigation').getByRole('listitem').allInnerTexts();
  expect(rooms.map((name) => name.trim())).toEqual([
    ...['History', 'Verify', 'Reports', 'Sample', 'Findings', 'Compare', 'Evidence', 'Settings'],
  ]);
  await expect(page.getByText('Officer amina').first()).toBeVisible();
  await look(running.app, page, '56-auditor-history');
});

test('what is not an auditor’s is refused below the menu, and vault.db is not open', async () => {
  for (const name of ['contacts.list', 'cases.list', 'overview.items'] as const)
    expect(await ask(page, name)).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
  const pid = await officePid(running.app);
  const open = readdirSync(`/proc/${String(pid)}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${String(pid)}/fd/${fd}`);
    } catch {
      return '';
    }
  });
  expect(open.some((path) => path.endsWith('/ledger.db'))).toBe(true);
  expect(open.some((path) => path.endsWith('/vault.db'))).toBe(false);
});

test('the ledger is verified', async () => {
  await go(page, 'Verify');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText('were recomputed and verified')).toBeVisible();
  await look(running.app, page, '57-auditor-verify');
});

test('a sample is drawn, looked at, and a finding is noted', async () => {
  await go(page, 'Sample');
  await look(running.app, page, '58-sample-empty');
  await page.getByLabel('Seed').fill('dice 4 6 1');
  await page.getByRole('textbox', { name: 'How many' }).fill('6');
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  await expect(page.getByText('entries, drawn by the seed dice 4 6 1')).toBeVisible();
  const table = page.getByRole('grid', { name: 'Sample' });
  await expect(table.getByRole('row')).toHaveCount(7);
  await table.getByRole('row').nth(1).dblclick();
  await page.getByRole('button', { name: 'Looked at, nothing found' }).click();
  await page.keyboard.press('Escape');
  await table.getByRole('row').nth(2).dblclick();
  await page.getByRole('button', { name: 'Note a finding' }).click();
  await page.getByLabel('What you found').fill('The second signature is missing.\nWhy?');
  await look(running.app, page, '59-note');
  await page.getByRole('button', { name: 'Sign the finding' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(table.getByText('Nothing found')).toBeVisible();
  await expect(table.getByText('Finding')).toBeVisible();
  await look(running.app, page, '60-sample');
  await willPick(running.app, [place.path('out')]);
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  await expect(page.getByText('was written.').first()).toBeVisible();
});

test('findings are listed, and a further one is added', async () => {
  await go(page, 'Findings');
  await expect(page.getByText('The second signature is missing.')).toBeVisible();
  await page.getByRole('button', { name: 'Note a finding' }).click();
  await page.getByRole('textbox', { name: 'Entry that it is about' }).fill('0');
  await page.getByLabel('What you found').fill('The vault is younger than the case.');
  await page.getByRole('button', { name: 'Sign the finding' }).click();
  await expect(page.getByText('The vault is younger than the case.')).toBeVisible();
  await look(running.app, page, '61-findings');
  await page.getByRole('button', { name: 'Entry 0' }).click();
  await expect(page.getByText('The vault was made')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('evidence goes out, and bundles are compared in the auditor’s own window', async () => {
  await go(page, 'Evidence');
  await look(running.app, page, '62-auditor-evidence');
  await go(page, 'Compare');
  await chooseBundle(bundle('amina'), 'Choose a folder');
  await expect(page.getByRole('heading', { name: 'bundle-amina' })).toBeVisible();
  await page.getByRole('button', { name: 'Is this the signer that you know?' }).click();
  await page.getByRole('button', { name: 'Or choose a member of this vault' }).click();
  await page.getByRole('option', { name: 'Officer amina' }).click();
  await expect(page.getByText('Signed by Officer amina')).toBeVisible();
  await chooseBundle(bundle('bruno'), 'Choose a folder');
  await expect(page.getByText('The two ledgers agree')).toBeVisible();
  await look(running.app, page, '63-auditor-compare');
});

test('the settings are the auditor’s own', async () => {
  await go(page, 'Settings');
  await expect(page.getByRole('heading', { name: 'Passphrase' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a channel' })).toHaveCount(0);
  await look(running.app, page, '64-auditor-settings');
});

test('the officer reads the findings, and the ledger still verifies', async () => {
  await running.close();
  expect(a.ok('audit', 'notes')).toMatchObject({
    items: [{ by: { name: 'Jean Moreau' } }, { text: 'The vault is younger than the case.' }],
  });
  expect(a.run('ledger', 'verify')).toMatchObject({ code: 0 });
});
