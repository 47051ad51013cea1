// A packed program that Playwright can drive: the same archive and the same native modules.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/**
 * Copies the packed program of `output` beside it, under Electron's own name and with the
 * debugger's fuse on. Under that name it does not refuse the switches that Playwright needs, as
 * the packed one does.
 * @param {string} output the folder that `npm run dist` filled
 * @returns {Promise<string>} the copy's binary
 */
export async function drivable(output) {
  const folder = join(output, 'drivable');
  rmSync(folder, { recursive: true, force: true });
  spawnSync('cp', ['--archive', '--link', join(output, 'linux-unpacked'), folder]);
  const binary = join(folder, 'electron');
  copyFileSync(join(folder, 'valise'), binary);
  rmSync(join(folder, 'valise'));
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  return binary;
}
