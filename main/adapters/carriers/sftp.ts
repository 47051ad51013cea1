import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { FileEntryWithStats, Stats } from 'ssh2';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';
import type { Digest } from '../../domain/identifiers.ts';
import type { Work } from '../../domain/ports.ts';
import type { CarriedFile, Carrier } from '../../domain/transfers/carrier-port.ts';
import type { SftpChannel } from '../../domain/transfers/records.ts';
import { onDisk } from '../files/system-error.ts';
import { intoPartial, type Take } from './into-partial.ts';
import { Pace } from './pace.ts';
import { SftpSession } from './sftp-session.ts';

/** What every server takes in one request. */
const SLICE = 32 * 1024;
/** Requests that are on their way at a time: what hides the length of the way. */
const WINDOW = 64;
const MOST_FILES = 10_000;

/** A folder on an SSH server, by SFTP version 3 (draft-ietf-secsh-filexfer-02). */
export class SftpCarrier implements Carrier {
  readonly #session: SftpSession;
  readonly #folder: string;
  readonly #files: Files;
  readonly #pace: Pace;

  private constructor(session: SftpSession, channel: SftpChannel, files: Files) {
    this.#session = session;
    this.#folder = channel.path;
    this.#files = files;
    this.#pace = new Pace(channel.limitKiB);
  }

  /** @throws DomainError of SftpSession.open */
  static async open(
    channel: SftpChannel,
    files: Files,
    signal?: AbortSignal,
  ): Promise<SftpCarrier> {
    return new SftpCarrier(await SftpSession.open(channel, signal), channel, files);
  }

  get hostKey(): string {
    return this.#session.hostKey;
  }

  async list(): Promise<CarriedFile[]> {
    const entries = await this.#session.ask<FileEntryWithStats[]>((sftp, done) => {
      sftp.readdir(this.#folder, done);
    });
    return entries
      .filter(({ attrs }) => attrs.isFile())
      .slice(0, MOST_FILES)
      .map(({ filename: name, attrs }) => ({ name, bytes: attrs.size }));
  }

  async fetch(file: CarriedFile, toPartial: string, work: Work): Promise<void> {
    const { name } = file;
    const from = this.#at(name);
    if (!(await this.#facts(from)))
      throw new DomainError('carrier-file-changed', { path: name, where: this.#folder });
    await intoPartial(this.#files, toPartial, file, (begun, take) =>
      this.#read(from, work, 'fetching', take, begun),
    );
  }

  async deliver(from: string, name: string, digest: Digest, work: Work): Promise<void> {
    const to = this.#at(name);
    if (await this.#facts(to)) {
      if ((await this.#digest(to, work)) === digest) return;
      throw new DomainError('file-exists', { path: name });
    }
    const partial = `${to}.partial`;
    try {
      const begun = (await this.#facts(partial))?.size ?? 0;
      await this.#write(from, partial, begun, work);
      // What an earlier try left there was out of sight: it is read back before it counts.
      if (begun > 0 && (await this.#digest(partial, work)) !== digest) {
        await this.#remove(partial);
        await this.#write(from, partial, 0, work);
      }
    } catch (error) {
      if (work.signal?.aborted !== true) throw error;
      await this.#remove(partial);
      throw new DomainError('cancelled');
    }
    await this.#session.ask((sftp, done) => {
      sftp.rename(partial, to, (error) => {
        done(error, undefined);
      });
    });
  }

  async probe(): Promise<void> {
    const place = this.#at('.valise-probe.partial');
    const handle = await this.#handle(place, 'w');
    await this.#close(handle);
    await this.#remove(place);
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  #at(name: string): string {
    return this.#folder.endsWith('/') ? this.#folder + name : `${this.#folder}/${name}`;
  }

  #facts(path: string): Promise<Stats | undefined> {
    return this.#session.askWhether<Stats>((sftp, done) => {
      sftp.stat(path, done);
    });
  }

  #handle(path: string, flags: 'r' | 'w' | 'r+'): Promise<Buffer> {
    return this.#session.ask<Buffer>((sftp, done) => {
      sftp.open(path, flags, done);
    });
  }

  async #close(handle: Buffer): Promise<void> {
    await this.#session.ask((sftp, done) => {
      sftp.close(handle, (error) => {
        done(error, undefined);
      });
    });
  }

  async #remove(path: string): Promise<void> {
    await this.#session.askWhether((sftp, done) => {
      sftp.unlink(path, (error) => {
        done(error, undefined);
      });
    });
  }

  async #digest(path: string, work: Work): Promise<Digest> {
    const hash = createHash('sha256');
    await this.#read(path, work, 'comparing', (_at, slice) => {
      hash.update(slice);
      return Promise.resolve();
    });
    return hash.digest('hex');
  }

  /** Reads a file there to its end, many slices at a time, in order. */
  async #read(
    path: string,
    { signal, report }: Work,
    stage: string,
    take: Take,
    begun = 0,
  ): Promise<void> {
    const total = (await this.#facts(path))?.size ?? 0;
    const handle = await this.#handle(path, 'r');
    for (let done = begun; done < total;) {
      if (signal?.aborted === true) throw new DomainError('cancelled');
      const asked = spans(done, total).map(([at, length]) => this.#slice(handle, at, length));
      // The first that fails is told; the others fail with it.
      for (const each of asked) each.catch(() => undefined);
      let read = 0;
      // One by one, so that what came before the line was cut is kept.
      for (const each of asked) {
        const slice = await each;
        await take(done + read, slice);
        read += slice.length;
      }
      // It became shorter: what was read is not the file, and its digest says so.
      if (read === 0) break;
      done += read;
      report?.({ stage, done, total });
      await this.#pace.spend(read, signal);
    }
    await this.#close(handle);
  }

  /** A server may answer with less than was asked for. */
  async #slice(handle: Buffer, at: number, length: number): Promise<Buffer> {
    const slice = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const read = await this.#session.ask<number>((sftp, done) => {
        sftp.read(handle, slice, filled, length - filled, at + filled, (error, count) => {
          // The end of the file is an answer too.
          if (error && 'code' in error && error.code === 1) done(undefined, 0);
          else done(error, count);
        });
      });
      if (read === 0) break;
      filled += read;
    }
    return slice.subarray(0, filled);
  }

  async #write(from: string, to: string, begun: number, work: Work): Promise<void> {
    const local = await onDisk(from, 'read', () => open(from, 'r'));
    try {
      const { size: total } = await onDisk(from, 'read', () => local.stat());
      const start = begun <= total ? begun : 0;
      const handle = await this.#handle(to, start > 0 ? 'r+' : 'w');
      for (let done = start; done < total;) {
        if (work.signal?.aborted === true) throw new DomainError('cancelled');
        const written = await Promise.all(
          spans(done, total).map(([at, length]) => this.#put(local, handle, at, length)),
        ).catch(async (error: unknown) => {
          throw await this.#inWords(error);
        });
        const moved = written.reduce((sum, length) => sum + length, 0);
        done += moved;
        work.report?.({ stage: 'sending', done, total });
        await this.#pace.spend(moved, work.signal);
      }
      await this.#close(handle);
    } finally {
      await local.close();
    }
  }

  async #put(local: FileHandle, handle: Buffer, at: number, length: number): Promise<number> {
    const slice = Buffer.allocUnsafe(length);
    const { bytesRead } = await local.read(slice, 0, length, at);
    if (bytesRead < length) throw new Error('a sealed file became shorter');
    await this.#session.ask((sftp, done) => {
      sftp.write(handle, slice, 0, length, at, (error) => {
        done(error, undefined);
      });
    });
    return length;
  }

  /** SFTP has no word for a full disk; what the server says of its disk tells, where it says that. */
  async #inWords(error: unknown): Promise<unknown> {
    if (!isDomainError(error, 'carrier-denied')) return error;
    const room = await this.#session
      .ask<Room>((sftp, done) => {
        sftp.ext_openssh_statvfs(this.#folder, (failed, found) => {
          done(failed, found as Room);
        });
      })
      .catch(() => undefined);
    if (!room || Number(room.f_bavail) * Number(room.f_frsize) >= WINDOW * SLICE) return error;
    const { where = '' } = error.params;
    return new DomainError('carrier-denied', { where, reason: 'it is full' }, { cause: error });
  }
}

/** Of `statvfs@openssh.com`: blocks that are left, and the bytes of one. */
interface Room {
  readonly f_bavail: number | bigint;
  readonly f_frsize: number | bigint;
}

/** The next slices of a file, as many as may be on their way. */
function spans(from: number, total: number): [number, number][] {
  const found: [number, number][] = [];
  for (let at = from; at < total && found.length < WINDOW; at += SLICE)
    found.push([at, Math.min(SLICE, total - at)]);
  return found;
}
