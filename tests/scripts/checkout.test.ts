import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let checkout = '';

/** A checkout with our scripts and packages, and a program of two lines. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'valise-checkout-'));
  for (const name of ['scripts', 'package.json', 'package-lock.json']) {
    cpSync(join(root, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  mkdirSync(join(checkout, 'main'));
  program('cli', "process.stdout.write('answer'); process.exitCode = 4;");
  program('demo', "process.stdout.write('two offices'); process.exitCode = 0;");
});
afterEach(() => {
  rmSync(checkout, { recursive: true, force: true });
});

const program = (name: string, source: string) => {
  writeFileSync(join(checkout, `main/${name}.ts`), `${source}\n`);
};

/** No display, and no npm: nothing may be installed into the packages that all checkouts share. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return { ...env, npm_execpath: join(checkout, 'no-npm.js'), ...more };
}

function run(script: string, env?: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(checkout, 'scripts', script)],
    { cwd: checkout, encoding: 'utf8', env: environment(env) },
  );
  return { status, stdout, stderr };
}

test('the command line is built quietly, and its answer and exit code are its own', () => {
  const first = run('valise.mjs');
  expect(first).toMatchObject({ status: 4, stdout: 'answer' });
  expect(first.stderr).toContain('Building the command line');
});

test('a build says nothing of itself to the programs that are started after it', () => {
  program('cli', "process.stdout.write(String(process.env['NODE' + '_ENV']));");
  expect(run('valise.mjs', { NODE_ENV: undefined }).stdout).toBe('undefined');
});

test('what is fresh is not built again, and what has changed is', () => {
  run('valise.mjs');
  expect(run('valise.mjs')).toEqual({ status: 4, stdout: 'answer', stderr: '' });
  program('cli', "process.stdout.write('other');");
  expect(run('valise.mjs')).toMatchObject({ status: 0, stdout: 'other' });
});

test('a build that fails is not run, and says why', () => {
  run('valise.mjs');
  program('cli', "import './missing.ts';");
  const broken = run('valise.mjs');
  expect(broken).toMatchObject({ status: 5, stdout: '' });
  expect(broken.stderr).toContain('missing.ts');
  expect(run('valise.mjs').status).toBe(5);
});

test('without a display the start is the demonstration, and no Electron is looked for', () => {
  const started = run('start.mjs');
  expect(started).toMatchObject({ status: 0, stdout: 'two offices' });
  expect(started.stderr).not.toContain('Electron');
  expect(existsSync(join(checkout, 'out/main'))).toBe(false);
});

test('two at once on a fresh checkout do not build into each other', () => {
  const both = spawnSync(
    'sh',
    ['-c', 'node scripts/valise.mjs & first=$!; node scripts/valise.mjs; echo " $?"; wait $first'],
    { cwd: checkout, encoding: 'utf8', env: environment() },
  );
  expect(both.stdout.replaceAll('answer', '')).toBe(' 4\n');
  expect(both.stdout.match(/answer/g)).toHaveLength(2);
  expect(both.stderr.match(/Building/g)).toHaveLength(1);
});

test('a release is refused on any Electron but the pinned one', () => {
  const old = join(checkout, 'electron');
  mkdirSync(old);
  writeFileSync(join(old, 'electron'), '');
  writeFileSync(join(old, 'version'), '25.1.1');
  const refused = run('dist.mjs', { ELECTRON_OVERRIDE_DIST_PATH: old });
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/^A release is made with Electron \d+\.\d+\.\d+ from its own/m);
  expect(refused.stderr).toContain('is Electron 25.1.1.');
  expect(existsSync(join(checkout, 'dist'))).toBe(false);
});
