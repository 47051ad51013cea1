// Makes a checkout ready to run: installs what the lockfile names and builds what is stale.
// Nothing relies on install scripts, so none is ever run.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { exclusively } from './lock.mjs';
import { at, isEntry, npm, say } from './project.mjs';

/**
 * @typedef {'node' | 'window' | 'tests'} Target `node`: the command line; `window`: the desktop
 * program; `tests`: what tests start as processes of their own
 */

/** Everything that goes into the command line. */
const NODE_INPUTS = [
  'assets',
  'main',
  'preload/contract',
  'scripts/bundles.mjs',
  'package.json',
  'package-lock.json',
];
/** Everything that goes into a target's bundles: a change in any of these makes it stale. */
const INPUTS = {
  node: NODE_INPUTS,
  tests: [...NODE_INPUTS, 'tests/support/new-vault.ts', 'tests/support/least-cost.ts'],
  window: [
    'assets',
    'main',
    'preload',
    'renderer',
    'scripts/bundles.mjs',
    'package.json',
    'package-lock.json',
  ],
};

/** What has to be there after a build, beside its stamp. */
const OUTPUTS = {
  node: ['out/node/cli.cjs', 'out/node/demo.cjs'],
  tests: ['out/tests/new-vault.cjs'],
  window: [
    'out/main/index.cjs',
    'out/main/office.cjs',
    'out/preload/index.cjs',
    'out/renderer/index.html',
  ],
};

/** @type {Record<Target, string>} */
const NAMES = { node: 'the command line', window: 'the window', tests: 'what tests start' };

const installStamp = at('node_modules/.valise-lock');
const buildStamp = (/** @type {Target} */ target) => at('out', `.${target}.stamp`);

/**
 * Installs and builds what is missing or stale; touches nothing when all is fresh.
 * @param {Target[]} targets
 * @throws {Error} with a plain sentence when installing or building failed
 */
export async function ready(...targets) {
  if (isInstalled() && targets.every(isBuilt)) return;
  await exclusively(async () => {
    if (!isInstalled()) await install();
    for (const target of targets) if (!isBuilt(target)) await buildTarget(target);
  });
}

function isInstalled() {
  const hash = sha256(readFileSync(at('package-lock.json')));
  if (read(installStamp) === hash) return true;
  // npm was run by hand, perhaps: then its own account of what it installed tells.
  if (!matchesLockfile()) return false;
  writeFileSync(installStamp, hash);
  return true;
}

function matchesLockfile() {
  const installed = read(at('node_modules/.package-lock.json'));
  if (installed === undefined) return false;
  /** @typedef {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} Packages */
  const have = /** @type {Packages} */ (JSON.parse(installed).packages);
  const want = /** @type {Packages} */ (
    JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
  );
  return Object.entries(want).every(
    ([path, { version, optional }]) =>
      path === '' || have[path]?.version === version || (optional && have[path] === undefined),
  );
}

async function install() {
  say('Installing the packages that the lockfile names…');
  const { code } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  if (code !== 0) {
    throw new Error('npm could not install the packages: what it said stands above.');
  }
  writeFileSync(installStamp, sha256(readFileSync(at('package-lock.json'))));
}

/** @param {Target} target */
function isBuilt(target) {
  return (
    OUTPUTS[target].every((path) => existsSync(at(path))) &&
    read(buildStamp(target)) === fingerprint(target)
  );
}

/** @param {Target} target */
async function buildTarget(target) {
  say(`Building ${NAMES[target]}…`);
  const before = fingerprint(target);
  rmSync(buildStamp(target), { force: true });
  const { build } = await import('./bundles.mjs');
  try {
    await build(target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(stripVTControlCharacters(reason), { cause: error });
  }
  writeFileSync(buildStamp(target), before);
}

/**
 * One hash over the names and contents of a target's inputs.
 * @param {Target} target
 */
function fingerprint(target) {
  const hash = createHash('sha256');
  for (const input of INPUTS[target]) {
    for (const path of files(input))
      hash.update(`${path}\0`).update(sha256(readFileSync(at(path))));
  }
  return hash.digest('hex');
}

/**
 * The files at or under a path of the project, in a fixed order.
 * @param {string} path
 * @returns {string[]}
 */
function files(path) {
  const stats = statSync(at(path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(at(path))
    .sort()
    .flatMap((name) => files(join(path, name)));
}

const sha256 = (/** @type {Uint8Array} */ bytes) =>
  createHash('sha256').update(bytes).digest('hex');

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (isEntry(import.meta.url)) await ready();
