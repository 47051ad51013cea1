// Called by electron-builder when a program is packed, before it goes into an installer.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { FUSES } from './fuses.mjs';

const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);

/**
 * Sets the fuses and reads them back. A runtime that is too old for one of them is accepted for a
 * folder that is not for release, and for nothing else.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ packager, appOutDir, electronPlatformName }) {
  const development = process.env['VALISE_DEVELOPMENT_BUILD'] === '1';
  const binary = join(appOutDir, binaryName(packager, electronPlatformName));
  const before = await getCurrentFuseWire(binary);
  const fuses = FUSES.filter(({ option }) => option in before);
  if (fuses.length < FUSES.length && !development) {
    throw new Error('This Electron lacks a fuse that a release needs.');
  }
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    ...Object.fromEntries(fuses.map(({ option, on }) => [option, on])),
  });
  const after = /** @type {Record<string, number>} */ (
    /** @type {unknown} */ (await getCurrentFuseWire(binary))
  );
  for (const { option, on } of fuses) {
    if (after[option] === (on ? ON : OFF)) continue;
    throw new Error(`The fuse ${FuseV1Options[option]} did not take: ${after[option]}.`);
  }
  if (electronPlatformName === 'linux') {
    // Electron's own packages lose these two; a runtime that is handed in keeps them.
    rmSync(join(appOutDir, 'resources/default_app.asar'), { force: true });
    rmSync(join(appOutDir, 'version'), { force: true });
  }
  if (development) {
    writeFileSync(
      join(appOutDir, 'NOT-FOR-RELEASE.txt'),
      'Packed for tests, perhaps on an old Electron. Do not give it to anyone.\n',
    );
  }
}

/**
 * @param {import('electron-builder').AfterPackContext['packager']} packager
 * @param {string} platform
 */
function binaryName({ appInfo, config }, platform) {
  if (platform === 'darwin') return `${appInfo.productFilename}.app`;
  return platform === 'win32'
    ? `${appInfo.productFilename}.exe`
    : (config.linux?.executableName ?? '');
}
