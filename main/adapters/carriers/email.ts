import type { Files } from '../../domain/files.ts';
import type { Digest } from '../../domain/identifiers.ts';
import type { Work } from '../../domain/ports.ts';
import type { CarriedFile, Carrier } from '../../domain/transfers/carrier-port.ts';
import type { EmailChannel } from '../../domain/transfers/records.ts';
import { intoPartial } from './into-partial.ts';
import { MailServer } from './mail-server.ts';
import { Mailbox } from './mailbox.ts';

/** Mail: out by SMTP (RFC 5321), in by IMAP (RFC 9051), each attachment a sealed file. */
export class EmailCarrier implements Carrier {
  /** A message is there or not: an attachment that differs from its name was altered. */
  readonly arrivesWhole = true;
  readonly #channel: EmailChannel;
  readonly #files: Files;
  readonly #signal: AbortSignal | undefined;
  #box: Mailbox | undefined;

  /** Nothing is connected before it is used. */
  constructor(channel: EmailChannel, files: Files, signal: AbortSignal | undefined) {
    this.#channel = channel;
    this.#files = files;
    this.#signal = signal;
  }

  async list(): Promise<CarriedFile[]> {
    return (await this.#mailbox()).list(this.#signal);
  }

  async fetch(file: CarriedFile, toPartial: string, { signal, report }: Work): Promise<void> {
    const box = await this.#mailbox();
    const { at = '', bytes: total } = file;
    await intoPartial(this.#files, toPartial, file, async (_begun, take) => {
      let done = 0;
      await box.read(at, signal, async (slice) => {
        await take(done, slice);
        done += slice.length;
        report?.({ stage: 'fetching', done: Math.min(done, total), total });
      });
    });
  }

  /**
   * A server cannot be asked whether it took a message before: what is sent again after a crash is
   * known by its digest where it arrives.
   */
  async deliver(from: string, name: string, _digest: Digest, work: Work): Promise<void> {
    const { size = 0 } = (await this.#files.facts(from)) ?? {};
    const server = await MailServer.open(this.#channel, work.signal);
    try {
      await server.send(from, name, size, work);
    } finally {
      server.close();
    }
  }

  async probe(): Promise<void> {
    (await MailServer.open(this.#channel, this.#signal)).close();
  }

  close(): Promise<void> {
    this.#box?.close();
    return Promise.resolve();
  }

  async #mailbox(): Promise<Mailbox> {
    this.#box ??= await Mailbox.open(this.#channel, this.#signal);
    return this.#box;
  }
}
