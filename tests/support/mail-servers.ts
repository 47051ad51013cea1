import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certify } from './certificates.ts';
import { freePort, untilItAnswers } from './ports.ts';

const POSTFIX = '/usr/sbin/postfix';
const POSTFIX_MASTER = '/usr/lib/postfix/sbin/master';
const DOVECOT = '/usr/sbin/dovecot';

/** Every mailbox has it. */
export const MAIL_PASSWORD = 'the password of a mailbox';

/**
 * A real Postfix that takes mail and a real Dovecot that keeps it, on loopback, under an authority
 * of their own: by TLS at once on the usual ports of an address of loopback, by STARTTLS on others.
 */
export class MailServers {
  readonly folder: string;
  /** Where TLS begins at once: 465 and 993. */
  readonly host = `127.${[1, 2, 3].map(() => 1 + Math.floor(Math.random() * 250)).join('.')}`;
  /** Of localhost, with STARTTLS. */
  readonly smtp: number;
  readonly imap: number;
  /** Takes mail and offers no encryption. */
  readonly open: number;
  readonly #lmtp: number;
  readonly #sasl: number;
  readonly #running: ChildProcess[] = [];

  private constructor(folder: string, ports: readonly number[]) {
    this.folder = folder;
    [this.smtp = 0, this.imap = 0, this.open = 0, this.#lmtp = 0, this.#sasl = 0] = ports;
  }

  /** @param addresses of the mailboxes @param limit of a message, in bytes */
  static async start(
    folder: string,
    addresses: readonly string[],
    limit = 50_000_000,
  ): Promise<MailServers> {
    if (!existsSync(POSTFIX) || !existsSync(DOVECOT))
      throw new Error('The test needs postfix, dovecot-imapd and dovecot-lmtpd.');
    if (process.getuid?.() !== 0) throw new Error('Postfix can only be started by root.');
    const ports: number[] = [];
    while (ports.length < 5) ports.push(await freePort());
    const servers = new MailServers(folder, ports);
    mkdirSync(folder, { recursive: true });
    // Both serve as users of their own, who may look into these folders alone.
    for (const path of [join(folder, '..'), folder]) chmodSync(path, 0o711);
    certify(folder, ['DNS:localhost', `IP:${servers.host}`]);
    servers.#configureDovecot(addresses);
    servers.#configurePostfix(addresses, limit);
    await servers.begin();
    return servers;
  }

  get authority(): string {
    return join(this.folder, 'authority.pem');
  }

  /** The messages of a mailbox, as they lie there. */
  messages(address: string): string[] {
    const box = join(this.folder, 'mail', address);
    return ['new', 'cur'].flatMap((part) => {
      const folder = join(box, part);
      if (!existsSync(folder)) return [];
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    });
  }

  /** Puts a message into a mailbox, as a server does. */
  put(address: string, message: string): void {
    const { status, stderr } = spawnSync(
      '/usr/lib/dovecot/dovecot-lda',
      ['-c', join(this.folder, 'dovecot.conf'), '-d', address],
      { input: message },
    );
    if (status !== 0) throw new Error(stderr.toString());
  }

  async begin(): Promise<void> {
    this.#start(DOVECOT, '-F', '-c', join(this.folder, 'dovecot.conf'));
    this.#start(POSTFIX_MASTER, '-c', join(this.folder, 'postfix'), '-d');
    for (const port of [this.smtp, this.imap, this.#lmtp, this.#sasl])
      await untilItAnswers(port, () => this.said());
  }

  /** Whether the disk of the server that takes mail counts as full: it wants more than there is. */
  async full(isFull: boolean): Promise<void> {
    const file = join(this.folder, 'postfix/main.cf');
    const settings = readFileSync(file, 'utf8').replace(/^queue_minfree.*\n/m, '');
    writeFileSync(file, isFull ? `${settings}queue_minfree = 900000000000000\n` : settings);
    await this.stop();
    await this.begin();
  }

  /** Takes the messages out of a mailbox that hold a text. */
  expunge(address: string, text: string): void {
    for (const part of ['new', 'cur']) {
      const folder = join(this.folder, 'mail', address, part);
      for (const name of existsSync(folder) ? readdirSync(folder) : [])
        if (readFileSync(join(folder, name), 'latin1').includes(text)) rmSync(join(folder, name));
    }
  }

  /** Ends both at once, with everything that they started. */
  async stop(): Promise<void> {
    const running = this.#running.splice(0);
    const ended = running.map((each) => new Promise((done) => each.once('exit', done)));
    for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    await Promise.all(ended);
  }

  /** What both wrote into their logs. */
  said(): string {
    const logs = ['dovecot.log', 'postfix.log'].map((name) => join(this.folder, name));
    return logs
      .filter((log) => existsSync(log))
      .map((log) => readFileSync(log, 'utf8'))
      .join('');
  }

  #start(program: string, ...args: string[]): void {
    this.#running.push(spawn(program, args, { stdio: 'ignore', detached: true }));
  }

  #configureDovecot(addresses: readonly string[]): void {
    const at = (name: string) => join(this.folder, name);
    mkdirSync(at('mail'));
    const { uid, gid } = owner('mail');
    chownSync(at('mail'), uid, gid);
    const users = addresses.map((address) => `${address}:{PLAIN}${MAIL_PASSWORD}`);
    writeFileSync(at('users'), `${users.join('\n')}\n`);
    const listener = (kind: string, port: number, more = '') =>
      `inet_listener ${kind} {\n address = 127.0.0.1\n port = ${String(port)}\n ${more}\n}`;
    writeFileSync(
      at('dovecot.conf'),
      [
        `base_dir = ${at('run')}`,
        `log_path = ${at('dovecot.log')}`,
        'protocols = imap lmtp',
        'ssl = required',
        `ssl_cert = <${at('server.pem')}`,
        `ssl_key = <${at('server.key')}`,
        'first_valid_uid = 1',
        'first_valid_gid = 1',
        `mail_location = maildir:${at('mail')}/%u`,
        `passdb {\n driver = passwd-file\n args = ${at('users')}\n}`,
        'userdb {\n driver = static\n args = uid=mail gid=mail home=/nonexistent\n}',
        `service imap-login {\n${listener('imap', this.imap)}`,
        `inet_listener imaps {\n address = ${this.host}\n port = 993\n ssl = yes\n}\n}`,
        `service lmtp {\n${listener('lmtp', this.#lmtp)}\n}`,
        `service auth {\n${listener('sasl', this.#sasl)}\n}`,
      ].join('\n') + '\n',
    );
  }

  #configurePostfix(addresses: readonly string[], limit: number): void {
    const at = (name: string) => join(this.folder, name);
    for (const name of ['postfix', 'queue', 'data']) mkdirSync(at(name));
    const { uid } = owner('postfix');
    chownSync(at('data'), uid, 0);
    writeFileSync(at('addresses'), `${addresses.map((each) => `${each} x`).join('\n')}\n`);
    const domains = [...new Set(addresses.map((each) => each.split('@')[1]))];
    const settings = {
      compatibility_level: '3.6',
      queue_directory: at('queue'),
      data_directory: at('data'),
      myhostname: 'mail.example',
      mydestination: '',
      alias_maps: '',
      alias_database: '',
      inet_protocols: 'ipv4',
      local_transport: 'error',
      relay_domains: '',
      maillog_file: at('postfix.log'),
      maillog_file_prefixes: this.folder,
      // What could not be delivered at once is tried again soon.
      queue_run_delay: '2s',
      minimal_backoff_time: '2s',
      maximal_backoff_time: '5s',
      message_size_limit: String(limit),
      mailbox_size_limit: '0',
      virtual_mailbox_limit: '0',
      virtual_mailbox_domains: domains.join(' '),
      virtual_mailbox_maps: `texthash:${at('addresses')}`,
      virtual_transport: `lmtp:inet:127.0.0.1:${String(this.#lmtp)}`,
      smtpd_tls_cert_file: at('server.pem'),
      smtpd_tls_key_file: at('server.key'),
      smtpd_tls_security_level: 'encrypt',
      smtpd_tls_auth_only: 'yes',
      smtpd_sasl_auth_enable: 'yes',
      smtpd_sasl_type: 'dovecot',
      smtpd_sasl_path: `inet:127.0.0.1:${String(this.#sasl)}`,
      smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
      smtpd_recipient_restrictions:
        'reject_unauth_destination, reject_unlisted_recipient, permit_sasl_authenticated, reject',
    };
    writeFileSync(
      at('postfix/main.cf'),
      Object.entries(settings)
        .map(([name, value]) => `${name} = ${value}\n`)
        .join(''),
    );
    const services = [
      `127.0.0.1:${String(this.smtp)} inet n - n - - smtpd`,
      `${this.host}:465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
      `127.0.0.1:${String(this.open)} inet n - n - - smtpd -o smtpd_tls_security_level=none`,
      'pickup unix n - n 60 1 pickup',
      'cleanup unix n - n - 0 cleanup',
      'qmgr unix n - n 300 1 qmgr',
      'tlsmgr unix - - n 1000? 1 tlsmgr',
      'proxymap unix - - n - - proxymap',
      'rewrite unix - - n - - trivial-rewrite',
      'bounce unix - - n - 0 bounce',
      'defer unix - - n - 0 bounce',
      'error unix - - n - - error',
      'lmtp unix - - n - - lmtp',
      'anvil unix - - n - 1 anvil',
      'postlog unix-dgram n - n - 1 postlogd',
    ];
    writeFileSync(at('postfix/master.cf'), `${services.join('\n')}\n`);
    // It makes the folders of the queue.
    spawnSync(POSTFIX, ['-c', at('postfix'), 'check']);
  }
}

/** Who a user of the system is, in numbers. */
function owner(name: string): { uid: number; gid: number } {
  const number = (flag: string) =>
    Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim());
  return { uid: number('-u'), gid: number('-g') };
}
