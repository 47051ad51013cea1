import { DomainError, isDomainError } from '../domain/errors/index.ts';
import type { Digest } from '../domain/identifiers.ts';
import { claimedDigest } from '../domain/packages/file-name.ts';
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

  /**
   * Runs `use` with a local path of a file there, which is fetched when it is not local. What was
   * fetched when the way was lost stays beside the sealed files, and is continued the next time.
   * @throws DomainError of the carrier, `carrier-file-denied`, and what `use` throws
   */
  async locally<T>(
    carrier: Carrier,
    channel: ChannelRecord,
    file: CarriedFile,
    work: Work,
    use: (path: string) => Promise<T>,
  ): Promise<T> {
    const { files } = this.#desk.tools;
    if (carrier.folder !== undefined) return use(files.join(carrier.folder, file.name));
    const partial = this.#desk.sealed(partialName(channel, file));
    try {
      await carrier.fetch(file, partial, work);
    } catch (error) {
      if (!isDomainError(error, 'carrier-denied')) throw error;
      const { where = '', reason = '' } = error.params;
      throw new DomainError('carrier-file-denied', { path: file.name, where, reason });
    }
    try {
      return await use(partial);
    } finally {
      await files.remove(partial);
    }
  }

  /**
   * Removes what was begun to be fetched over a channel, but for files that are still wanted.
   * @param isWanted by the digest that a file's name claims
   */
  async forget(
    { id }: ChannelRecord,
    isWanted: (claimed: string) => boolean = () => false,
  ): Promise<void> {
    const { files } = this.#desk.tools;
    for (const name of await files.names(this.#desk.sealed('')))
      if (name.startsWith(`${id}-`) && !isWanted(name.slice(id.length + 1, -PARTIAL.length)))
        await files.remove(this.#desk.sealed(name));
  }

  /** Whom a channel led to first is whom it has to lead to from then on. */
  async #pin(channel: ChannelRecord, { hostKey }: Carrier): Promise<void> {
    if (channel.kind !== 'sftp' || hostKey === undefined || channel.hostKey !== undefined) return;
    await this.#desk.session.journal.note([
      { put: 'channels', id: channel.id, doc: { ...channel, hostKey } },
    ]);
  }
}

const PARTIAL = '.partial';

/** One for each file of a channel, so that a crash leaves no more than what is continued. */
function partialName({ id }: ChannelRecord, { name }: CarriedFile): string {
  return `${id}-${claimedDigest(name) ?? ''}${PARTIAL}`;
}
