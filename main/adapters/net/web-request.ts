import { request as plain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as encrypted } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import type { WayOut } from '../../domain/network/way-out.ts';
import { reasonOf } from './network-reasons.ts';
import { throughProxy } from './proxy.ts';
import { trusting } from './trust.ts';

/** How long a server may say nothing, in milliseconds. */
const PATIENCE = 30_000;

/** What of the network is not the system's own; for tests. */
export type Network = Pick<RequestOptions, 'lookup' | 'port'> & { readonly ca?: Buffer };

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** A longer answer is refused, in bytes. */
  readonly limit: number;
}

export interface Answer {
  readonly status: number;
  /** Empty when the status is not 200. */
  readonly body: Uint8Array;
}

/** The request failed; the message says why, in words that follow a colon. */
export class WebFailure extends Error {
  /** No server has this name. */
  readonly isNoServer: boolean;

  constructor(reason: string, options: { cause?: unknown; isNoServer?: boolean } = {}) {
    super(reason, { cause: options.cause });
    this.isNoServer = options.isNoServer === true;
  }
}

/**
 * One request: no redirects, no cookies, nothing sent but what is given.
 * @param address http or https
 * @throws WebFailure, DomainError `cancelled`
 */
export function webRequest(
  address: URL,
  { method, headers = {}, body, limit }: Asked,
  way: WayOut,
  { ca, ...network }: Network = {},
  signal?: AbortSignal,
): Promise<Answer> {
  const isEncrypted = address.protocol === 'https:';
  const trusted = ca === undefined ? trusting(way.authority) : { ca };
  return new Promise((done, refuse) => {
    const fail = (error: unknown) => {
      if (signal?.aborted === true) refuse(new DomainError('cancelled'));
      else refuse(inWords(error));
    };
    const options = {
      ...{ method, ...network, ...trusted },
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) },
      ...(way.proxy === undefined ? { agent: false } : {}),
    };
    const make = (createConnection?: RequestOptions['createConnection']) => {
      const asked = (isEncrypted ? encrypted : plain)(
        address,
        createConnection ? { ...options, createConnection } : options,
        (answer) => {
          taken(answer, limit)
            .then(done, fail)
            .finally(() => asked.destroy());
        },
      );
      const stop = () => asked.destroy(new DomainError('cancelled'));
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop, { once: true });
      // Not as an option: that one holds for connections alone that the client makes itself.
      asked.setTimeout(PATIENCE, () => asked.destroy(new WebFailure('it does not answer')));
      asked.once('close', () => {
        signal?.removeEventListener('abort', stop);
      });
      asked.once('error', fail);
      asked.end(body);
    };
    if (way.proxy === undefined) make();
    else {
      const { hostname: host } = address;
      const port = Number(network.port ?? (address.port || (isEncrypted ? 443 : 80)));
      const over = (socket: Socket) =>
        isEncrypted
          ? connect({ ...trusted, socket, ...(isIP(host) === 0 ? { servername: host } : {}) })
          : socket;
      throughProxy(way.proxy, { host, port }, signal).then((socket) => {
        make(() => over(socket));
      }, fail);
    }
  });
}

async function taken(answer: IncomingMessage, limit: number): Promise<Answer> {
  const { statusCode: status = 0 } = answer;
  if (status !== 200) return { status, body: new Uint8Array() };
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > limit) throw new WebFailure('its answer is too large');
  }
  return { status, body: Buffer.concat(parts) };
}

function inWords(error: unknown): Error {
  if (error instanceof WebFailure) return error;
  if (isDomainError(error, 'carrier-unreachable')) {
    const reason = String(error.params['reason']);
    // A proxy looks names up itself, and says no more than that it could not.
    return new WebFailure(reason, { cause: error, isNoServer: / answers 50[0-9]$/.test(reason) });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return new WebFailure(reasonOf(code), { cause: error, isNoServer: code === 'ENOTFOUND' });
}
