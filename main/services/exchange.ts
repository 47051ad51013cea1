import { DomainError, isDomainError, type ErrorCode } from '../domain/errors/index.ts';
import { requireEvent, standingOf, type PackageRecord } from '../domain/packages/package.ts';
import { allowedEvents, shownState } from '../domain/packages/states.ts';
import type { Work } from '../domain/ports.ts';
import type { Carrier } from '../domain/transfers/carrier-port.ts';
import type { ChannelRecord, OutgoingRecord } from '../domain/transfers/records.ts';
import type { Act, Opening } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Carrying } from './carrying.ts';
import type { Channels } from './channels.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import type { Fetching, Refused } from './fetching.ts';
import type { Taken } from './inbox.ts';
import { packageFor } from './package-record.ts';
import type { Queue } from './queue.ts';

interface Sent {
  readonly fileName: string;
  readonly what: OutgoingRecord['what'];
  readonly package?: string;
}

export interface Exchanged {
  readonly sent: readonly Sent[];
  readonly taken: readonly Taken[];
  /** Still being copied by somebody: left for the next time. */
  readonly incomplete: readonly string[];
  readonly refused: readonly Refused[];
  /** Channels that did not work; what waits for them still waits. */
  readonly failed: readonly {
    readonly channel: string;
    readonly code: ErrorCode;
    readonly message: string;
  }[];
}

/** The same while it grows. */
type Growing = { -readonly [K in keyof Exchanged]: Exchanged[K][number][] };

const MIB = 1024 * 1024;
/** What stands in the way of one file, and of no other. */
const OF_ONE_FILE: ReadonlySet<ErrorCode> = new Set([
  'file-exists',
  'mail-too-large',
  'carrier-too-large',
]);

/** Moves sealed files over channels, each once, and records what was carried by hand. */
export class Exchange {
  private readonly desk: Desk;
  private readonly channels: Channels;
  private readonly carrying: Carrying;
  private readonly queue: Queue;
  private readonly fetching: Fetching;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    desk: Desk,
    channels: Channels,
    carrying: Carrying,
    queue: Queue,
    fetching: Fetching,
  ) {
    this.desk = desk;
    this.channels = channels;
    this.carrying = carrying;
    this.queue = queue;
    this.fetching = fetching;
  }

  /**
   * Dispatches a sealed package over a channel: it is queued, and sent at once. When that fails it
   * waits in the queue, unless it was stopped.
   * @throws DomainError `package-state`, `channel-unknown`, of the carrier
   */
  send(id: string, channelName: string, work: Work = {}): Promise<PackageRecord> {
    return this.inTurn(() => this.sendNow(id, channelName, work));
  }

  private async sendNow(id: string, channelName: string, work: Work): Promise<PackageRecord> {
    const { desk } = this;
    desk.assertOfficer();
    desk.assertWritable();
    const { sealed, state, recipients } = packageFor(desk, id, 'dispatch');
    const channel = this.channels.find(channelName);
    if (!sealed) throw new DomainError('package-state', { id, state, event: 'dispatch' });
    const { fileName, digest, bytes } = sealed;
    this.assertFits(channel, bytes);
    const to = recipients.map(({ fingerprint }) => fingerprint);
    const item = await this.queue.add(
      { what: 'package', package: id, fileName, digest, bytes, to },
      channel,
    );
    try {
      await this.carrying.over(channel, work, (carrier) =>
        this.deliver(carrier, channel, item, work),
      );
    } catch (error) {
      // Who stops a sending of their own does not want it sent later.
      if (isDomainError(error) && error.code === 'cancelled') await this.queue.cancel(item.id);
      await this.putOff(item, error);
      throw error;
    }
    const sent = desk.session.records.get('packages', id);
    if (!sent) throw new DomainError('package-unknown', { id });
    return sent;
  }

  /** Records that somebody carried it. `by` says who or how; it stands in the ledger as a commitment. */
  async sentByHand(id: string, by: string): Promise<PackageRecord> {
    this.desk.assertOfficer();
    const record = packageFor(this.desk, id, 'dispatch');
    const opening = this.desk.opening(by);
    return this.dispatched(record, { via: 'hand', by: opening.digest }, [opening], []);
  }

  /**
   * Sends what waits and fetches what has come, on one channel or on all. One channel that does not
   * work stops none of the others.
   * @param isDue leaves out what failed and is to be tried later
   * @throws DomainError `channel-none`, `channel-unknown`, `cancelled`, of the only channel asked for
   */
  run(channelName: string | undefined, work: Work = {}, isDue = false): Promise<Exchanged> {
    return this.inTurn(() => this.runNow(channelName, work, isDue));
  }

  /** One after the other: two of them would send what waits twice. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.last.then(act);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async runNow(
    channelName: string | undefined,
    work: Work,
    isDue: boolean,
  ): Promise<Exchanged> {
    this.desk.assertOfficer();
    this.desk.assertWritable();
    const channels =
      channelName === undefined ? this.channels.list() : [this.channels.find(channelName)];
    if (channels.length === 0) throw new DomainError('channel-none');
    const done: Growing = { sent: [], taken: [], incomplete: [], refused: [], failed: [] };
    const sole = channels.length === 1;
    for (const channel of channels) {
      try {
        await this.carrying.over(channel, work, async (carrier) => {
          const waiting = () => this.queue.waitingFor(channel, sole, isDue);
          await this.sendAll(carrier, channel, waiting(), done, work);
          await this.fetching.fetch(carrier, channel, done, work);
          await this.sendAll(carrier, channel, waiting(), done, work);
        });
      } catch (error) {
        if (sole || !isDomainError(error) || error.code === 'cancelled') throw error;
        done.failed.push({ channel: channel.name, code: error.code, message: error.message });
      }
    }
    return done;
  }

  private async sendAll(
    carrier: Carrier,
    channel: ChannelRecord,
    waiting: readonly OutgoingRecord[],
    done: Growing,
    work: Work,
  ): Promise<void> {
    for (const item of waiting) {
      if (await this.isPast(item)) continue;
      try {
        await this.deliver(carrier, channel, item, work);
      } catch (error) {
        await this.putOff(item, error);
        if (!isDomainError(error) || !OF_ONE_FILE.has(error.code)) throw error;
        done.failed.push({ channel: channel.name, code: error.code, message: error.message });
        continue;
      }
      const { fileName, what } = item;
      done.sent.push({
        ...{ fileName, what },
        ...(item.package === undefined ? {} : { package: item.package }),
      });
    }
  }

  /** Sends one file of the queue and writes down that it went, for a package in the ledger too. */
  private async deliver(
    carrier: Carrier,
    channel: ChannelRecord,
    item: OutgoingRecord,
    work: Work,
  ): Promise<void> {
    const record =
      item.what === 'package' ? packageFor(this.desk, item.package ?? '', 'dispatch') : undefined;
    this.assertFits(channel, item.bytes);
    await this.carrying.deliver(carrier, item, {
      signal: work.signal,
      report: (progress) => work.report?.({ ...progress, stage: 'sending' }),
    });
    const sent: Effect = {
      put: 'outgoing',
      id: item.id,
      doc: { ...this.queue.sent(item), channel: channel.id },
    };
    if (record === undefined) await this.desk.session.journal.note([sent]);
    else await this.dispatched(record, { via: channel.kind, channel: channel.id }, [], [sent]);
  }

  /** @throws DomainError `mail-too-large` before anything is queued, or sent */
  private assertFits(channel: ChannelRecord, bytes: number): void {
    if (channel.kind !== 'email' || bytes <= channel.largestMiB * MIB) return;
    const others = this.channels.list().filter(({ kind }) => kind !== 'email');
    throw new DomainError('mail-too-large', {
      channel: channel.name,
      size: Math.ceil(bytes / MIB),
      most: channel.largestMiB,
      others: others.map(({ name }) => name).join(', ') || 'one of another kind',
    });
  }

  /** A package that was called back meanwhile, or destroyed, leaves the queue. */
  private async isPast(item: OutgoingRecord): Promise<boolean> {
    if (item.what !== 'package') return false;
    const record = this.desk.session.records.get('packages', item.package ?? '');
    if (record && allowedEvents('out', standingOf(record)).includes('dispatch')) return false;
    await this.queue.cancel(item.id);
    return true;
  }

  /** What failed is tried again later; what was only interrupted waits as it did. */
  private async putOff(item: OutgoingRecord, error: unknown): Promise<void> {
    if (isDomainError(error) && error.code !== 'cancelled')
      await this.queue.failed(item, error.code);
  }

  private async dispatched(
    record: PackageRecord,
    detail: Extract<Act, { type: 'dispatched' }>['detail'],
    openings: readonly Opening[],
    effects: readonly Effect[],
  ): Promise<PackageRecord> {
    const { desk } = this;
    const state = shownState(requireEvent(record, 'dispatch'));
    const changed: PackageRecord = {
      ...record,
      state,
      changedAt: desk.at(),
      recipients: record.recipients.map((row) =>
        row.state === 'sealed' ? { ...row, state: 'dispatched', at: desk.at() } : row,
      ),
    };
    await desk.commit({
      acts: [{ type: 'dispatched', subject: subjectOf(record), detail }],
      openings,
      effects: [{ put: 'packages', id: record.id, doc: changed }, ...effects],
      keepCheckpoint: true,
    });
    return changed;
  }
}
