import { DomainError } from '../../domain/errors/index.ts';
import type { TimeStampServer } from '../../domain/timestamps/server-port.ts';
import { MAX_RESPONSE_BYTES } from '../../domain/timestamps/timestamp.ts';

/** How long an authority may take, in milliseconds. */
const PATIENCE = 30_000;

/** RFC 3161 over HTTP (section 3.4): one POST, no redirects, no cookies, nothing else. */
export class HttpTimeStampServer implements TimeStampServer {
  async ask(url: string, request: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const address = addressOf(url);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      stop.abort();
    }, PATIENCE);
    const cancel = () => {
      stop.abort();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/timestamp-query',
          accept: 'application/timestamp-reply',
        },
        body: new Uint8Array(request),
        redirect: 'error',
        credentials: 'omit',
        signal: stop.signal,
      });
      if (!answer.ok) throw failed(address, `it answers ${String(answer.status)}`);
      return await readLimited(answer, address);
    } catch (error) {
      if (signal?.aborted === true) throw new DomainError('cancelled');
      if (error instanceof DomainError) throw error;
      const reason = stop.signal.aborted ? 'it does not answer' : 'it cannot be reached';
      throw failed(address, reason, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
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

async function readLimited(answer: Response, address: URL): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = (answer.body as ReadableStream<Uint8Array> | null)?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    length += part.value.length;
    if (length > MAX_RESPONSE_BYTES) {
      await reader?.cancel();
      throw failed(address, 'its answer is too large');
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

function failed(address: URL, reason: string, cause?: unknown): DomainError {
  const params = { host: address.host, reason };
  return new DomainError('timestamp-server', params, cause === undefined ? {} : { cause });
}
