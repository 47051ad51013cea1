import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';

const root = resolve(import.meta.dirname, '../../..');

export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder of this run's own: settings, anchors, and whatever a test puts there. */
  readonly home: string;
  /** Closes the program and leaves the folder: a second start finds what the first one kept. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The folder of an earlier run, to start again where it ended. */
  readonly home?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built program, or the packed one that VALISE_EXECUTABLE names. */
export async function launch({ home, args = [], env = {} }: LaunchOptions = {}): Promise<Running> {
  const own = home ?? mkdtempSync(join(tmpdir(), 'valise-e2e-'));
  const packed = process.env['VALISE_EXECUTABLE'];
  const switches = ['--disable-gpu', `--user-data-dir=${join(own, 'user-data')}`, ...args];
  const app = await _electron.launch({
    ...(packed === undefined ? {} : { executablePath: packed }),
    args: packed === undefined ? [root, ...switches] : switches,
    cwd: root,
    env: {
      ...environment(),
      HOME: own,
      XDG_STATE_HOME: join(own, 'state'),
      XDG_CONFIG_HOME: join(own, 'config'),
      XDG_CACHE_HOME: join(own, 'cache'),
      ...env,
    },
    // Chromium refuses its sandbox to root. An ordinary user's run has it.
    chromiumSandbox: process.platform !== 'linux' || process.getuid?.() !== 0,
  });
  const page = await app.firstWindow();
  return { app, page, home: own, close: () => app.close() };
}

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith('VALISE_'),
    ),
  );

/** A test with the program running in a folder of its own, which is gone afterwards. */
export const test = base.extend<{ valise: Running }>({
  valise: async ({}, use) => {
    const running = await launch();
    await use(running);
    await running.close();
    rmSync(running.home, { recursive: true, force: true });
  },
});

export { expect } from '@playwright/test';
