import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Agent } from 'node:https';
import { Transform } from 'node:stream';
import { AuthType, createClient, type FileStat, type WebDAVClient } from 'webdav';
import { DomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';
import type { Digest } from '../../domain/identifiers.ts';
import type { Work } from '../../domain/ports.ts';
import type { CarriedFile, Carrier } from '../../domain/transfers/carrier-port.ts';
import type { WebdavChannel } from '../../domain/transfers/records.ts';
import { reasonOf } from '../net/network-reasons.ts';
import { ProxyAgent } from '../net/proxy.ts';
import { trusting } from '../net/trust.ts';
import { intoPartial, type Take } from './into-partial.ts';
import { Pace } from './pace.ts';
import { Patience } from './patience.ts';

const MOST_FILES = 10_000;
/** What moves at a time. */
const SLICE = 256 * 1024;
const PARTIAL_CONTENT = 206;

/** A folder on a WebDAV server (RFC 4918), such as Nextcloud's and Apache's. */
export class WebdavCarrier implements Carrier {
  readonly #client: WebDAVClient;
  readonly #channel: WebdavChannel;
  readonly #files: Files;
  readonly #proxy: ProxyAgent | undefined;
  readonly #pace: Pace;

  /** Nothing is connected before the first request. */
  constructor(channel: WebdavChannel, files: Files) {
    const { url, user, password, authority, proxy } = channel;
    this.#channel = channel;
    this.#pace = new Pace(channel.limitKiB);
    this.#files = files;
    if (proxy !== undefined) this.#proxy = new ProxyAgent(proxy, { ...trusting(authority) });
    this.#client = createClient(url, {
      authType: AuthType.Auto,
      username: user,
      password,
      httpsAgent: this.#proxy ?? new Agent({ ...trusting(authority) }),
    });
  }

  async list(): Promise<CarriedFile[]> {
    const entries = await this.#ask({}, ({ signal }) =>
      this.#client.getDirectoryContents('/', { signal, details: false }),
    );
    return entries
      .filter(({ type }) => type === 'file')
      .slice(0, MOST_FILES)
      .map(({ basename: name, size: bytes }) => ({ name, bytes }));
  }

  async fetch(file: CarriedFile, toPartial: string, work: Work): Promise<void> {
    await intoPartial(this.#files, toPartial, file, (begun, take) =>
      this.#read(file.name, work, 'fetching', take, begun),
    );
  }

  async deliver(from: string, name: string, digest: Digest, work: Work): Promise<void> {
    if (await this.#facts(name)) {
      if ((await this.#digest(name, work)) === digest) return;
      throw new DomainError('file-exists', { path: name });
    }
    const partial = `${name}.partial`;
    const { size: total } = (await this.#files.facts(from)) ?? { size: 0 };
    try {
      await this.#write(from, partial, total, work);
    } catch (error) {
      if (work.signal?.aborted === true) await this.#remove(partial);
      throw error;
    }
    if ((await this.#facts(partial))?.size !== total)
      throw this.#denied('it kept less than it was given');
    await this.#ask({}, ({ signal }) =>
      this.#client.moveFile(partial, name, { overwrite: false, signal }),
    );
  }

  async probe(): Promise<void> {
    const name = '.valise-probe.partial';
    await this.#ask({}, ({ signal }) => this.#client.putFileContents(name, '', { signal }));
    await this.#remove(name);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #facts(name: string): Promise<FileStat | undefined> {
    return this.#ask({}, async ({ signal }) => {
      try {
        return (await this.#client.stat(name, { signal, details: false })) as FileStat;
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    });
  }

  async #remove(name: string): Promise<void> {
    await this.#ask({}, async ({ signal }) => {
      try {
        await this.#client.deleteFile(name, { signal });
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    });
  }

  async #digest(name: string, work: Work): Promise<Digest> {
    const hash = createHash('sha256');
    await this.#read(name, work, 'comparing', (_at, slice) => {
      hash.update(slice);
      return Promise.resolve();
    });
    return hash.digest('hex');
  }

  async #read(name: string, work: Work, stage: string, take: Take, begun = 0): Promise<void> {
    const total = (await this.#facts(name))?.size;
    if (total === undefined)
      throw new DomainError('carrier-file-changed', { path: name, where: this.#where() });
    if (begun >= total) return;
    await this.#ask(work, async (patience) => {
      // Not the client's own stream of a file: that one never tells of a line that was cut.
      const { signal } = patience;
      const headers = begun === 0 ? {} : { range: `bytes=${String(begun)}-` };
      const options = { method: 'GET', signal, headers };
      const answer: unknown = await this.#client.customRequest(name, options);
      const { status, body } = answer as { status: number; body: AsyncIterable<Uint8Array> };
      // A server need not know ranges (RFC 9110, section 14.2).
      let done = status === PARTIAL_CONTENT ? begun : 0;
      for await (const slice of body) {
        patience.touch();
        await take(done, slice);
        done += slice.length;
        work.report?.({ stage, done, total });
        await this.#pace.spend(slice.length, signal);
      }
    });
  }

  async #write(from: string, name: string, total: number, work: Work): Promise<void> {
    await this.#ask(work, async (patience) => {
      let done = 0;
      const counted = new Transform({
        transform: (slice: Uint8Array, _encoding, pass) => {
          patience.touch();
          done += slice.length;
          work.report?.({ stage: 'sending', done, total });
          void this.#pace.spend(slice.length, patience.signal).then(() => {
            pass(undefined, slice);
          });
        },
      });
      const local = createReadStream(from, { highWaterMark: SLICE });
      local.once('error', (error) => counted.destroy(error));
      try {
        await this.#client.putFileContents(name, local.pipe(counted), {
          signal: patience.signal,
          headers: { 'content-length': String(total) },
        });
      } finally {
        local.destroy();
      }
    });
  }

  /** One request. @throws DomainError `carrier-unreachable`, `carrier-refused`, `carrier-denied`, `cancelled` */
  async #ask<T>(work: Work, request: (patience: Patience) => Promise<T>): Promise<T> {
    const patience = new Patience(work.signal);
    try {
      return await request(patience);
    } catch (error) {
      if (work.signal?.aborted === true) throw new DomainError('cancelled');
      if (error instanceof DomainError) throw error;
      if (this.#proxy?.failure instanceof DomainError) throw this.#proxy.failure;
      if (patience.signal.aborted) throw this.#unreachable('it does not answer', error);
      throw this.#failed(error);
    } finally {
      patience.end();
    }
  }

  #failed(error: unknown): DomainError {
    const status = statusOf(error);
    if (status === undefined) return this.#unreachable(reasonOf(codeOf(error)), error);
    if (status === 401)
      return new DomainError('carrier-refused', { where: this.#where(), user: this.#channel.user });
    if (BUSY.includes(status)) return this.#unreachable(`it answers ${String(status)}`, error);
    if (status === 413) return new DomainError('carrier-too-large', { where: this.#where() });
    return this.#denied(ANSWERS[status] ?? `it answers ${String(status)}`, error);
  }

  #unreachable(reason: string, cause?: unknown): DomainError {
    return new DomainError('carrier-unreachable', { where: this.#where(), reason }, { cause });
  }

  #denied(reason: string, cause?: unknown): DomainError {
    return new DomainError('carrier-denied', { where: this.#where(), reason }, { cause });
  }

  #where(): string {
    return new URL(this.#channel.url).host;
  }
}

/** Not now: of the server, not of what was asked for. */
const BUSY: readonly number[] = [429, 502, 503, 504];

const ANSWERS: Readonly<Record<number, string>> = {
  403: 'permission denied',
  404: 'there is no such folder or file',
  405: 'there is no WebDAV folder',
  409: 'there is no such folder or file',
  412: 'another file has this name',
  423: 'the file is locked',
  507: 'it is full',
};

function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return undefined;
}
