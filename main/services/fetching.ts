import { createHash } from 'node:crypto';
import { DomainError, isDomainError, type ErrorCode } from '../domain/errors/index.ts';
import { claimedDigest } from '../domain/packages/file-name.ts';
import type { Work } from '../domain/ports.ts';
import type { CarriedFile, Carrier } from '../domain/transfers/carrier-port.ts';
import type { ChannelRecord } from '../domain/transfers/records.ts';
import type { Carrying } from './carrying.ts';
import type { Desk } from './desk.ts';
import type { Inbox, Taken } from './inbox.ts';

export interface Refused {
  readonly fileName: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a look at a channel brought; it grows while one looks. */
export interface Fetched {
  readonly taken: Taken[];
  /** Still being copied by somebody, or taken away meanwhile: left for the next time. */
  readonly incomplete: string[];
  readonly refused: Refused[];
}

/** After so many files that are of no use a look ends: whoever floods a channel costs little. */
const REFUSED_A_LOOK = 100;
/** What the disk keeps free whatever comes, in bytes. */
const RESERVE = 256 * 1024 * 1024;

/** Takes in what has come over a channel, each file once, and leaves everything where it lies. */
export class Fetching {
  readonly #desk: Desk;
  readonly #carrying: Carrying;
  readonly #inbox: Inbox;

  constructor(desk: Desk, carrying: Carrying, inbox: Inbox) {
    this.#desk = desk;
    this.#carrying = carrying;
    this.#inbox = inbox;
  }

  /** @throws DomainError of the carrier, `cancelled`, `disk-full` */
  async fetch(carrier: Carrier, channel: ChannelRecord, into: Fetched, work: Work): Promise<void> {
    let useless = 0;
    const files = await carrier.list();
    const there = new Set(files.map(({ name }) => claimedDigest(name)));
    if (carrier.folder === undefined)
      await this.#carrying.forget(
        channel,
        (claimed) => there.has(claimed) && !this.#isKnown(claimed),
      );
    for (const file of files) {
      const claimed = claimedDigest(file.name);
      if (claimed === undefined || this.#isKnown(claimed)) continue;
      const mark = this.#markOf(channel, file);
      const { records } = this.#desk.session;
      if (records.get('passed_by', mark) !== undefined) continue;
      try {
        if (carrier.folder === undefined) await this.#assertRoom(file);
        await this.#take(carrier, channel, file, claimed, into, work);
      } catch (error) {
        if (!isDomainError(error) || !isOfThisFile(error)) throw error;
        if (IS_GONE.has(error.code)) {
          into.incomplete.push(file.name);
          continue;
        }
        if (error.code !== 'not-for-us' && error.code !== 'package-is-ours')
          into.refused.push({ fileName: file.name, code: error.code, message: error.message });
        // A folder is near: looking again costs little.
        if (carrier.folder !== undefined || !this.#isUseless(error.code, file.name)) continue;
        await this.#passBy(mark, channel, error.code);
        // Only what is not looked at again counts: the next look gets further.
        useless += 1;
        if (useless >= REFUSED_A_LOOK) return;
      }
    }
  }

  async #take(
    carrier: Carrier,
    channel: ChannelRecord,
    file: CarriedFile,
    claimed: string,
    into: Fetched,
    work: Work,
  ): Promise<void> {
    const { name } = file;
    await this.#carrying.locally(carrier, channel, file, work, async (path) => {
      // A file that is still being copied has another digest than its name says.
      if (!(await this.#desk.tools.files.digest(path)).startsWith(claimed)) {
        if (carrier.arrivesWhole === true)
          throw new DomainError('mail-altered', { fileName: name, channel: channel.name });
        into.incomplete.push(name);
        return;
      }
      const taken = await this.#inbox.take(path, { channel: channel.id }, work);
      if (!taken.repeated) into.taken.push(taken);
    });
  }

  /** Taken in, refused or made by us before: the name holds the digest's first half. */
  #isKnown(claimed: string): boolean {
    const { records } = this.#desk.session;
    return (
      records.count('seen', { idPrefix: claimed }) > 0 ||
      records.list('quarantine', { where: { fileName: `VAL-${claimed}.pgp` }, limit: 1 })[0]
        ?.retry === false
    );
  }

  /** Of no use to us, or kept in quarantine, from where it is tried again. */
  #isUseless(code: ErrorCode, fileName: string): boolean {
    if (OF_THE_FILE.has(code)) return true;
    // When its moment has come, or the clock is right, it is taken in without anybody.
    if (code === 'signature-in-future') return false;
    return this.#desk.session.records.count('quarantine', { where: { fileName } }) > 0;
  }

  /** A file there, for those who can read here just now: a new key may open what others could not. */
  #markOf(channel: ChannelRecord, { name, bytes, at = '' }: CarriedFile): string {
    const keys = this.#desk.session.keys.map(({ fingerprint }) => fingerprint);
    const text = [channel.id, name, bytes, at, ...keys].join('\0');
    return createHash('sha256').update(text).digest('hex');
  }

  async #passBy(mark: string, channel: ChannelRecord, code: ErrorCode): Promise<void> {
    const doc = { channel: channel.id, code, at: this.#desk.at() };
    await this.#desk.session.journal.note([{ put: 'passed_by', id: mark, doc }]);
  }

  async #assertRoom({ name, bytes }: CarriedFile): Promise<void> {
    // It is copied once more while it is taken in.
    const needed = 2 * bytes + RESERVE;
    if ((await this.#desk.tools.files.free(this.#desk.sealed(''))) < needed)
      throw new DomainError('disk-full', { path: name });
  }
}

/** Reasons of the file itself, which stay as long as our keys do. Any other may go away. */
const OF_THE_FILE: ReadonlySet<ErrorCode> = new Set([
  'not-for-us',
  'package-is-ours',
  'mail-altered',
  'not-openpgp',
  'not-encrypted',
  'password-protected-message',
]);

/** Taken away since one looked. */
const IS_GONE: ReadonlySet<ErrorCode> = new Set(['carrier-file-changed', 'file-missing']);
/** Of one file, though something outside of the program failed. */
const OF_ONE_FILE: ReadonlySet<ErrorCode> = new Set([
  'carrier-file-changed',
  'carrier-file-denied',
  'disk-full',
]);

/** Whether another file may fare better. */
function isOfThisFile({ code, exit }: DomainError): boolean {
  return code !== 'cancelled' && (exit !== 5 || OF_ONE_FILE.has(code));
}
