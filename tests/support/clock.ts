import { spawnSync } from 'node:child_process';

/**
 * The environment of a program whose clock is wrong by so much, such as `+1d`: its system calls
 * answer so, whatever the program is.
 */
export function clockOff(by: string): NodeJS.ProcessEnv {
  const { status, stdout } = spawnSync('faketime', ['-f', by, 'env'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  if (status !== 0) throw new Error('The test needs faketime.');
  const lines = stdout.split('\n').filter((line) => /^(LD_PRELOAD|FAKETIME\w*)=/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
