import { DomainError } from '../domain/errors/index.ts';
import type { CertificateFacts } from '../domain/pgp/engine.ts';
import type { Work } from '../domain/ports.ts';
import type { AirGap } from './air-gap.ts';
import type { Added, Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { Network } from './network.ts';

/** A certificate that was found for an address. Nobody has compared its fingerprint. */
export interface Found {
  readonly facts: CertificateFacts;
  readonly bytes: Uint8Array;
  readonly via: 'wkd' | 'keyserver';
  /** The server that gave it. */
  readonly host: string;
  /** A contact with this key is there already. */
  readonly known: boolean;
}

/** Certificates where they are published: found, and taken in as unverified. */
export class Finding {
  readonly #desk: Desk;
  readonly #contacts: Contacts;
  readonly #airGap: AirGap;
  readonly #network: Network;

  constructor(desk: Desk, contacts: Contacts, airGap: AirGap, network: Network) {
    this.#desk = desk;
    this.#contacts = contacts;
    this.#airGap = airGap;
    this.#network = network;
  }

  /**
   * Asks the domain of an address for its certificate, or the server that is named instead: a key
   * server learns whom one looks for, so it is never asked unasked.
   * @throws DomainError `air-gapped`, `not-allowed`, `address-malformed`, `certificate-not-found`,
   * `certificate-for-another`, `directory-failed`, of the certificate tables, `cancelled`
   */
  async find(address: string, server: string | undefined, { signal }: Work = {}): Promise<Found> {
    const { tools, session } = this.#desk;
    this.#desk.assertOfficer();
    this.#airGap.assertOff();
    const { directory } = tools;
    const { wayOut } = this.#network;
    const published =
      server === undefined
        ? await directory.ofDomain(address, wayOut, signal)
        : await directory.ofServer(server, address, wayOut, signal);
    if (!published) throw new DomainError('certificate-not-found', { address });
    const { facts } = await tools.engine.readCertificate(published.bytes, this.#desk.now());
    const isTheirs = facts.userIds.some(
      ({ email }) => email?.toLowerCase() === address.toLowerCase(),
    );
    if (!isTheirs) throw new DomainError('certificate-for-another', { address });
    const known = session.records.get('contacts', facts.fingerprint) !== undefined;
    return { ...published, facts, known };
  }

  /** Takes it in: a new contact is unverified, a known one is brought up to date. */
  take({ bytes, via }: Found): Promise<Added> {
    return this.#contacts.add({ certificate: bytes, via });
  }
}
