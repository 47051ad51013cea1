import './older-node.ts';
import { ImapFlow, type MessageStructureObject } from 'imapflow';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import type { CarriedFile } from '../../domain/transfers/carrier-port.ts';
import type { EmailChannel } from '../../domain/transfers/records.ts';
import { trusting } from '../net/trust.ts';
import { mailFailure } from './mail-reasons.ts';
import { Pace } from './pace.ts';

const PATIENCE = 30_000;
/** The port where TLS begins at once (RFC 8314); on any other STARTTLS has to follow. */
const BY_TLS = 993;
/** The newest messages are looked into; what a look costs has an end. */
const MOST_MESSAGES = 10_000;
const MOST_PARTS = 100;

/** A mailbox that is read and never changed: no message is marked as read, moved or removed. */
export class Mailbox {
  readonly #channel: EmailChannel;
  readonly #client: ImapFlow;
  readonly #pace: Pace;
  /** What ended the connection. */
  #broken: unknown;

  private constructor(channel: EmailChannel) {
    const { imapHost: host, imapPort: port, user, password, authority, proxy } = channel;
    this.#channel = channel;
    this.#pace = new Pace(channel.limitKiB);
    this.#client = new ImapFlow({
      ...{ host, port, auth: { user, pass: password } },
      ...(port === BY_TLS ? { secure: true } : { secure: false, doSTARTTLS: true }),
      ...{ connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE },
      tls: { minVersion: 'TLSv1.2', ...trusting(authority) },
      ...{ logger: false, disableAutoIdle: true, disableBinary: true },
      clientInfo: {},
      ...(proxy === undefined ? {} : { proxy }),
    });
    // The call that waits for an answer hears only that there is no connection any more.
    this.#client.once('error', (error: unknown) => (this.#broken = error));
    this.#client.on('error', () => undefined);
  }

  /** @throws DomainError `carrier-unreachable`, `carrier-refused`, `carrier-denied`, `cancelled` */
  static async open(channel: EmailChannel, signal?: AbortSignal): Promise<Mailbox> {
    const box = new Mailbox(channel);
    try {
      await box.#ask(signal, async (client) => {
        await client.connect();
        await client.mailboxOpen(channel.path, { readOnly: true });
      });
    } catch (error) {
      box.close();
      throw error;
    }
    return box;
  }

  /** The attachments that have a name, oldest message first. @throws DomainError as `open` */
  list(signal?: AbortSignal): Promise<CarriedFile[]> {
    return this.#ask(signal, async (client) => {
      const found: CarriedFile[] = [];
      const count = client.mailbox === false ? 0 : client.mailbox.exists;
      if (count === 0) return found;
      const range = `${String(Math.max(1, count - MOST_MESSAGES + 1))}:*`;
      for await (const { uid, bodyStructure } of client.fetch(range, {
        uid: true,
        bodyStructure: true,
      })) {
        if (!bodyStructure) continue;
        for (const part of partsOf(bodyStructure)) {
          const name = part.dispositionParameters?.['filename'] ?? part.parameters?.['name'];
          if (name === undefined) continue;
          const at = `${String(uid)}/${part.part ?? '1'}`;
          found.push({ name, bytes: part.size ?? 0, at });
        }
      }
      return found;
    });
  }

  /** What an attachment holds, decoded. @param at of `list` @throws DomainError as `open` */
  read(
    at: string,
    signal: AbortSignal | undefined,
    take: (slice: Uint8Array) => Promise<void>,
  ): Promise<void> {
    return this.#ask(signal, async (client) => {
      const [uid = '', part] = at.split('/');
      const { content } = await client.download(uid, part, {
        ...{ uid: true, chunkSize: 256 * 1024, decodeText: false },
      });
      if (!content)
        throw new DomainError('carrier-file-changed', { path: at, where: this.#where() });
      for await (const part of content) {
        const slice = part as Uint8Array;
        await take(slice);
        await this.#pace.spend(slice.length, signal);
      }
    });
  }

  close(): void {
    this.#client.close();
  }

  async #ask<T>(
    signal: AbortSignal | undefined,
    act: (client: ImapFlow) => Promise<T>,
  ): Promise<T> {
    const isStopped = () => signal?.aborted === true;
    if (isStopped()) throw new DomainError('cancelled');
    const stop = () => {
      this.#client.close();
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await act(this.#client);
    } catch (error) {
      if (isStopped()) throw new DomainError('cancelled');
      const cause = isDomainError(error) ? error : (this.#broken ?? error);
      throw mailFailure(cause, this.#channel, this.#where());
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  #where(): string {
    return `${this.#channel.imapHost}:${String(this.#channel.imapPort)}`;
  }
}

/** The leaves of a message, the first hundred of them. */
function partsOf(whole: MessageStructureObject): MessageStructureObject[] {
  const leaves: MessageStructureObject[] = [];
  const waiting = [whole];
  for (let part = waiting.pop(); part && leaves.length < MOST_PARTS; part = waiting.pop()) {
    if (part.childNodes === undefined) leaves.push(part);
    else waiting.push(...part.childNodes.slice(0, MOST_PARTS).reverse());
  }
  return leaves;
}
