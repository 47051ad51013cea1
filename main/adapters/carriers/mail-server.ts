import { createReadStream } from 'node:fs';
import type { Socket } from 'node:net';
import { Transform } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { DomainError } from '../../domain/errors/index.ts';
import type { Work } from '../../domain/ports.ts';
import type { EmailChannel } from '../../domain/transfers/records.ts';
import { throughProxy } from '../net/proxy.ts';
import { trusting } from '../net/trust.ts';
import { mailFailure } from './mail-reasons.ts';
import { Pace } from './pace.ts';

/** How long a server may say nothing, in milliseconds. */
const PATIENCE = 30_000;
/** The port where TLS begins at once (RFC 8314); on any other STARTTLS has to follow. */
const BY_TLS = 465;

/** A connection to a server that takes mail: encrypted, and signed in. */
export class MailServer {
  readonly #channel: EmailChannel;
  readonly #where: string;
  readonly #pace: Pace;
  readonly #connection: SMTPConnection;
  /** What ends the connection while nothing waits for an answer. */
  readonly #broken: Promise<never>;

  private constructor(channel: EmailChannel, connection: Socket | undefined) {
    const { host, port, authority } = channel;
    this.#channel = channel;
    this.#pace = new Pace(channel.limitKiB);
    this.#where = `${host}:${String(port)}`;
    this.#connection = new SMTPConnection({
      ...{ host, port, secure: port === BY_TLS, requireTLS: true },
      ...{ connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE },
      // What this computer is called is nobody's business.
      name: 'localhost',
      ...(connection === undefined ? {} : { connection }),
      tls: { minVersion: 'TLSv1.2', ...trusting(authority) },
    });
    this.#broken = new Promise((_, refuse) => {
      this.#connection.on('error', refuse);
    });
    this.#broken.catch(() => undefined);
  }

  /** @throws DomainError `carrier-unreachable`, `carrier-refused`, `carrier-denied`, `cancelled` */
  static async open(channel: EmailChannel, signal?: AbortSignal): Promise<MailServer> {
    const { proxy } = channel;
    const through = proxy === undefined ? undefined : await throughProxy(proxy, channel, signal);
    const server = new MailServer(channel, through);
    await server.#ask(signal, (done) => {
      server.#connection.connect(done);
    });
    const { user, password } = channel;
    await server.#ask(signal, (done) => {
      server.#connection.login({ credentials: { user, pass: password } }, done);
    });
    return server;
  }

  /**
   * Sends one file to the other office. Neither subject nor text say what it is about; the same
   * file has the same Message-ID whenever it is sent, so that what keeps mail can tell a repetition.
   * @throws DomainError as `open`
   */
  async send(from: string, name: string, total: number, work: Work): Promise<void> {
    const { from: sender, to } = this.#channel;
    const local = createReadStream(from);
    let done = 0;
    const counted = new Transform({
      transform: (slice: Uint8Array, _encoding, pass) => {
        done += slice.length;
        work.report?.({ stage: 'sending', done, total });
        void this.#pace.spend(slice.length, work.signal).then(() => {
          pass(undefined, slice);
        });
      },
    });
    local.once('error', (error) => counted.destroy(error));
    const message = new MailComposer({
      ...{ from: sender, to, subject: SUBJECT, text: TEXT },
      messageId: `<${name}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
      attachments: [
        {
          ...{ filename: name, content: local.pipe(counted) },
          ...{ contentType: 'application/octet-stream', contentTransferEncoding: 'base64' },
        },
      ],
      xMailer: false,
      disableUrlAccess: true,
      disableFileAccess: true,
    }).compile();
    try {
      await this.#ask(work.signal, (answered) => {
        // The size as it goes: base64 in lines, and the frame around it.
        const size = Math.ceil(total / 3) * 4 * (78 / 76) + 4096;
        this.#connection.send(
          { from: sender, to: [to], size: Math.ceil(size) },
          message.createReadStream(),
          answered,
        );
      });
    } finally {
      local.destroy();
    }
  }

  close(): void {
    this.#connection.quit();
  }

  async #ask(
    signal: AbortSignal | undefined,
    act: (done: (error?: Error | null) => void) => void,
  ): Promise<void> {
    const stop = () => {
      this.#connection.close();
      this.#connection.emit('error', new DomainError('cancelled'));
    };
    if (signal?.aborted === true) throw new DomainError('cancelled');
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = new Promise<void>((done, refuse) => {
        act((error) => {
          if (error) refuse(error);
          else done();
        });
      });
      await Promise.race([answer, this.#broken]);
    } catch (error) {
      this.#connection.close();
      throw mailFailure(error, this.#channel, this.#where);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

const SUBJECT = 'Sealed file';
const TEXT =
  'A sealed file is attached. Only the program of the office that it is for opens it.\n' +
  'Leave it as it is: a file that is changed on its way cannot be opened.\n';
