import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, untilItAnswers } from './ports.ts';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';

/** A real Apache as an agency's proxy, which lets nothing but CONNECT to some ports through. */
export class Proxy {
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.#folder = folder;
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#process = process;
  }

  static async start(folder: string, ports: readonly number[]): Promise<Proxy> {
    if (!existsSync(APACHE)) throw new Error('The test needs apache2-bin.');
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const names = ['mpm_event', 'authz_core', 'proxy', 'proxy_connect'];
    const lines = [
      ...names.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
      `ServerRoot ${folder}`,
      'ServerName localhost',
      `PidFile ${join(folder, 'pid')}`,
      `DefaultRuntimeDir ${folder}`,
      `ErrorLog ${join(folder, 'errors')}`,
      `CustomLog ${join(folder, 'log')} "%m %U %>s"`,
      `Listen 127.0.0.1:${String(port)}`,
      ...(userInfo().uid === 0 ? ['User www-data', 'Group www-data'] : []),
      'ProxyRequests On',
      `AllowCONNECT ${ports.join(' ')}`,
    ];
    writeFileSync(join(folder, 'httpd.conf'), `${lines.join('\n')}\n`);
    const started = spawn(APACHE, ['-X', '-f', join(folder, 'httpd.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    started.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const proxy = new Proxy(folder, port, started);
    await untilItAnswers(port, () => `apache2: ${said}`);
    return proxy;
  }

  /** What was asked of it, a line each; a connection is written down when it ends. */
  asked(): string[] {
    const log = readFileSync(join(this.#folder, 'log'), 'utf8');
    return log.split('\n').filter((line) => line !== '');
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill('SIGKILL');
    await ended;
  }
}
