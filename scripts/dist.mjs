// npm run dist                     the release of this platform, on the pinned official Electron
// npm run dist -- --development    the same for tests, on whatever Electron there is, packed lightly
import { existsSync, rmSync } from 'node:fs';
import { electronRuntime, pinnedVersion } from './electron-runtime.mjs';
import { at, manifest, run, say, tool } from './project.mjs';
import { ready } from './ready.mjs';

const PLATFORMS = { linux: '--linux', darwin: '--mac', win32: '--win' };

/** @param {boolean} development */
async function pack(development) {
  const platform = PLATFORMS[/** @type {keyof typeof PLATFORMS} */ (process.platform)];
  if (!platform) throw new Error(`There is no package for ${process.platform}.`);
  // Asked first: a release that cannot be made should say so before anything is built.
  const runtime = await electronRuntime({ official: !development });
  await ready('node', 'window');
  const { writeNotices } = await import('./notices.mjs');
  writeNotices(at('out/THIRD-PARTY.txt'));
  const output = development ? 'dist/development' : 'dist';
  rmSync(at(output), { recursive: true, force: true });
  const { code } = await tool(
    'electron-builder/cli.js',
    [
      platform,
      '--publish=never',
      `-c.electronDist=${runtime.folder}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.directories.output=${output}`,
    ],
    {
      env: {
        ...process.env,
        CUSTOM_FPM_PATH: at('scripts/fpm.mjs'),
        VALISE_DEVELOPMENT_BUILD: development ? '1' : '0',
        ...(development ? { ELECTRON_BUILDER_COMPRESSION_LEVEL: '1' } : {}),
      },
    },
  );
  if (code !== 0) throw new Error('electron-builder stopped: what it said stands above.');
  if (process.platform === 'linux') await archive(output, development ? 'gzip -n1' : 'gzip -n');
  say(
    development
      ? `Packed into ${output} on Electron ${runtime.version}: for tests, not for release.`
      : `Packed into ${output} on Electron ${pinnedVersion()}.`,
  );
}

/**
 * Makes the tar.gz of the packed folder: the same bytes from the same files.
 * @param {string} output
 * @param {string} compressor
 */
async function archive(output, compressor) {
  const unpacked = ['linux-unpacked', 'linux-arm64-unpacked'].find((name) =>
    existsSync(at(output, name)),
  );
  if (!unpacked) throw new Error('electron-builder left no folder to archive.');
  const name = `valise-${manifest.version}-linux-${process.arch}`;
  const { code } = await run(
    'tar',
    [
      '--sort=name',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      `--mtime=@${process.env['SOURCE_DATE_EPOCH'] ?? '0'}`,
      `--transform=s,^${unpacked},${name},`,
      `--use-compress-program=${compressor}`,
      '-cf',
      at(output, `${name}.tar.gz`),
      unpacked,
    ],
    { cwd: at(output) },
  );
  if (code !== 0) throw new Error('tar could not make the archive: what it said stands above.');
}

try {
  await pack(process.argv.includes('--development'));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
