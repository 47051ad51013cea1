import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { certify } from './certificates.ts';
import { ONAK_SCRIPTS } from './key-server.ts';
import { freePort, untilItAnswers } from './ports.ts';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const LOADED = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic'];

export const USER = 'valise';
export const PASSWORD = 'the password of a share';

/** A real Apache with WebDAV on loopback, by TLS, under an authority of its own. */
export class Apache {
  readonly folder: string;
  readonly port: number;
  /** What is served, at `/share/`; `/frozen/` is the same and takes nothing. */
  readonly share: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number, share: string) {
    this.folder = folder;
    this.port = port;
    this.share = share;
  }

  /** @param share what is served, a folder of its own unless told */
  static async start(folder: string, share = join(folder, 'share')): Promise<Apache> {
    if (!existsSync(APACHE)) throw new Error('The test needs apache2-bin.');
    const server = new Apache(folder, await freePort(), share);
    mkdirSync(server.share, { recursive: true });
    mkdirSync(join(folder, 'locks'), { recursive: true });
    for (const path of [join(folder, '..'), folder]) chmodSync(path, 0o711);
    for (const path of [server.share, join(folder, 'locks')]) chmodSync(path, 0o777);
    server.#certify();
    server.#configure();
    await server.begin();
    return server;
  }

  url(place = 'share', port = this.port): string {
    return `https://localhost:${String(port)}/${place}/`;
  }

  /** PEM of whom the server's certificate is signed by. */
  get authority(): string {
    return join(this.folder, 'authority.pem');
  }

  /** What a key server behind it works with. */
  get keyServerFolder(): string {
    return join(this.folder, 'onak');
  }

  /** Publishes a file, as any web server does. @param path such as `.well-known/…` */
  publish(path: string, bytes: Uint8Array | string): void {
    const to = join(this.folder, 'web', path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }

  async begin(): Promise<void> {
    let said = '';
    const started = spawn(APACHE, ['-X', '-f', join(this.folder, 'httpd.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    started.stderr.on('data', (text: Buffer) => (said += text.toString()));
    this.#process = started;
    await untilItAnswers(this.port, () => `apache2: ${said}`);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (!running) return;
    const ended = new Promise((done) => running.once('exit', done));
    running.kill('SIGKILL');
    await ended;
    this.#process = undefined;
  }

  #certify(): void {
    const names = [
      'localhost',
      'openpgpkey.office.example',
      'small.example',
      'keys.office.example',
    ];
    certify(
      this.folder,
      names.map((name) => `DNS:${name}`),
    );
    const { stdout } = spawnSync('openssl', ['passwd', '-apr1', PASSWORD], { encoding: 'utf8' });
    writeFileSync(join(this.folder, 'users'), `${USER}:${stdout}`);
  }

  #configure(): void {
    const at = (name: string) => join(this.folder, name);
    const protect = [
      'AuthType Basic',
      'AuthName share',
      `AuthUserFile ${at('users')}`,
      'Require valid-user',
    ];
    const lines = [
      ...LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
      ...['dav', 'dav_fs', 'ssl', 'alias', 'cgi', 'env', 'socache_shmcb'].map(
        (name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`,
      ),
      `ServerRoot ${this.folder}`,
      'ServerName localhost',
      `PidFile ${at('pid')}`,
      `DefaultRuntimeDir ${this.folder}`,
      `ErrorLog ${at('errors')}`,
      `Listen 127.0.0.1:${String(this.port)}`,
      // It does not serve as root; whom it serves as then may look into these folders alone.
      ...(userInfo().uid === 0 ? ['User www-data', 'Group www-data'] : []),
      'LimitRequestBody 0',
      'SSLEngine on',
      `SSLCertificateFile ${at('server.pem')}`,
      `SSLCertificateKeyFile ${at('server.key')}`,
      `DavLockDB ${at('locks/db')}`,
      `Alias /share ${this.share}`,
      `Alias /frozen ${this.share}`,
      ...['.well-known', 'vks'].map((name) => `Alias /${name} ${at(`web/${name}`)}`),
      `ScriptAlias /pks ${ONAK_SCRIPTS}`,
      `SetEnv XDG_CONFIG_HOME ${this.keyServerFolder}`,
      '<Location /share>',
      'Dav On',
      ...protect,
      '</Location>',
      '<Location /frozen>',
      'Dav On',
      ...protect.slice(0, -1),
      '<Limit PUT DELETE MOVE>',
      'Require all denied',
      '</Limit>',
      '<LimitExcept PUT DELETE MOVE>',
      'Require valid-user',
      '</LimitExcept>',
      '</Location>',
    ];
    writeFileSync(at('httpd.conf'), `${lines.join('\n')}\n`);
  }
}
