import { DomainError } from '../../domain/errors/index.ts';
import type { WayOut } from '../../domain/network/way-out.ts';
import type { TimeStampServer } from '../../domain/timestamps/server-port.ts';
import { MAX_RESPONSE_BYTES } from '../../domain/timestamps/timestamp.ts';
import { WebFailure, webRequest, type Asked } from './web-request.ts';

/** RFC 3161 over HTTP (section 3.4): one POST. */
export class HttpTimeStampServer implements TimeStampServer {
  async ask(
    url: string,
    request: Uint8Array,
    way: WayOut,
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    const address = addressOf(url);
    const asked: Asked = {
      method: 'POST',
      headers: {
        'content-type': 'application/timestamp-query',
        accept: 'application/timestamp-reply',
      },
      body: request,
      limit: MAX_RESPONSE_BYTES,
    };
    try {
      const { status, body } = await webRequest(address, asked, way, {}, signal);
      if (status === 200) return body;
      throw failed(address, `it answers ${String(status)}`);
    } catch (error) {
      if (error instanceof WebFailure) throw failed(address, error.message, error);
      throw error;
    }
  }
}

function addressOf(url: string): URL {
  const refuse = (problem: string) =>
    new DomainError('input-refused', { what: 'ledger timestamp', where: '--url', problem });
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    throw refuse('not a URL');
  }
  if (address.protocol !== 'https:' && address.protocol !== 'http:')
    throw refuse('not http or https');
  if (address.username !== '' || address.password !== '')
    throw refuse('a password does not belong into it');
  return address;
}

function failed(address: URL, reason: string, cause?: unknown): DomainError {
  const params = { host: address.host, reason };
  return new DomainError('timestamp-server', params, cause === undefined ? {} : { cause });
}
