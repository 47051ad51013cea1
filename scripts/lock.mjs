import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { at } from './project.mjs';

const file = at('.cache/lock');

/**
 * Does `work` while no other script of this checkout does any: two commands started at once on a
 * fresh checkout must not install or build into each other. A holder that died is passed over.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(work) {
  mkdirSync(at('.cache'), { recursive: true });
  while (!taken()) {
    if (isAbandoned()) rmSync(file, { force: true });
    await wait(100);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function taken() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAbandoned() {
  try {
    const pid = readFileSync(file, 'utf8');
    if (pid === '') return Date.now() - statSync(file).mtimeMs > 5000;
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
