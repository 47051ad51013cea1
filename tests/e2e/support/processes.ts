import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** The processes of one running program, as Linux tells of them. */

/** A process and everything that it started, and what that started. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const child = Number(name);
    if (!Number.isInteger(child)) continue;
    const parent = parentOf(child);
    if (parent !== undefined) parents.set(parent, [...(parents.get(parent) ?? []), child]);
  }
  const family = [pid];
  for (const member of family) family.push(...(parents.get(member) ?? []));
  return family;
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

export const isAlive = (pid: number): boolean => existsSync(`/proc/${String(pid)}`);

/** `Seccomp: 2` and their like. */
export function statusOf(pid: number, field: string): string | undefined {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(status)?.[1];
}

/** What the system lets a process have. */
export const limitsOf = (pid: number): string =>
  readFileSync(`/proc/${String(pid)}/limits`, 'utf8');

/** The words that a process was started with. */
export function commandOf(pid: number): string {
  return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ');
}

const SLICE = 16 * 1024 * 1024;

/** How often each needle is found in what the process may read of its own memory. */
export function searchMemory(
  pid: number,
  needles: ReadonlyMap<string, Uint8Array>,
): Map<string, number> {
  const found = new Map([...needles.keys()].map((name) => [name, 0]));
  const longest = Math.max(...[...needles.values()].map((needle) => needle.length));
  const memory = openSync(`/proc/${String(pid)}/mem`, 'r');
  try {
    for (const { from, to } of regionsOf(pid))
      for (let at = from; at < to; at += SLICE) {
        const length = Math.min(SLICE + longest - 1, to - at);
        const slice = readAt(memory, at, length);
        for (const [name, needle] of needles)
          found.set(name, (found.get(name) ?? 0) + occurrences(slice, needle));
      }
  } finally {
    closeSync(memory);
  }
  return found;
}

function regionsOf(pid: number): { from: number; to: number }[] {
  const maps = readFileSync(`/proc/${String(pid)}/maps`, 'utf8');
  return maps.split('\n').flatMap((line) => {
    const region = /^([0-9a-f]+)-([0-9a-f]+) r/.exec(line);
    if (!region || /\[(?:vvar|vsyscall|vdso)/.test(line)) return [];
    return [{ from: parseInt(region[1] ?? '', 16), to: parseInt(region[2] ?? '', 16) }];
  });
}

/** What can be read there: a region can go, or be reserved and not there at all. */
function readAt(memory: number, at: number, length: number): Buffer {
  const slice = Buffer.alloc(length);
  try {
    return slice.subarray(0, readSync(memory, slice, 0, length, at));
  } catch {
    return Buffer.alloc(0);
  }
}

function occurrences(slice: Buffer, needle: Uint8Array): number {
  let count = 0;
  for (let at = slice.indexOf(needle); at !== -1; at = slice.indexOf(needle, at + 1)) count += 1;
  return count;
}
