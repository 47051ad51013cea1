import { get, type RequestOptions } from 'node:https';
import { DomainError } from '../../domain/errors/index.ts';
import { reasonOf } from './network-reasons.ts';

/** How long a server may say nothing, in milliseconds. */
const PATIENCE = 30_000;

/** What of the network is not the system's own; for tests, and for agencies' authorities. */
export type Network = Pick<RequestOptions, 'lookup' | 'port' | 'ca'>;

/** The server has no such name: nobody answers there, and nobody ever will. */
export const NO_SERVER = Symbol('no server');

/**
 * One GET by TLS: no redirects, no cookies, nothing sent but the address.
 * @returns the body, undefined when there is nothing there (404), NO_SERVER without such a name
 * @throws DomainError `directory-failed`, `cancelled`
 */
export function httpsGet(
  address: string,
  limit: number,
  network: Network,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined | typeof NO_SERVER> {
  const { host } = new URL(address);
  const failed = (reason: string, cause?: unknown) =>
    new DomainError('directory-failed', { host, reason }, { cause });
  return new Promise((done, refuse) => {
    const asked = get(address, { ...network, timeout: PATIENCE, agent: false }, (answer) => {
      const { statusCode = 0 } = answer;
      if (statusCode !== 200) {
        answer.resume();
        if (statusCode === 404) done(undefined);
        else refuse(failed(`it answers ${String(statusCode)}`));
        return;
      }
      const parts: Buffer[] = [];
      let length = 0;
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > limit) asked.destroy(failed('its answer is too large'));
      });
      answer.once('end', () => {
        done(Buffer.concat(parts));
      });
      answer.once('error', (error) => {
        refuse(error instanceof DomainError ? error : failed('the line was cut', error));
      });
    });
    const stop = () => asked.destroy(new DomainError('cancelled'));
    signal?.addEventListener('abort', stop, { once: true });
    asked.once('timeout', () => asked.destroy(failed('it does not answer')));
    asked.once('close', () => {
      signal?.removeEventListener('abort', stop);
    });
    asked.once('error', (error: NodeJS.ErrnoException) => {
      if (error instanceof DomainError) refuse(error);
      else if (error.code === 'ENOTFOUND') done(NO_SERVER);
      else refuse(failed(reasonOf(error.code), error));
    });
  });
}
