import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, untilItAnswers } from './ports.ts';

const PROFTPD = '/usr/sbin/proftpd';
const MODULE = '/usr/lib/proftpd/mod_sftp.so';
/** Whom it serves as: nobody. */
const NOBODY = 65_534;

export const SFTP_USER = 'liaison';
export const SFTP_PASSWORD = 'the password of a server';

/**
 * A real ProFTPD on loopback that speaks SFTP: another server than OpenSSH's, which lets people in
 * by password who are no users of the system.
 */
export class Proftpd {
  readonly folder: string;
  readonly port: number;
  /** Where people arrive. */
  readonly share: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
    this.share = join(folder, 'share');
  }

  static async start(folder: string): Promise<Proftpd> {
    if (!existsSync(PROFTPD) || !existsSync(MODULE))
      throw new Error('The test needs proftpd-core and proftpd-mod-crypto.');
    const server = new Proftpd(folder, await freePort());
    mkdirSync(server.share, { recursive: true });
    for (const path of [join(folder, '..'), folder]) chmodSync(path, 0o711);
    if (process.getuid?.() === 0) chownSync(server.share, NOBODY, NOBODY);
    spawnSync('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', '', '-f', join(folder, 'host')]);
    server.#configure();
    await server.#begin();
    return server;
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (!running) return;
    const ended = new Promise((done) => running.once('exit', done));
    running.kill('SIGTERM');
    await ended;
    this.#process = undefined;
  }

  #configure(): void {
    const at = (name: string) => join(this.folder, name);
    const { stdout } = spawnSync('openssl', ['passwd', '-6', SFTP_PASSWORD], { encoding: 'utf8' });
    const id = String(process.getuid?.() === 0 ? NOBODY : process.getuid?.());
    const user = [SFTP_USER, stdout.trim(), id, id, '', this.share, '/bin/false'];
    writeFileSync(at('users'), `${user.join(':')}\n`, { mode: 0o600 });
    const lines = [
      `LoadModule ${MODULE.split('/').at(-1)?.replace('.so', '.c') ?? ''}`,
      'ServerName share',
      'ServerType standalone',
      'DefaultAddress 127.0.0.1',
      `Port ${String(this.port)}`,
      `PidFile ${at('pid')}`,
      `ScoreboardFile ${at('scoreboard')}`,
      `DelayTable ${at('delays')}`,
      `SystemLog ${at('log')}`,
      'UseIPv6 off',
      'WtmpLog off',
      'UseReverseDNS off',
      'RequireValidShell off',
      'AuthOrder mod_auth_file.c',
      `AuthUserFile ${at('users')}`,
      'AuthPAM off',
      'SFTPEngine on',
      `SFTPHostKey ${at('host')}`,
      `SFTPLog ${at('sftp.log')}`,
      'SFTPAuthMethods password',
    ];
    writeFileSync(at('proftpd.conf'), `${lines.join('\n')}\n`);
  }

  async #begin(): Promise<void> {
    let said = '';
    const started = spawn(PROFTPD, ['-n', '-c', join(this.folder, 'proftpd.conf')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (text: Buffer) => (said += text.toString()));
    this.#process = started;
    await untilItAnswers(this.port, () => `proftpd: ${said}`);
  }
}
