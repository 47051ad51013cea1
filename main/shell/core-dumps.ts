import { execFile } from 'node:child_process';

/**
 * Sets the limit for core dumps of a process to nothing, where the system has the tool for it
 * (util-linux), so that a crash leaves no image of memory on the disk. Processes that this one
 * starts afterwards inherit the limit. Without the tool, the launcher's limit stands.
 */
export function forbidCoreDumps(pid: number): void {
  if (process.platform !== 'linux') return;
  execFile('prlimit', ['--core=0:0', `--pid=${String(pid)}`], () => undefined);
}
