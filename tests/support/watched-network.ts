import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI } from './cli.ts';

/** A new network has a loopback and nothing else: all that is sent goes there, and is counted. */
const UP = 'ip link set lo up && ip route add default dev lo';

/**
 * Runs commands in a network of their own that leads nowhere, and counts what they sent: packets by
 * the kernel's account, names that were looked up among them. Where the kernel lets nobody make a
 * network, the calls of the processes are counted.
 */
export function sentOverNetwork(
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
  scratch: string,
): number {
  const made = [['-n'], ['-rn']].find(
    (flags) => spawnSync('unshare', [...flags, 'true']).status === 0,
  );
  return made ? packets(commands, env, made) : calls(commands, env, join(scratch, 'trace'));
}

function packets(
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
  flags: readonly string[],
): number {
  const script = [
    UP,
    ...commands.map((args) => [process.execPath, CLI, ...args].map(quoted).join(' ') + ' >&2'),
    'cat /proc/net/dev',
  ];
  const { stdout } = spawnSync('unshare', [...flags, 'sh', '-c', script.join('\n')], {
    env,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => line.includes(':'));
  if (!lines.some((line) => line.trim().startsWith('lo:'))) throw new Error('No network was made.');
  // The tenth number of a line counts the packets that were sent.
  return lines.reduce((sum, line) => sum + Number(line.split(':')[1]?.trim().split(/\s+/)[9]), 0);
}

function calls(
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
  trace: string,
): number {
  let count = 0;
  for (const args of commands) {
    const traced = ['-f', '-qq', '-e', 'trace=connect,sendto', '-o', trace];
    spawnSync('strace', [...traced, process.execPath, CLI, ...args], { env });
    const lines = readFileSync(trace, 'utf8').split('\n');
    count += lines.filter((line) => line.includes('AF_INET')).length;
  }
  return count;
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
