import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { commandOf, familyOf, statusOf } from '../support/processes.ts';

/** The sandbox itself, which a run as root does not have: asked of a run as an ordinary user. */

const root = resolve(import.meta.dirname, '../../..');
const electron = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron');
const isRoot = process.getuid?.() === 0;

test('3 isolation: every page runs under a system-call filter and can gain no privileges', async () => {
  const home = mkdtempSync(join(tmpdir(), 'valise-sandbox-'));
  chmodSync(home, 0o777);
  const program = [electron, root, '--disable-gpu', `--user-data-dir=${join(home, 'user-data')}`];
  const display = process.env['XAUTHORITY'];
  const authority = join(home, 'authority');
  if (display !== undefined) {
    copyFileSync(display, authority);
    chmodSync(authority, 0o644);
  }
  const asNobody = isRoot ? ['runuser', '-u', 'nobody', '--'] : [];
  const [command = '', ...args] = [...asNobody, ...program];
  const child = spawn(command, args, {
    env: {
      ...process.env,
      HOME: home,
      ...(display === undefined ? {} : { XAUTHORITY: authority }),
    },
    stdio: 'ignore',
  });
  const pages = () =>
    familyOf(child.pid ?? 0).filter((pid) => commandOf(pid).includes('--type=renderer'));
  await expect.poll(() => pages().length, { timeout: 20_000 }).toBeGreaterThan(0);
  for (const pid of pages()) {
    expect(commandOf(pid)).not.toContain('--no-sandbox');
    await expect.poll(() => statusOf(pid, 'Seccomp')).toBe('2');
    expect(statusOf(pid, 'NoNewPrivs')).toBe('1');
    expect(statusOf(pid, 'CapEff')).toMatch(/^0+$/);
  }
  for (const pid of familyOf(child.pid ?? 0).reverse()) spawnSync('kill', [String(pid)]);
  await new Promise((done) => child.once('exit', done));
  rmSync(home, { recursive: true, force: true });
});
