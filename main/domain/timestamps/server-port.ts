import type { WayOut } from '../network/way-out.ts';

/** A time-stamp authority on the network, asked only when a person names it. */
export interface TimeStampServer {
  /**
   * Sends an RFC 3161 request to a URL (http or https) and answers the bytes that came back.
   * @throws DomainError `input-refused` for another kind of URL, `timestamp-server`, `cancelled`
   */
  ask(url: string, request: Uint8Array, way: WayOut, signal?: AbortSignal): Promise<Uint8Array>;
}
