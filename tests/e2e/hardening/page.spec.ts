import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { rmSync, readFileSync } from 'node:fs';
import { expect, launch, test as alone, type Running } from '../support/launch.ts';

/** What the page may not do. The numbers are those of the list in docs/hardening.md. */

const root = resolve(import.meta.dirname, '../../..');

/** One program for all of them, with its page loaded anew before each. */
const test = alone.extend<{ valise: Running }, { shared: Running }>({
  shared: [
    async ({}, use) => {
      const running = await launch();
      await use(running);
      await running.close();
      rmSync(running.home, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  valise: async ({ shared }, use) => {
    await shared.page.reload();
    await use(shared);
  },
});

test.describe('1 content', () => {
  test('only the bundle is shown', async ({ valise: { page } }) => {
    expect(await page.evaluate(() => [location.protocol, location.host])).toEqual([
      'app:',
      'bundle',
    ]);
  });

  test('no address leads out of the bundle', async ({ valise: { app } }) => {
    const addresses = [
      'app://bundle/../../../../etc/passwd',
      'app://bundle/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      'app://bundle/..%2f..%2f..%2fetc%2fpasswd',
      'app://bundle/..\\..\\etc\\passwd',
      'app://bundle//etc/passwd',
      'app://bundle/etc/passwd',
      'app://bundle/assets/../../main/index.cjs',
      'app://bundle/index.html%00.png',
      'app://bundle/index.html/',
      'app://bundle/',
      'app://bundle/package.json',
      'app://elsewhere/index.html',
      'app://nowhere/index.html',
    ];
    const answers = await app.evaluate(async ({ session }, all) => {
      const own = session.fromPartition('valise');
      const found: string[] = [];
      for (const address of all) {
        const answer = await own.fetch(address).catch(() => undefined);
        if (answer?.ok === true) found.push(address);
      }
      const good = await own.fetch('app://bundle/index.html');
      return { found, good: good.status };
    }, addresses);
    expect(answers).toEqual({ found: [], good: 200 });
  });
});

test.describe('2 scheme', () => {
  test('the release is built on an Electron with the scheme’s known holes mended', () => {
    const { devDependencies } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const [major = 0, minor = 0] = (devDependencies['electron'] ?? '').split('.').map(Number);
    expect(major).toBeGreaterThanOrEqual(45);
    expect(major > 45 || minor >= 4).toBe(true);
  });

  test('the scheme cannot be fetched, not even by its own page', async ({ valise: { page } }) => {
    expect(await attempt(page, 'fetch own page')).toMatch(/^refused/);
  });
});

test('3 isolation: the window has the settings that keep page and system apart', async ({
  valise: { app, page },
}) => {
  const settings = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    }),
  );
  expect(settings).toHaveLength(1);
  expect(settings[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  });
  const seen = await page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'global',
      'Buffer',
      '__dirname',
      'exports',
      'ipcRenderer',
    ].filter((name) => name in window),
  );
  expect(seen).toEqual([]);
});

const BLOCKED = [
  ['inline script', 'require-trusted-types-for'],
  ['inline handler', 'require-trusted-types-for'],
  ['javascript: address', 'script-src-elem'],
  ['eval', 'require-trusted-types-for'],
  ['new Function', 'require-trusted-types-for'],
  ['timer with text', 'require-trusted-types-for'],
  ['innerHTML', 'require-trusted-types-for'],
  ['document.write', 'require-trusted-types-for'],
  ['policy of its own', 'trusted-types'],
  ['fetch', 'connect-src'],
  ['fetch own page', 'connect-src'],
  ['XMLHttpRequest', 'connect-src'],
  ['WebSocket', 'connect-src'],
  ['EventSource', 'connect-src'],
  ['beacon', 'connect-src'],
  ['iframe', 'frame-src'],
  ['file', 'connect-src'],
  ['image from elsewhere', 'img-src'],
  ['image as data', 'img-src'],
  ['style attribute', 'style-src-attr'],
  ['style element', 'style-src-elem'],
  ['style sheet from elsewhere', 'style-src-elem'],
  ['worker', 'require-trusted-types-for'],
  ['base', 'base-uri'],
  ['form', 'form-action'],
] as const;

test.describe('4 content policy', () => {
  for (const [what, directive] of BLOCKED)
    test(`${what} is blocked and reported`, async ({ valise: { page } }) => {
      expect(await violationsOf(page, what)).toContain(directive);
    });
});

test('5 permissions: every one is denied', async ({ valise: { page } }) => {
  const answers = await page.evaluate(async () => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const device = navigator as unknown as Record<string, Record<string, (o: object) => unknown>>;
    const asked: Record<string, () => unknown> = {
      microphone: () => media?.getUserMedia({ audio: true }),
      camera: () => media?.getUserMedia({ video: true }),
      screen: () => media?.getDisplayMedia({ video: true }),
      geolocation: () =>
        new Promise((resolve, reject) => {
          navigator.geolocation.getCurrentPosition(resolve, reject);
        }),
      midi: () => navigator.requestMIDIAccess({ sysex: true }),
      hid: () => device['hid']?.['requestDevice']?.({ filters: [] }),
      serial: () => device['serial']?.['requestPort']?.({}),
      usb: () => device['usb']?.['requestDevice']?.({ filters: [] }),
      bluetooth: () => device['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true }),
      clipboard: () => navigator.clipboard.readText(),
      fullscreen: () => document.documentElement.requestFullscreen(),
      lock: () => document.documentElement.requestPointerLock(),
    };
    const granted: string[] = [];
    for (const [name, ask] of Object.entries(asked)) {
      const late = new Promise((_, reject) => setTimeout(reject, 2000));
      try {
        const answer = await Promise.race([ask(), late]);
        const isNothing = answer === undefined || (Array.isArray(answer) && answer.length === 0);
        if (!isNothing) granted.push(name);
      } catch {
        // Refused, as it has to be.
      }
    }
    if (document.fullscreenElement) granted.push('fullscreen');
    if (document.pointerLockElement) granted.push('lock');
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
    ];
    for (const name of names) {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      if (state === 'granted') granted.push(`query ${name}`);
    }
    const notified = await Notification.requestPermission();
    if (notified !== 'denied') granted.push('notifications');
    return granted;
  });
  expect(answers).toEqual([]);
});

test.describe('8 navigation', () => {
  for (const [how, act] of Object.entries<(page: Page) => Promise<unknown>>({
    'by address to the web': (page) =>
      page.evaluate(() => void setTimeout(() => (location.href = 'https://valise.example/'))),
    'by address to a file': (page) =>
      page.evaluate(() => void setTimeout(() => (location.href = 'file:///etc/passwd'))),
    'by address to data': (page) =>
      page.evaluate(() => void setTimeout(() => (location.href = 'data:text/html,<b>x</b>'))),
    'by address to another page of the scheme': (page) =>
      page.evaluate(() => void setTimeout(() => (location.href = 'app://nowhere/'))),
    'by reloading': (page) => page.evaluate(() => void setTimeout(() => location.reload())),
    'by a link': (page) =>
      page.evaluate(() => {
        const link = document.createElement('a');
        link.href = 'https://valise.example/';
        document.body.append(link);
        link.click();
      }),
    'by a middle click': async (page) => {
      await page.evaluate(() => {
        const link = document.createElement('a');
        link.id = 'away';
        link.href = 'https://valise.example/';
        link.textContent = 'away';
        document.body.prepend(link);
      });
      await page.locator('#away').click({ button: 'middle' });
    },
    'by dropping a page on the window': async (page) => {
      const devtools = await page.context().newCDPSession(page);
      const data = {
        items: [],
        files: [resolve(root, 'renderer/index.html')],
        dragOperationsMask: 1,
      };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await devtools.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
    },
  }))
    test(`${how} leads nowhere`, async ({ valise: { page, app } }) => {
      await page.evaluate(() => Object.assign(window, { stayed: true }));
      await act(page);
      await page.waitForTimeout(500);
      const urls = await app.evaluate(({ webContents }) =>
        webContents.getAllWebContents().map((contents) => contents.getURL()),
      );
      expect(urls).toEqual(['app://bundle/index.html']);
      expect(await page.evaluate(() => Reflect.get(window, 'stayed') as unknown)).toBe(true);
    });
});

test('9 windows: none can be opened', async ({ valise: { page, app } }) => {
  const opened = await page.evaluate(() =>
    ['https://valise.example/', 'app://bundle/index.html', 'about:blank', 'javascript:1'].map(
      (address) => window.open(address) === null,
    ),
  );
  expect(opened).toEqual([true, true, true, true]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

/** Does one forbidden thing as the page itself would, and answers with how it went. */
function attempt(page: Page, what: string): Promise<string> {
  return page.evaluate((name) => {
    const add = (tag: string, given: Record<string, string>, text = '') => {
      const element = document.createElement(tag);
      for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
      element.append(text);
      document.body.append(element);
      return element;
    };
    const away = 'https://valise.example/x';
    const acts: Record<string, () => unknown> = {
      'inline script': () => add('script', {}, 'window.ran = true'),
      'inline handler': () => add('button', { onclick: 'window.ran = true' }).click(),
      'javascript: address': () => add('a', { href: 'javascript:window.ran = true' }).click(),
      eval: () => (0, eval)('window.ran = true') as unknown,
      'new Function': () => new Function('window.ran = true')() as unknown,
      'timer with text': () => setTimeout('window.ran = true'),
      innerHTML: () => (document.createElement('div').innerHTML = '<b>x</b>'),
      'document.write': () => document.write('<b>x</b>'),
      'policy of its own': () =>
        (
          window as unknown as { trustedTypes: { createPolicy(n: string, o: object): unknown } }
        ).trustedTypes.createPolicy('mine', { createHTML: (html: string) => html }),
      fetch: () => fetch(away),
      'fetch own page': () => fetch('app://bundle/index.html'),
      XMLHttpRequest: () => {
        const request = new XMLHttpRequest();
        request.open('GET', away);
        request.send();
      },
      WebSocket: () => new WebSocket('wss://valise.example/'),
      EventSource: () => new EventSource(away),
      beacon: () => navigator.sendBeacon(away, 'x'),
      iframe: () => add('iframe', { src: 'app://bundle/index.html' }),
      file: () => fetch('file:///etc/passwd'),
      'image from elsewhere': () => add('img', { src: away }),
      'image as data': () => add('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }),
      'style attribute': () => add('div', { style: 'color: red' }),
      'style element': () => add('style', {}, 'body { color: red }'),
      'style sheet from elsewhere': () => add('link', { rel: 'stylesheet', href: away }),
      worker: () => new Worker(URL.createObjectURL(new Blob(['1']))),
      base: () => add('base', { href: away }),
      form: () => (add('form', { action: away }) as HTMLFormElement).submit(),
    };
    return new Promise<string>((settle) => {
      setTimeout(() => {
        Promise.resolve()
          .then(() => acts[name]?.())
          .then(
            () => settle(Reflect.get(window, 'ran') === true ? 'ran' : 'went through'),
            (error: unknown) => settle(`refused: ${String(error)}`),
          );
      });
    });
  }, what);
}

/** The directives that a forbidden act was reported under. */
async function violationsOf(page: Page, what: string): Promise<string[]> {
  await page.evaluate(() => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      seen.push(effectiveDirective);
    });
    Object.assign(window, { seen });
  });
  expect(await attempt(page, what)).not.toBe('ran');
  await expect
    .poll(() => page.evaluate(() => (Reflect.get(window, 'seen') as string[]).length))
    .toBeGreaterThan(0);
  return page.evaluate(() => Reflect.get(window, 'seen') as string[]);
}
