import type { WayOut } from '../network/way-out.ts';

/** A certificate that was published, as it came: nobody has compared anything. */
export interface Published {
  readonly bytes: Uint8Array;
  readonly via: 'wkd' | 'keyserver';
  /** The server that gave it. */
  readonly host: string;
}

/** Where people publish their certificates. */
export interface CertificateDirectory {
  /**
   * Asks the domain of an address itself (Web Key Directory).
   * @throws DomainError `address-malformed`, `directory-failed`, `cancelled`
   */
  ofDomain(address: string, way: WayOut, signal?: AbortSignal): Promise<Published | undefined>;
  /**
   * Asks a key server that a person named: `vks://host` or `hkps://host`.
   * @throws DomainError `input-refused`, `directory-failed`, `cancelled`
   */
  ofServer(
    server: string,
    address: string,
    way: WayOut,
    signal?: AbortSignal,
  ): Promise<Published | undefined>;
}
