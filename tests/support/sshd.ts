import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, untilItAnswers } from './ports.ts';

const SSHD = '/usr/sbin/sshd';

/** A real OpenSSH server on loopback, with keys of its own, that lets this user in by key. */
export class Sshd {
  readonly folder: string;
  readonly port: number;
  readonly user = userInfo().username;
  /** The private key that signs in. */
  readonly key: string;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(folder: string, port: number, options: readonly string[]) {
    this.folder = folder;
    this.port = port;
    this.key = join(folder, 'user');
    this.#options = options;
  }

  /** @param options of `internal-sftp`, such as `-R`: nothing may be written */
  static async start(folder: string, options: readonly string[] = []): Promise<Sshd> {
    if (!existsSync(SSHD)) throw new Error('The test needs openssh-server.');
    mkdirSync(folder, { recursive: true });
    const server = new Sshd(folder, await freePort(), options);
    server.newHostKey();
    generate(server.key);
    writeFileSync(join(folder, 'authorized'), readFileSync(`${server.key}.pub`));
    await server.begin();
    return server;
  }

  /** As `ssh-keygen -l` writes the fingerprint of the host's key. */
  hostKey(): string {
    const { stdout } = spawnSync('ssh-keygen', ['-lf', join(this.folder, 'host.pub')], {
      encoding: 'utf8',
    });
    return stdout.split(' ')[1] ?? '';
  }

  newHostKey(): void {
    spawnSync('rm', ['-f', join(this.folder, 'host'), join(this.folder, 'host.pub')]);
    generate(join(this.folder, 'host'));
  }

  async begin(): Promise<void> {
    const config = join(this.folder, 'sshd_config');
    const lines = [
      `Port ${String(this.port)}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(this.folder, 'host')}`,
      `AuthorizedKeysFile ${join(this.folder, 'authorized')}`,
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'PermitRootLogin yes',
      `Subsystem sftp internal-sftp ${this.#options.join(' ')}`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
    const started = spawn(SSHD, ['-D', '-e', '-f', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    started.stderr.on('data', (text: Buffer) => (this.#said += text.toString()));
    this.#process = started;
    await untilItAnswers(this.port, () => `sshd: ${this.#said}`);
  }

  /** Ends it with every connection. */
  async stop(): Promise<void> {
    const running = this.#process;
    if (!running) return;
    const ended = new Promise((done) => running.once('exit', done));
    spawnSync('pkill', ['-KILL', '-P', String(running.pid)]);
    running.kill('SIGKILL');
    await ended;
    this.#process = undefined;
  }
}

function generate(path: string): void {
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
}
