import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A disk of so many bytes at a folder, until it is taken away: a file system in memory. */
export class SmallDisk {
  readonly folder: string;

  constructor(folder: string, bytes: number) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    mount(['-t', 'tmpfs', '-o', `size=${String(bytes)},mode=0777`, 'tmpfs', folder]);
  }

  grow(bytes: number): void {
    mount(['-o', `remount,size=${String(bytes)}`, this.folder]);
  }

  remove(): void {
    spawnSync('umount', ['-l', this.folder]);
  }
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The test needs the right to mount a disk. ${stderr}`);
}
