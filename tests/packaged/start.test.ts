import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { familyOf, isAlive, statusOf } from '../e2e/support/processes.ts';
import { packed } from './program.ts';

// Chromium refuses its sandbox to root, so root starts the program as nobody, from a copy that
// nobody may read.
const isRoot = process.getuid?.() === 0;
const asOrdinaryUser = (...command: string[]): string[] => [
  ...(isRoot ? ['runuser', '-u', 'nobody', '--'] : []),
  // Said here again: runuser puts the user's own in its place.
  ...['env', `HOME=${join(place, 'home')}`],
  ...command,
];

let place = '';
let binary = '';
const env = () => ({ PATH: process.env['PATH'], XDG_RUNTIME_DIR: join(place, 'home') });

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'valise-started-'));
  chmodSync(place, 0o755);
  mkdirSync(join(place, 'home'));
  chmodSync(join(place, 'home'), 0o777);
  spawnSync('cp', ['--recursive', packed.folder, join(place, 'program')]);
  binary = join(place, 'program/valise');
});
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

/** Starts the program on a screen of its own, in a group of processes of its own. */
function start(...args: string[]): ChildProcess {
  const [command = '', ...rest] = asOrdinaryUser('xvfb-run', '-a', binary, ...args);
  return spawn(command, rest, { env: env(), stdio: 'ignore', detached: true, cwd: place });
}

/** Waits until something is there, for half a minute at most. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const seen = look();
    if (seen !== undefined) return seen;
    await wait(100);
  }
  throw new Error('It did not happen within half a minute.');
}

/** The command line of one of the program's own processes. Chromium's children join it by spaces. */
function commandOf(pid: number): string | undefined {
  try {
    if (readlinkSync(`/proc/${pid}/exe`) !== binary) return undefined;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return undefined;
  }
}

/** The processes of the program that were started for a purpose; the main one has none. */
const processesFor = (root: number, purpose: string | undefined): number[] =>
  familyOf(root).filter((pid) => {
    const command = commandOf(pid);
    return command !== undefined && /--type=(\S+)/.exec(command)?.[1] === purpose;
  });

test('it starts for an ordinary user, with the page in the sandbox and no core dumps', async () => {
  const child = start('--disable-gpu');
  const root = child.pid ?? 0;
  try {
    await until(() => processesFor(root, 'renderer')[0]);
    // A program that fell over while it started is gone by now, and a page that was only on the
    // way to the first one has made room for it.
    await wait(2000);
    const main = await until(() => processesFor(root, undefined)[0]);
    const page = await until(() => processesFor(root, 'renderer')[0]);
    expect(statusOf(page, 'Seccomp')).toBe('2');
    expect(statusOf(page, 'NoNewPrivs')).toBe('1');
    await until(() => {
      const limits = readFileSync(`/proc/${main}/limits`, 'utf8');
      return /^Max core file size\s+0\s+0\s/m.test(limits) ? limits : undefined;
    });
  } finally {
    const family = familyOf(root).filter(isAlive);
    if (family.length > 0) process.kill(-root, 'SIGTERM');
    await until(() => (family.some(isAlive) ? undefined : true));
  }
});

describe('a switch that would open it to others is refused', () => {
  const switches = [
    '--inspect=0',
    '--inspect-brk=0',
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--js-flags=--expose-gc',
    '--no-sandbox',
    '--load-extension=/tmp',
    '--proxy-server=127.0.0.1:9',
    '--enable-logging',
  ];

  test.each(switches)('%s', (given) => {
    const [command = '', ...rest] = asOrdinaryUser(binary, given);
    const ran = spawnSync(command, rest, {
      env: env(),
      cwd: place,
      encoding: 'utf8',
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    expect(ran.stderr).toContain(`valise: it does not run with ${given}`);
    expect(ran.status).toBe(2);
  });
});
