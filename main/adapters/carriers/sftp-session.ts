import { createHash } from 'node:crypto';
import ssh2, { type Client, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import { DomainError } from '../../domain/errors/index.ts';
import type { SftpChannel } from '../../domain/transfers/records.ts';
import { throughProxy } from '../net/proxy.ts';
import { reasonOf } from '../net/network-reasons.ts';

/** How long a server may take for one answer, in milliseconds. */
const PATIENCE = 30_000;
/** SSH_FXP status codes (draft-ietf-secsh-filexfer-02, section 7). */
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const CONNECTION_LOST = [6, 7];

/** What is opened, and ended, with one channel: a connection that was let in. */
export class SftpSession {
  readonly hostKey: string;
  readonly #where: string;
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  readonly #ended: Promise<never>;

  private constructor(
    where: string,
    client: Client,
    sftp: SFTPWrapper,
    hostKey: string,
    ended: Promise<never>,
  ) {
    this.#where = where;
    this.#client = client;
    this.#sftp = sftp;
    this.hostKey = hostKey;
    this.#ended = ended;
  }

  /**
   * Connects and signs in. A server whose key is not the pinned one learns neither name nor
   * password.
   * @throws DomainError `carrier-unreachable`, `carrier-refused`, `carrier-host-changed`, `cancelled`
   */
  static async open(channel: SftpChannel, signal?: AbortSignal): Promise<SftpSession> {
    const { host, port, user } = channel;
    const where = port === 22 ? host : `${host}:${String(port)}`;
    const client = new ssh2.Client();
    let hostKey = '';
    const stop = () => client.destroy();
    signal?.addEventListener('abort', stop, { once: true });
    const ended = new Promise<never>((_, refuse) => {
      client.on('error', (error) => {
        refuse(failure(error, where, user));
      });
      client.once('close', () => {
        refuse(new DomainError('carrier-unreachable', { where, reason: 'the connection was cut' }));
      });
    });
    ended.catch(() => undefined);
    try {
      const ready = new Promise<void>((done) => {
        client.once('ready', done);
      });
      const sock =
        channel.proxy === undefined
          ? undefined
          : await throughProxy(channel.proxy, { host, port }, signal);
      client.connect({
        ...(sock === undefined ? { host, port } : { sock }),
        username: user,
        ...credentials(channel),
        readyTimeout: PATIENCE,
        keepaliveInterval: PATIENCE / 3,
        hostVerifier: (key: Buffer) => {
          hostKey = fingerprintOf(key);
          return channel.hostKey === undefined || channel.hostKey === hostKey;
        },
      });
      await Promise.race([ready, ended]);
      const sftp = new Promise<SFTPWrapper>((done, refuse) => {
        client.sftp((error, opened) => {
          if (error) refuse(new DomainError('carrier-denied', { where, reason: 'no SFTP' }));
          else done(opened);
        });
      });
      return new SftpSession(where, client, await Promise.race([sftp, ended]), hostKey, ended);
    } catch (error) {
      client.destroy();
      if (signal?.aborted === true) throw new DomainError('cancelled');
      if (channel.hostKey !== undefined && hostKey !== '' && channel.hostKey !== hostKey)
        throw new DomainError('carrier-host-changed', {
          ...{ where, found: hostKey, known: channel.hostKey },
        });
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /**
   * One request and its answer.
   * @throws DomainError `carrier-unreachable`, `carrier-denied`
   */
  async ask<T>(
    request: (sftp: SFTPWrapper, done: (error: unknown, value: T) => void) => void,
  ): Promise<T> {
    const where = this.#where;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<T>((done, refuse) => {
      timer = setTimeout(() => {
        refuse(new DomainError('carrier-unreachable', { where, reason: 'it does not answer' }));
        this.#client.destroy();
      }, PATIENCE);
      request(this.#sftp, (error, value) => {
        if (error === undefined || error === null) done(value);
        else refuse(this.#status(error));
      });
    });
    try {
      return await Promise.race([answer, this.#ended]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The same, where the answer may be that nothing is there. */
  async askWhether<T>(
    request: (sftp: SFTPWrapper, done: (error: unknown, value: T) => void) => void,
  ): Promise<T | undefined> {
    return this.ask<T | undefined>((sftp, done) => {
      request(sftp, (error, value) => {
        if (codeOf(error) === NO_SUCH_FILE) done(undefined, undefined);
        else done(error, value);
      });
    });
  }

  close(): Promise<void> {
    this.#client.end();
    return Promise.resolve();
  }

  #status(error: unknown): DomainError {
    const where = this.#where;
    const code = codeOf(error);
    if (code !== undefined && CONNECTION_LOST.includes(code))
      return new DomainError('carrier-unreachable', { where, reason: 'the connection was cut' });
    const reason =
      code === PERMISSION_DENIED
        ? 'permission denied'
        : code === NO_SUCH_FILE
          ? 'there is no such folder or file'
          : 'it answers with a failure';
    return new DomainError('carrier-denied', { where, reason }, { cause: error });
  }
}

/** As `ssh-keygen -l` writes it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function credentials({ password, privateKey }: SftpChannel): ConnectConfig {
  if (privateKey !== undefined)
    return { privateKey, ...(password === undefined ? {} : { passphrase: password }) };
  if (password !== undefined) return { password };
  const agent = process.env['SSH_AUTH_SOCK'];
  return agent === undefined ? {} : { agent };
}

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** What a connection that failed is called in words. */
function failure(error: Error & { level?: string; code?: string }, where: string, user: string) {
  if (error.level === 'client-authentication' || error.message.includes('privateKey'))
    return new DomainError('carrier-refused', { where, user }, { cause: error });
  const reason = error.level === 'client-timeout' ? 'it does not answer' : reasonOf(error.code);
  return new DomainError('carrier-unreachable', { where, reason }, { cause: error });
}
