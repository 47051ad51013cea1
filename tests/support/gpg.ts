import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** GnuPG in a throw-away home: a real peer. */
export class Gpg {
  readonly home = mkdtempSync(join(tmpdir(), 'g-'));

  constructor() {
    chmodSync(this.home, 0o700);
  }

  run(args: readonly string[], options: { input?: string | Uint8Array; cwd?: string } = {}) {
    const ran = spawnSync(
      'gpg',
      [
        '--homedir',
        this.home,
        '--batch',
        '--no-tty',
        '--pinentry-mode',
        'loopback',
        '--passphrase',
        '',
        '--status-fd',
        '2',
        ...args,
      ],
      {
        ...(options.input === undefined ? {} : { input: options.input }),
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        maxBuffer: 512 * 1024 * 1024,
      },
    );
    return { code: ran.status ?? -1, stdout: ran.stdout, status: ran.stderr.toString('utf8') };
  }

  ok(args: readonly string[], options: { input?: string | Uint8Array; cwd?: string } = {}): Buffer {
    const ran = this.run(args, options);
    if (ran.code !== 0) throw new Error(`gpg ${args.join(' ')}\n${ran.status}`);
    return ran.stdout;
  }

  /** One message as the format wants it: signed by one, encrypted to another, literal without a name. */
  seal(by: string, to: string, input: string | Uint8Array): Buffer {
    return this.ok(
      [
        ...['--trust-model', 'always', '--local-user', by, '--recipient', to],
        ...['--set-filename', '', '-z', '0', '--sign', '--encrypt', '--output', '-'],
      ],
      { input },
    );
  }

  /** Makes a key and answers with its fingerprint. */
  makeKey(name: string, kind: 'ed25519' | 'rsa3072' = 'ed25519'): string {
    const user = `${name} <${name.toLowerCase().replace(/\W+/g, '.')}@gpg.example>`;
    if (kind === 'rsa3072') this.ok(['--quick-generate-key', user, 'rsa3072', 'default', 'never']);
    else {
      this.ok(['--quick-generate-key', user, 'ed25519', 'sign,cert', 'never']);
      this.ok(['--quick-add-key', this.fingerprint(user), 'cv25519', 'encr', 'never']);
    }
    if (kind === 'rsa3072' && !this.listing(user).includes('\nsub:'))
      this.ok(['--quick-add-key', this.fingerprint(user), 'rsa3072', 'encr', 'never']);
    return this.fingerprint(user);
  }

  fingerprint(user: string): string {
    return /^fpr:+([0-9A-F]{40}):/m.exec(this.listing(user))?.[1] ?? '';
  }

  exportKey(fingerprint: string): Buffer {
    return this.ok(['--armor', '--export', fingerprint]);
  }

  importKey(certificate: string | Uint8Array): void {
    this.ok(['--import'], { input: certificate });
  }

  /** Revokes a key of this home, with the revocation that was made along with it. */
  revoke(fingerprint: string): void {
    const path = join(this.home, 'openpgp-revocs.d', `${fingerprint}.rev`);
    // A colon keeps it from being imported by mistake.
    this.importKey(readFileSync(path, 'utf8').replace(':-----BEGIN', '-----BEGIN'));
  }

  stop(): void {
    spawnSync('gpgconf', ['--homedir', this.home, '--kill', 'all']);
    rmSync(this.home, { recursive: true, force: true });
  }

  private listing(user: string): string {
    return this.ok(['--with-colons', '--list-keys', user]).toString('utf8');
  }
}
