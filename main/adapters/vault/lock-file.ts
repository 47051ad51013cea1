import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DomainError } from '../../domain/errors/index.ts';
import { encodeCanonical } from '../../domain/json/canonical.ts';
import { Instant, instant } from '../../domain/time.ts';
import type { LockWait } from '../../domain/vault/folder-port.ts';
import { onDisk, systemCode } from '../files/system-error.ts';
import { readSmallDocument } from './small-document.ts';

/** `lock`: who holds a vault. */
export const LockHolder = z.strictObject({
  format: z.literal('valise.lock/1'),
  pid: z.int().min(1),
  program: z.string().min(1).max(64),
  host: z.string().min(1).max(255),
  /** When the holding process started. */
  startedAt: Instant,
  /** What tells that process from a later one with its number, where the system says it. */
  process: z.string().max(64).optional(),
});
export type LockHolder = z.infer<typeof LockHolder>;

/** How often a waiting program looks again, in milliseconds. */
const LOOK_AGAIN = 100;
/** A lock file that cannot be read counts as left by a crash after this many milliseconds. */
const UNREADABLE_FOR = 10_000;

export interface HeldLock {
  /** The lock file moved with its folder. */
  moved(path: string): HeldLock;
  /** Removes the file, if it is still ours. */
  release(): Promise<void>;
}

/**
 * Takes a lock file, made in one step with its content. A lock of a process that is no more on
 * this computer is taken over; one of another computer never is. Two programs that take over the
 * same stale lock at the same moment are kept apart by the databases, which are held exclusively.
 * @throws DomainError `vault-busy` naming holder and process, `not-writable`, `cancelled`
 */
export async function takeLock(path: string, program: string, wait: LockWait): Promise<HeldLock> {
  const mine = encodeCanonical(await describeSelf(program));
  const until = performance.now() + wait.seconds * 1000;
  while (true) {
    if (await create(path, mine)) return held(path, mine);
    const holder = await readSmallDocument(path, LockHolder);
    if (await isStale(path, holder)) {
      await moveAway(path, holder);
      continue;
    }
    if (wait.signal?.aborted === true) throw new DomainError('cancelled');
    if (performance.now() >= until) throw busy(holder);
    await sleep(LOOK_AGAIN);
  }
}

/** The refusal of a vault that another program holds; without a lock file nobody can be named. */
export function busy(holder?: LockHolder): DomainError {
  if (holder === undefined) {
    return new DomainError('vault-busy', { holder: 'not known', pid: 'not known' });
  }
  const away = holder.host !== hostname();
  const name = away ? `${holder.program} on ${holder.host}` : holder.program;
  return new DomainError('vault-busy', { holder: name, pid: holder.pid });
}

function held(path: string, mine: Uint8Array): HeldLock {
  return {
    moved: (to) => held(to, mine),
    release: () =>
      onDisk(path, 'write', async () => {
        if (await holds(path, mine)) await rm(path, { force: true });
      }),
  };
}

async function describeSelf(program: string): Promise<LockHolder> {
  const token = await processToken(process.pid);
  return {
    format: 'valise.lock/1',
    pid: process.pid,
    program,
    host: hostname(),
    startedAt: instant(new Date(Date.now() - process.uptime() * 1000)),
    ...(token === undefined ? {} : { process: token }),
  };
}

/** Makes the file with its content in one step; false when it is there already. */
async function create(path: string, content: Uint8Array): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  return onDisk(path, 'write', async () => {
    try {
      await writeFile(draft, content, { flag: 'wx', mode: 0o600 });
      try {
        await link(draft, path);
      } catch (error) {
        if (systemCode(error) === 'EEXIST') return false;
        // No hard links here (FAT, some shares): made first and filled at once.
        await writeFile(path, content, { flag: 'wx', mode: 0o600 });
      }
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  });
}

async function isStale(path: string, holder: LockHolder | undefined): Promise<boolean> {
  if (holder === undefined) {
    try {
      return Date.now() - (await stat(path)).mtimeMs > UNREADABLE_FOR;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    }
  }
  if (holder.host !== hostname()) return false;
  if (!isAlive(holder.pid)) return true;
  const token = await processToken(holder.pid);
  return token !== undefined && holder.process !== undefined && token !== holder.process;
}

/** Moves a stale lock away; one that changed in the meantime is put back. */
async function moveAway(path: string, stale: LockHolder | undefined): Promise<void> {
  const away = `${path}.${randomUUID()}`;
  try {
    await rename(path, away);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readSmallDocument(away, LockHolder);
  if (JSON.stringify(moved) !== JSON.stringify(stale)) {
    await link(away, path).catch(() => undefined);
  }
  await rm(away, { force: true });
}

async function holds(path: string, mine: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await readFile(path), mine) === 0;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** On Linux, the boot and the tick that a process started at; undefined elsewhere. */
async function processToken(pid: number): Promise<string | undefined> {
  try {
    const facts = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The name in brackets may hold anything; the start time is the 20th field after it.
    const ticks = facts.slice(facts.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
  } catch {
    return undefined;
  }
}
