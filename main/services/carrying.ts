import type { Digest } from '../domain/identifiers.ts';
import type { Work } from '../domain/ports.ts';
import type { CarriedFile, Carrier } from '../domain/transfers/carrier-port.ts';
import type { ChannelRecord } from '../domain/transfers/records.ts';
import type { AgencyPolicy } from './agency-policy.ts';
import type { AirGap } from './air-gap.ts';
import type { Desk } from './desk.ts';

/** A sealed file of this vault, as a channel gets it. */
export interface SealedFile {
  readonly fileName: string;
  readonly digest: Digest;
}

/** Uses a channel: opens it, pins whom it leads to, and closes it, whatever happens. */
export class Carrying {
  readonly #desk: Desk;
  readonly #airGap: AirGap;
  readonly #policy: AgencyPolicy;

  constructor(desk: Desk, airGap: AirGap, policy: AgencyPolicy) {
    this.#desk = desk;
    this.#airGap = airGap;
    this.#policy = policy;
  }

  /**
   * @throws DomainError `policy-forbids-channel`, `air-gapped`, of the carrier, and what `use` throws
   */
  async over<T>(
    channel: ChannelRecord,
    { signal }: Work,
    use: (carrier: Carrier) => Promise<T>,
  ): Promise<T> {
    this.#policy.assertChannel(channel);
    if (channel.kind !== 'folder') this.#airGap.assertOff();
    const carrier = await this.#desk.tools.carriers.open(channel, signal);
    try {
      await this.#pin(channel, carrier);
      return await use(carrier);
    } finally {
      await carrier.close();
    }
  }

  /** Sends one file; a crash leaves no half of it in a folder. @throws DomainError of the carrier */
  async deliver(carrier: Carrier, { fileName, digest }: SealedFile, work: Work): Promise<void> {
    const desk = this.#desk;
    const deliver = () => carrier.deliver(desk.sealed(fileName), fileName, digest, work);
    if (carrier.folder === undefined) return deliver();
    return desk.withScratch(desk.tools.files.join(carrier.folder, `${fileName}.partial`), deliver);
  }

  /** Runs `use` with a local path of a file there, which is fetched when it is not local. */
  async locally<T>(
    carrier: Carrier,
    file: CarriedFile,
    work: Work,
    use: (path: string) => Promise<T>,
  ): Promise<T> {
    const desk = this.#desk;
    if (carrier.folder !== undefined) return use(desk.tools.files.join(carrier.folder, file.name));
    const partial = desk.sealed(`${desk.newId()}.partial`);
    return desk.withScratch(partial, async () => {
      await carrier.fetch(file, partial, work);
      return use(partial);
    });
  }

  /** Whom a channel led to first is whom it has to lead to from then on. */
  async #pin(channel: ChannelRecord, { hostKey }: Carrier): Promise<void> {
    if (channel.kind !== 'sftp' || hostKey === undefined || channel.hostKey !== undefined) return;
    await this.#desk.session.journal.note([
      { put: 'channels', id: channel.id, doc: { ...channel, hostKey } },
    ]);
  }
}
