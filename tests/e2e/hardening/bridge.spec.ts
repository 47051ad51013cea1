import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../../preload/contract/index.ts';
import type { Page as ContractPage } from '../../../preload/contract/kinds.ts';
import { surface } from '../../../preload/contract/surface.ts';
import { expect, test } from '../support/launch.ts';
import { ask, choose, makeVault, valueOf, workId } from '../support/vault.ts';

/** What the bridge lets through. The numbers are those of the list in docs/hardening.md. */

const calls = Object.entries(contract).flatMap(([area, page]) =>
  Object.entries(page as ContractPage)
    .filter(([, { kind }]) => kind !== 'event')
    .map(([name, { kind }]) => ({ area, name, kind })),
);

test('10 shell: nothing is ever opened, whatever is asked', async ({ valise: { app, page } }) => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    const note = (name: string) => (target: string) => {
      opened.push(`${name} ${target}`);
      return Promise.resolve('');
    };
    Object.assign(shell, { openExternal: note('external'), openPath: note('path'), opened });
  });
  await makeVault(page);
  await page.evaluate(async () => {
    for (const area of Object.values(window.valise) as Record<string, (input: object) => unknown>[])
      for (const [name, call] of Object.entries(area))
        if (!name.startsWith('on') && name !== 'quit' && name !== 'lock')
          await Promise.resolve(call({ path: '/etc/passwd', url: 'https://valise.example' })).catch(
            () => undefined,
          );
  });
  const opened = await app.evaluate(({ shell }) => Reflect.get(shell, 'opened') as string[]);
  expect(opened).toEqual([]);
});

test.describe('11 IPC', () => {
  test('another window with the same bridge is refused on every call', async ({
    valise: { app },
  }) => {
    const codes = await app.evaluate(async ({ app: electron, BrowserWindow, session }, all) => {
      const preload = `${electron.getAppPath()}/out/preload/index.cjs`;
      const own = session.fromPartition('valise');
      const other = new BrowserWindow({
        show: false,
        webPreferences: { session: own, preload, sandbox: true },
      });
      await other.loadURL('app://bundle/index.html');
      const code = `Promise.all(${JSON.stringify(all)}.map(async ({ area, name, kind }) => {
        const call = window.valise[area][name];
        const reply = await (kind === 'dropped' ? call([], { use: 'payload' }) : call({}, 'x'));
        return reply.ok ? area + '.' + name : reply.failure.code;
      }))`;
      const answers = (await other.webContents.executeJavaScript(code)) as string[];
      other.destroy();
      return answers;
    }, calls);
    expect([...new Set(codes)]).toEqual(['sender-refused']);
  });

  test('a frame inside the page has no bridge', async ({ valise: { page } }) => {
    const bridge = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return frame.contentWindow === null ? 'no frame' : 'valise' in frame.contentWindow;
    });
    expect(bridge).not.toBe(true);
  });

  test('junk is refused on every channel, with a code and without an effect', async ({
    valise: { app, page },
  }) => {
    await makeVault(page);
    const before = valueOf(await ask<{ size: number }>(page, 'ledger.status'));
    const odd = await page.evaluate(async (all) => {
      const junk: unknown[] = [
        null,
        7,
        NaN,
        true,
        'text',
        '../../etc/passwd',
        [],
        [[]],
        { __unknown__: 1 },
        { id: '../../etc/passwd', reference: {}, fingerprint: [], passphrase: 1, work: {} },
        JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}'),
        new Uint8Array(1024),
        'x'.repeat(1_000_000),
        Array.from({ length: 20_000 }, () => ({})),
      ];
      const found: string[] = [];
      for (const { area, name, kind } of all) {
        const call = (
          Reflect.get(window.valise, area) as Record<string, (...given: unknown[]) => unknown>
        )[name];
        for (const [index, value] of junk.entries()) {
          const given = kind === 'dropped' ? [[], value] : [value, value];
          const reply = (await call?.(...given)) as {
            ok: boolean;
            failure?: { code: string; incident?: string };
          };
          if (reply.ok || reply.failure?.code !== 'request-refused' || reply.failure.incident)
            found.push(`${area}.${name} ${String(index)}: ${JSON.stringify(reply)}`);
        }
      }
      return found;
    }, calls);
    expect(odd).toEqual([]);
    expect(valueOf(await ask(page, 'ledger.status'))).toEqual(before);
    const polluted = await app.evaluate(() => Reflect.get({}, 'admin') as unknown);
    expect(polluted).toBeUndefined();
  });

  test('100 MB are refused, and the program lives', async ({ valise: { page } }) => {
    const code = await page.evaluate(async () => {
      const reply = await window.valise.vault.unlock({ passphrase: 'x'.repeat(100_000_000) });
      return reply.ok ? 'ok' : reply.failure.code;
    });
    expect(code).toBe('request-refused');
    expect((await ask(page, 'app.info')).ok).toBe(true);
  });

  test('what cannot be copied is refused before it leaves the page', async ({
    valise: { page },
  }) => {
    const answer = await page.evaluate(async () => {
      const call = window.valise.vault.unlock as (input: unknown) => Promise<unknown>;
      return call({ passphrase: () => 'x' }).then(
        (reply) => (reply as { ok: boolean }).ok,
        () => 'not copied',
      );
    });
    expect([false, 'not copied']).toContain(answer);
  });
});

test.describe('12 preload', () => {
  test('the window sees the surface and nothing else', async ({ valise: { page } }) => {
    const seen = await page.evaluate(() =>
      Object.fromEntries(
        Object.entries(window.valise).map(([area, api]) => [
          area,
          Object.entries(api as object).map(([name, value]) => [name, typeof value]),
        ]),
      ),
    );
    const expected = Object.fromEntries(
      Object.entries(surface).map(([area, page]) => [
        area,
        Object.entries(page).map(([name, kind]: [string, string]) => [
          kind === 'event' ? `on${name.charAt(0).toUpperCase()}${name.slice(1)}` : name,
          'function',
        ]),
      ]),
    );
    expect(seen).toEqual(expected);
  });

  test('a listener is told the payload alone, and can be taken off', async ({
    valise: { page },
  }) => {
    await page.evaluate(() => {
      const heard: unknown[][] = [];
      const forget = window.valise.vault.onChanged((...given: unknown[]) => {
        heard.push(given);
        forget();
      });
      Object.assign(window, { heard });
    });
    await makeVault(page);
    const heard = await page.evaluate(() => Reflect.get(window, 'heard') as object[][]);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toHaveLength(1);
    expect(Object.keys(heard[0]?.[0] ?? {}).sort()).toEqual([
      'folder',
      'member',
      'since',
      'state',
      'vaultId',
    ]);
  });

  test('the page cannot change the bridge', async ({ valise: { page } }) => {
    const changed = await page.evaluate(() => {
      const before = window.valise.vault.unlock;
      const attempts = [
        () => Object.assign(window, { valise: {} }),
        () => Object.assign(window.valise.vault, { unlock: () => 'mine' }),
        () => Reflect.deleteProperty(window, 'valise'),
      ];
      for (const act of attempts)
        try {
          act();
        } catch {
          // Frozen, as it has to be.
        }
      return window.valise.vault.unlock !== before;
    });
    expect(changed).toBe(false);
  });
});

test.describe('13 files', () => {
  test('a path is refused wherever a file is taken', async ({ valise: { page } }) => {
    await makeVault(page);
    const id = '0190a1b2-0000-7000-8000-000000000000';
    for (const file of ['/etc/passwd', 'file:///etc/passwd', { path: '/etc/passwd' }]) {
      const replies = [
        await ask(page, 'packages.make', { case: 'x', files: [file] }, workId()),
        await ask(page, 'packages.change', { id, add: [file] }, workId()),
        await ask(page, 'packages.seal', { id, out: file }, workId()),
        await ask(page, 'packages.extract', { id, out: file }, workId()),
        await ask(page, 'packages.accept', { id, out: file }),
        await ask(page, 'packages.record', { id, outcome: 'accepted', evidence: file, note: 'x' }),
        await ask(page, 'inbox.take', { files: [file] }, workId()),
        await ask(page, 'contacts.look', { file }),
        await ask(page, 'contacts.add', { file }),
        await ask(page, 'keys.save', { out: file, what: 'certificate' }),
        await ask(page, 'exchange.addChannel', { name: 'x', kind: 'folder', folder: file }),
        await ask(page, 'ledger.export', { out: file }, workId()),
        await ask(page, 'vault.choose', { folder: file }),
        await ask(page, 'files.reveal', { file }),
      ];
      for (const reply of replies)
        expect(reply).toMatchObject({ ok: false, failure: { code: 'request-refused' } });
    }
  });

  test('a number that nobody gave out is refused', async ({ valise: { page } }) => {
    await makeVault(page);
    const file = { id: '0'.repeat(32), use: 'sealed' };
    expect(await ask(page, 'inbox.take', { files: [file] }, workId())).toMatchObject({
      ok: false,
      failure: { code: 'token-unknown' },
    });
  });

  test('a token is good for its own use only', async ({ valise }) => {
    await makeVault(valise.page);
    const [token] = await choose(valise, 'payload', [valise.home]);
    const taken = { id: token?.id, use: 'sealed' };
    expect(await ask(valise.page, 'inbox.take', { files: [taken] }, workId())).toMatchObject({
      ok: false,
      failure: { code: 'token-unknown' },
    });
  });

  test('a token is used up by what worked', async ({ valise }) => {
    const { page, home } = valise;
    await makeVault(page);
    const [folder] = await choose(valise, 'channel', [home]);
    const channel = (name: string) => ({ name, kind: 'folder', folder });
    expect((await ask(page, 'exchange.addChannel', channel('first'))).ok).toBe(true);
    expect(await ask(page, 'exchange.addChannel', channel('second'))).toMatchObject({
      ok: false,
      failure: { code: 'token-unknown' },
    });
  });

  test('a dropped file is known by its name, and its path stays outside', async ({ valise }) => {
    const { page, home } = valise;
    const path = join(home, 'dropped.csv');
    writeFileSync(path, 'name\nAmina\n');
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'file';
      document.body.prepend(input);
    });
    await page.locator('#file').setInputFiles(path);
    const reply = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('#file');
      return window.valise.files.dropped([...(input?.files ?? [])], { use: 'payload' });
    });
    expect(valueOf(reply)).toMatchObject([{ name: 'dropped.csv', kind: 'file', size: 11 }]);
    expect(JSON.stringify(reply)).not.toContain(home);
  });

  test('what a script makes up is no file', async ({ valise: { page } }) => {
    const reply = await page.evaluate(() => {
      const made = [
        new File(['x'], 'passwd'),
        { name: 'passwd', size: 1, path: '/etc/passwd' },
        '/etc/passwd',
      ] as File[];
      return window.valise.files.dropped(made, { use: 'payload' });
    });
    expect(reply).toEqual({ ok: true, value: [] });
  });

  test('no answer and no failure names a path', async ({ valise }) => {
    const { page, home } = valise;
    await makeVault(page);
    const [folder] = await choose(valise, 'channel', [home]);
    const replies = [
      await ask(page, 'exchange.addChannel', { name: 'usb', kind: 'folder', folder }),
      await ask(page, 'exchange.channels'),
      await ask(page, 'vault.state'),
      await ask(page, 'vault.create', {
        name: 'x',
        email: 'x@x.example',
        organisation: 'x',
        country: 'SN',
        passphrase: 'another long passphrase',
      }),
    ];
    expect(JSON.stringify(replies)).not.toContain(home);
  });
});
