import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BundleVerdict } from '../../main/adapters/evidence/verify-bundle.ts';
import { VERIFY_PY } from '../fixtures/bundles.ts';

/** What verify.py says of one bundle. */
export interface Said {
  readonly exit: number;
  /** `<place> <code>`, sorted, each once. */
  readonly places: readonly string[];
  readonly lines: readonly string[];
}

export interface Asked {
  readonly folder: string;
  readonly trust: readonly string[];
  readonly previous?: string;
}

const BATCH = join(import.meta.dirname, 'verify-py-batch.py');

/** Asks verify.py about many bundles in one process. */
export async function askVerifyPy(asked: readonly Asked[]): Promise<Said[]> {
  const child = spawn('python3', [BATCH, VERIFY_PY], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  child.stdin.end(asked.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const lines = await text(child.stdout);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`verify.py ended with ${String(code)}`);
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Said);
}

/** Runs verify.py as somebody would who types it. */
export function runVerifyPy(...args: readonly string[]): { exit: number | null; out: string } {
  const done = spawnSync('python3', ['-B', VERIFY_PY, ...args], { encoding: 'utf8' });
  return { exit: done.status, out: done.stdout + done.stderr };
}

/** The places of a verdict in the same form. */
export function placesOf({ problems }: Pick<BundleVerdict, 'problems'>): string[] {
  return [...new Set(problems.map(({ place, code }) => `${place} ${code}`))].sort();
}
