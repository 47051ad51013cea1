import { request } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { DomainError } from '../../domain/errors/index.ts';
import { reasonOf } from './network-reasons.ts';

/** How long a proxy may say nothing, in milliseconds. */
const PATIENCE = 30_000;

/**
 * A connection to a server through an agency's proxy, by CONNECT (RFC 9110, section 9.3.6). The proxy
 * learns the server's name, and nothing of what is said to it.
 * @param proxy `http://host:port`
 * @throws DomainError `carrier-unreachable`, `cancelled`
 */
export function throughProxy(
  proxy: string,
  { host, port }: { readonly host: string; readonly port: number },
  signal?: AbortSignal,
): Promise<Socket> {
  const { hostname, port: at } = new URL(proxy);
  const where = `${hostname}:${at}`;
  const failed = (reason: string, cause?: unknown) =>
    new DomainError('carrier-unreachable', { where, reason: `the proxy: ${reason}` }, { cause });
  const authority = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  return new Promise((done, refuse) => {
    const asked = request({
      ...{ host: hostname, port: at, method: 'CONNECT', path: authority },
      ...{ headers: { host: authority }, agent: false, timeout: PATIENCE },
      ...(signal === undefined ? {} : { signal }),
    });
    asked.once('connect', ({ statusCode = 0 }, socket, first) => {
      socket.setTimeout(0);
      // What the server said at once came along with the proxy's answer.
      if (first.length > 0) socket.unshift(first);
      if (statusCode === 200) {
        done(socket);
        return;
      }
      socket.destroy();
      refuse(failed(`it answers ${String(statusCode)}`));
    });
    asked.once('timeout', () => asked.destroy(failed('it does not answer')));
    asked.once('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted === true) refuse(new DomainError('cancelled'));
      else refuse(error instanceof DomainError ? error : failed(reasonOf(error.code), error));
    });
    asked.end();
  });
}

/** Connections by TLS through a proxy, for clients that take an agent. */
export class ProxyAgent extends Agent {
  readonly #proxy: string;
  /** Why the last connection was not made: what the client makes of it may not say. */
  failure: unknown;

  constructor(proxy: string, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: AgentOptions & { host?: string; port?: number; servername?: string },
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const { host = '', port = 443, servername = host } = options;
    throughProxy(this.#proxy, { host, port }).then(
      (socket) => {
        this.failure = undefined;
        done?.(null, connect({ ...this.options, socket, servername }));
      },
      (error: unknown) => {
        this.failure = error;
        // There is no stream: the error alone is looked at.
        done?.(error as Error, undefined as unknown as Duplex);
      },
    );
    return undefined;
  }
}
