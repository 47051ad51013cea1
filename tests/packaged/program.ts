import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

/** A packed program on the disk. */
export interface Program {
  readonly folder: string;
  readonly binary: string;
}

const programIn = (folder: string): Program => ({ folder, binary: join(folder, 'valise') });

/** What `npm run dist -- --development` packed. */
export const packed = programIn(
  resolve(import.meta.dirname, '../../dist/development/linux-unpacked'),
);

/**
 * The same program with the fuses blown the other way: what the packed one withstands has to work
 * here, or the test would prove nothing.
 */
export async function openedUp(): Promise<Program> {
  const program = programIn(`${packed.folder}-open`);
  rmSync(program.folder, { recursive: true, force: true });
  spawnSync('cp', ['--archive', '--link', packed.folder, program.folder]);
  const own = `${program.binary}-own`;
  copyFileSync(program.binary, own);
  renameSync(own, program.binary);
  await flipFuses(program.binary, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  });
  return program;
}

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a program and says whether something that was smuggled in came to run. There is no
 * screen, so the program ends by itself, but only after it has loaded what it would load.
 * @param prepare is handed a file for the smuggled code to make, and a folder that is removed
 */
export function smuggled(program: Program, prepare: (mark: string, place: string) => Start) {
  const place = mkdtempSync(join(tmpdir(), 'valise-packed-'));
  const mark = join(place, 'mark');
  mkdirSync(join(place, 'home'));
  try {
    const { args = [], env = {} } = prepare(mark, place);
    spawnSync(program.binary, args, {
      env: { PATH: process.env['PATH'], HOME: join(place, 'home'), ...env },
      timeout: 20_000,
      killSignal: 'SIGKILL',
      stdio: 'ignore',
    });
    return existsSync(mark);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
