import { randomInt } from 'node:crypto';
import { startCli } from './cli.ts';

/** Printed by every test that kills: the same seed repeats a run's moments. */
export const seed = Number(process.env['VALISE_SEED'] ?? randomInt(1, 2 ** 31));

/** Numbers from 0 to 1, a small generator (mulberry32) from `seed`. */
export function moments(): () => number {
  let now = seed;
  return () => {
    now = (now + 0x6d2b79f5) | 0;
    let mixed = Math.imul(now ^ (now >>> 15), 1 | now);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Killed {
  /** It had answered before it was killed, and not with an error. */
  readonly acknowledged: boolean;
  readonly milliseconds: number;
}

/** Runs a command and kills it after so many milliseconds; not at all when none are given. */
export async function kill(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  after?: number,
): Promise<Killed> {
  const child = startCli(args, env);
  const started = Date.now();
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.resume();
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  await new Promise((done) => child.once('close', done));
  clearTimeout(timer);
  return {
    acknowledged: out.trim() !== '' && !out.includes('"error"'),
    milliseconds: Date.now() - started,
  };
}
