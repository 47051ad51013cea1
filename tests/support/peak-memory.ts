import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { startCli, type CliOffice } from './cli.ts';

/** What no work on a package may take, however large it is. */
export const LIMIT_KIB = 350 * 1024;

/** Runs a command that has to end with 0; the process's peak of resident memory, read from the system while it runs. */
export async function peakMemory(office: CliOffice, args: readonly string[]): Promise<number> {
  const child = startCli(args, office.env);
  let peak = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0));
    } catch {
      clearInterval(watch);
    }
  }, 20);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  child.stdout.resume();
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearInterval(watch);
  expect(code, errors).toBe(0);
  return peak;
}
