import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, seal } from './pgp-suite/support.ts';
import type { Opening, Sealing } from './pgp-suite/support.ts';

/** Live peers look at the real clock, so messages with them are of today. */
export const sealNow = (sealing: Omit<Sealing, 'at'>) => seal({ ...sealing, at: new Date() });
export const openNow = (sealed: Uint8Array, opening: Opening) =>
  open(sealed, { ...opening, options: { at: new Date() } });

export interface Ran {
  readonly exit: number;
  readonly out: Buffer;
  /** GnuPG's status lines, without their prefix. */
  readonly status: readonly string[];
  readonly errors: string;
}

/** A folder of its own for another program, gone at the end. */
export class Peer {
  readonly home: string;

  constructor() {
    // Short, because GnuPG makes sockets in it.
    this.home = mkdtempSync(join(tmpdir(), 'vp-'));
    chmodSync(this.home, 0o700);
  }

  file(name: string, content: Uint8Array | string): string {
    const path = join(this.home, name);
    writeFileSync(path, content);
    return path;
  }

  read(name: string): Buffer {
    return readFileSync(join(this.home, name));
  }

  run(program: string, args: readonly string[], input: Uint8Array | string = ''): Ran {
    const status = join(this.home, 'status');
    const {
      stdout,
      stderr,
      status: exit,
      error,
    } = spawnSync(program, args, {
      input,
      env: { ...process.env, GNUPGHOME: this.home, HOME: this.home },
      maxBuffer: 1 << 28,
    });
    if (error) throw error;
    const lines = program === 'gpg' ? readFileSync(status, 'utf8').split('\n') : [];
    return {
      exit: exit ?? -1,
      out: stdout,
      status: lines.filter((line) => line !== '').map((line) => line.replace('[GNUPG:] ', '')),
      errors: stderr.toString(),
    };
  }

  gpg(args: readonly string[], input: Uint8Array | string = ''): Ran {
    const status = this.file('status', '');
    const fixed = ['--batch', '--no-tty', '--pinentry-mode', 'loopback', '--trust-model', 'always'];
    return this.run('gpg', [...fixed, '--status-file', status, ...args], input);
  }

  /** As `gpg`, for what has to work. */
  mustGpg(args: readonly string[], input: Uint8Array | string = ''): Ran {
    const ran = this.gpg(args, input);
    if (ran.exit !== 0) throw new Error(`gpg ${args.join(' ')}: ${ran.errors}`);
    return ran;
  }

  close(): void {
    execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, GNUPGHOME: this.home } });
    rmSync(this.home, { recursive: true, force: true });
  }
}
