import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockHolder, takeLock } from '../../../../main/adapters/vault/lock-file.ts';
import { encodeCanonical } from '../../../../main/domain/json/canonical.ts';

let folder: string;
let path: string;
const now = { seconds: 0 };
const busy = (text: string) =>
  expect.objectContaining({
    code: 'vault-busy',
    message: expect.stringContaining(text) as unknown,
  }) as unknown;
const read = () => LockHolder.parse(JSON.parse(readFileSync(path, 'utf8')));
const write = (holder: Partial<LockHolder>) =>
  writeFileSync(
    path,
    encodeCanonical({
      format: 'valise.lock/1',
      pid: 1,
      program: 'another program',
      host: hostname(),
      startedAt: '2026-01-02T03:04:05Z',
      ...holder,
    }),
  );
/** The number of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid!;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valise-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('takeLock', () => {
  it('names the holder, and goes when released', async () => {
    const lock = await takeLock(path, 'valise', now);
    expect(read()).toMatchObject({ pid: process.pid, program: 'valise', host: hostname() });
    await expect(takeLock(path, 'other', now)).rejects.toEqual(
      busy(`valise, process ${process.pid}`),
    );
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
    await lock.release();
  });

  it('is taken by one of many at once', async () => {
    const tries = Array.from({ length: 20 }, (_, index) => takeLock(path, `p${index}`, now));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('takes over the lock of a process that has ended', async () => {
    write({ pid: await deadPid() });
    await takeLock(path, 'valise', now);
    expect(read().program).toBe('valise');
  });

  it('takes over the lock of an earlier process with a number that is in use again', async () => {
    write({ pid: process.pid, process: 'another-boot 12' });
    await takeLock(path, 'valise', now);
    expect(read().program).toBe('valise');
  });

  it('does not take over a living process, nor one of another computer', async () => {
    write({ pid: process.pid });
    await expect(takeLock(path, 'valise', now)).rejects.toEqual(busy('another program'));
    write({ pid: await deadPid(), host: 'elsewhere' });
    await expect(takeLock(path, 'valise', now)).rejects.toEqual(
      busy('another program on elsewhere'),
    );
  });

  it('waits for a lock file that cannot be read, then takes it over', async () => {
    writeFileSync(path, '');
    await expect(takeLock(path, 'valise', now)).rejects.toEqual(busy('not known'));
    const old = Date.now() / 1000 - 60;
    utimesSync(path, old, old);
    await takeLock(path, 'valise', now);
    expect(read().program).toBe('valise');
  });

  it('waits as long as it is told, and stops when asked', async () => {
    const first = await takeLock(path, 'first', now);
    const start = performance.now();
    await expect(takeLock(path, 'second', { seconds: 0.3 })).rejects.toEqual(busy('first'));
    expect(performance.now() - start).toBeGreaterThanOrEqual(250);
    const second = takeLock(path, 'second', { seconds: 10 });
    await sleep(50);
    await first.release();
    await (await second).release();
    const held = await takeLock(path, 'third', now);
    const stop = new AbortController();
    const waiting = takeLock(path, 'fourth', { seconds: 10, signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toEqual(expect.objectContaining({ code: 'cancelled' }));
    await held.release();
  });

  it('leaves a lock alone that is no longer its own', async () => {
    const lock = await takeLock(path, 'valise', now);
    write({ pid: process.pid });
    await lock.release();
    expect(read().program).toBe('another program');
  });
});
