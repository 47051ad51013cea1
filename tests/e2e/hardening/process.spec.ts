import { spawn, spawnSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, launch, test } from '../support/launch.ts';
import { addCounterparty, completeRelease } from '../support/counterparty.ts';
import { familyOf, isAlive, limitsOf } from '../support/processes.ts';
import {
  ask,
  choose,
  makeVault,
  officePid,
  pagePid,
  pickerAnswers,
  stateAfterLock,
  unlock,
  valueOf,
  workId,
} from '../support/vault.ts';

/** What the processes may not do. The numbers are those of the list in docs/hardening.md. */

const root = resolve(import.meta.dirname, '../../..');
const electron = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron');
const isRoot = process.getuid?.() === 0;

/** Starts the program without any driver, as people do, and answers with what it left behind. */
function startAlone(command: string, args: readonly string[], seconds: number) {
  const home = mkdtempSync(join(tmpdir(), 'valise-alone-'));
  const switches = [
    // Root, be it of a name space of its own or traced, has no sandbox.
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${join(home, 'user-data')}`,
  ];
  const run = spawnSync(
    'timeout',
    [
      '--signal=TERM',
      '--kill-after=5',
      String(seconds),
      command,
      ...args,
      electron,
      root,
      ...switches,
    ],
    { env: { ...process.env, HOME: home }, encoding: 'utf8' },
  );
  // Written when the window opens.
  const hasOpened = existsSync(join(home, 'user-data', 'preferences.json'));
  rmSync(home, { recursive: true, force: true });
  return { ...run, hasOpened };
}

test('6 session: nothing of the page rests on the disk', async () => {
  const running = await launch();
  const { page, home } = running;
  const canary = `CANARY-${crypto.randomUUID()}`;
  await makeVault(page);
  valueOf(await ask(page, 'cases.open', { reference: canary, title: canary, counterpart: ['FR'] }));
  await page.evaluate((text) => {
    for (const store of ['localStorage', 'sessionStorage'])
      try {
        (Reflect.get(window, store) as Storage).setItem(text, text);
      } catch {
        // No store at all is the better answer.
      }
    document.cookie = `${text}=1`;
    indexedDB.open(text);
  }, canary);
  await running.close();
  const hits = spawnSync('grep', ['-rlaE', pattern(canary), home], { encoding: 'utf8' });
  expect(hits.stdout).toBe('');
  rmSync(home, { recursive: true, force: true });
});

/** The canary as UTF-8, as base64 in three positions, and its UTF-16 spelling. */
function pattern(canary: string): string {
  const encoded = [0, 1, 2].map((shift) =>
    Buffer.from(' '.repeat(shift) + canary)
      .toString('base64')
      .slice(4, -8)
      .replace(/[+/]/g, '.'),
  );
  return [canary, ...encoded, Array.from(canary).join('.')].join('|');
}

test.describe('7 network', () => {
  test('the program works where there is no network at all', () => {
    const { status, stderr, hasOpened } = startAlone('unshare', ['--net', '--map-root-user'], 6);
    expect([0, 124], stderr).toContain(status);
    expect(hasOpened).toBe(true);
    expect(stderr).not.toContain('Unhandled');
  });

  test('it asks nobody anything: no name is looked up, no address is called', () => {
    const trace = join(mkdtempSync(join(tmpdir(), 'valise-trace-')), 'connect');
    const { hasOpened } = startAlone(
      'strace',
      ['-f', '-qq', '-e', 'trace=connect,sendto', '-o', trace],
      12,
    );
    const calls = readFileSync(trace, 'utf8').split('\n');
    expect(hasOpened).toBe(true);
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter((call) => /AF_INET6?/.test(call))).toEqual([]);
  });
});

test('15 utility process: killed in the middle of a seal, the window lives and says so', async () => {
  const running = await launch();
  const { app, page, home } = running;
  await makeVault(page);
  valueOf(
    await ask(page, 'cases.open', { reference: 'SN-1', title: 'Returned', counterpart: ['FR'] }),
  );
  const payload = join(home, 'payload.bin');
  await new Promise((done) => {
    const file = createWriteStream(payload);
    for (let part = 0; part < 400; part += 1) file.write(Buffer.alloc(1024 * 1024, part));
    file.end(done);
  });
  const files = await choose(running, 'payload', [payload]);
  const release = completeRelease(await addCounterparty(page), 'As agreed.');
  const made = await ask<{ package: { id: string } }>(
    page,
    'packages.make',
    { case: 'SN-1', files, release },
    workId(),
  );
  const { id } = valueOf(made).package;
  await page.evaluate(() => {
    window.valise.work.onProgress(({ stage }) => Object.assign(window, { stage }));
  });
  const pid = (await officePid(app)) ?? 0;
  const sealing = ask(page, 'packages.seal', { id }, workId()).catch(() => undefined);
  await page.waitForFunction(() => Reflect.get(window, 'stage') === 'sealing');
  process.kill(pid, 'SIGKILL');
  expect((await sealing)?.ok ?? false).toBe(false);
  expect(await stateAfterLock(page)).toBe('locked');
  expect(valueOf(await ask<{ reason: string }>(page, 'vault.state')).reason).toBe('crashed');
  expect(isAlive(pid)).toBe(false);
  await unlock(page);
  const kept = valueOf(await ask<{ state: string }>(page, 'packages.show', { id }));
  expect(kept.state).toBe('assessed');
  const left = readdirSync(home, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
  await running.close();
  rmSync(home, { recursive: true, force: true });
});

test('15 utility process: it is ended when it holds too much memory, and the window lives', async ({
  valise: { app, page },
}) => {
  await makeVault(page);
  const pid = (await officePid(app)) ?? 0;
  await app.evaluate(({ app: electronApp }, greedy) => {
    const metrics = electronApp.getAppMetrics.bind(electronApp);
    electronApp.getAppMetrics = () =>
      metrics().map((one) =>
        one.pid === greedy ? { ...one, memory: { ...one.memory, workingSetSize: 4e6 } } : one,
      );
  }, pid);
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(await stateAfterLock(page)).toBe('locked');
  await unlock(page);
});

test('18 devtools: neither keys nor code open them', async ({ valise: { app, page } }) => {
  for (const keys of ['F12', 'Control+Shift+I', 'Control+Shift+J', 'Control+Shift+C'])
    await page.keyboard.press(keys);
  const opened = await app.evaluate(async ({ BrowserWindow, Menu }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.openDevTools();
    await new Promise((done) => setTimeout(done, 500));
    const roles = (menu: Electron.Menu | null): string[] =>
      menu?.items.flatMap((item) => [String(item.role), ...roles(item.submenu ?? null)]) ?? [];
    return {
      devtools: window?.webContents.isDevToolsOpened(),
      roles: roles(Menu.getApplicationMenu()),
    };
  });
  expect(opened.devtools).toBe(false);
  expect(opened.roles).not.toContain('toggledevtools');
  expect(opened.roles).not.toContain('reload');
  expect(opened.roles).not.toContain('forcereload');
});

test('19 core dumps: none is written of any process', async ({ valise: { app, page } }) => {
  await makeVault(page);
  const own = ['browser', 'page', 'office'];
  const pids = [app.process().pid ?? 0, await pagePid(app), (await officePid(app)) ?? 0];
  const limits = () =>
    pids.map((pid) => /^Max core file size\s+(\S+)/m.exec(limitsOf(pid))?.[1] ?? 'unlimited');
  await expect.poll(limits).toEqual(own.map(() => '0'));
});

test('23 clipboard: what was copied goes after half a minute, and what came after it stays', async ({
  valise: { app, page },
}) => {
  test.slow();
  const seen = () => app.evaluate(({ clipboard }) => clipboard.readText());
  const copy = (text: string) => ask<{ clearsIn: number }>(page, 'app.copy', { text });
  expect(valueOf(await copy('one fingerprint')).clearsIn).toBe(30);
  expect(await seen()).toBe('one fingerprint');
  await app.evaluate(({ clipboard }) => clipboard.writeText('somebody else’s'));
  await page.waitForTimeout(31_000);
  expect(await seen()).toBe('somebody else’s');
  await copy('another fingerprint');
  await page.waitForTimeout(31_000);
  expect(await seen()).toBe('');
});

test.describe('24 one copy', () => {
  test('a second start brings the first to the front and ends', async ({
    valise: { app, home },
  }) => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
    const second = spawn(
      electron,
      [
        root,
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        `--user-data-dir=${join(home, 'user-data')}`,
      ],
      { env: { ...process.env, HOME: home }, stdio: 'ignore' },
    );
    const code = await new Promise((done) => second.once('exit', done));
    expect(code).toBe(0);
    const windows = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
    );
    expect(windows).toEqual([false]);
  });

  test('another copy cannot open a vault that is open here', async ({ valise: { page, home } }) => {
    await makeVault(page);
    const other = await launch();
    await pickerAnswers(other.app, [join(home, 'user-data', 'vault')]);
    const [folder] = valueOf(
      await ask<{ token: object }[]>(other.page, 'files.pick', { use: 'vault' }),
    );
    valueOf(await ask(other.page, 'vault.choose', { folder: folder?.token }));
    const reply = await ask(other.page, 'vault.unlock', {
      passphrase: 'four unrelated words here',
    });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'vault-busy' } });
    await other.close();
    rmSync(other.home, { recursive: true, force: true });
  });
});

test('26 logs: a failure leaves no name and no content behind', async () => {
  const running = await launch();
  const { app, page, home } = running;
  const canary = `CANARY-${crypto.randomUUID()}`;
  await makeVault(page);
  const broken = join(home, `${canary}.asc`);
  writeFileSync(broken, canary);
  const [file] = await choose(running, 'certificate', [broken]);
  expect((await ask(page, 'contacts.look', { file })).ok).toBe(false);
  expect((await ask(page, 'cases.show', { reference: canary })).ok).toBe(false);
  const output: string[] = [];
  app.process().stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  await running.close();
  rmSync(broken);
  const hits = spawnSync('grep', ['-rlaE', pattern(canary), home], { encoding: 'utf8' });
  expect(hits.stdout).toBe('');
  expect(output.join('')).not.toContain(canary);
  rmSync(home, { recursive: true, force: true });
});

test('every process of the program ends with its window', async () => {
  const running = await launch();
  await makeVault(running.page);
  const family = familyOf(running.app.process().pid ?? 0);
  expect(family.length).toBeGreaterThan(3);
  await running.close();
  await expect.poll(() => family.filter(isAlive)).toEqual([]);
  rmSync(running.home, { recursive: true, force: true });
});
