import { DomainError, type ErrorCode } from '../domain/errors/index.ts';
import { instant } from '../domain/time.ts';
import type { ChannelRecord, OutgoingRecord } from '../domain/transfers/records.ts';
import type { Desk } from './desk.ts';

/** After so many minutes it is tried again; after the last, always as long. */
const PAUSES = [1, 2, 5, 15, 60];
const MINUTE = 60_000;

/** What waits to be sent, over whichever channel; it stands in the vault, and so outlives a crash. */
export class Queue {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Newest first: what waits, and what went. */
  list(): OutgoingRecord[] {
    return this.#desk.session.records.list('outgoing', { order: 'descending' });
  }

  /**
   * What waits for a channel, oldest first. What was made while there was no channel, or for one
   * that was removed, goes over the only one.
   * @param isDue leaves out what is to be tried later
   */
  waitingFor(channel: ChannelRecord, isSole: boolean, isDue: boolean): OutgoingRecord[] {
    const now = this.#desk.at();
    return this.#desk.session.records
      .list('outgoing', { where: { state: 'waiting' }, order: 'ascending' })
      .filter((item) => item.channel === channel.id || (isSole && !this.#hasChannel(item)))
      .filter(({ nextAt }) => !isDue || nextAt === undefined || nextAt <= now);
  }

  /** Whether something waits whose time has come. */
  isDue(): boolean {
    const now = this.#desk.at();
    return this.#desk.session.records
      .list('outgoing', { where: { state: 'waiting' } })
      .some(({ nextAt }) => nextAt !== undefined && nextAt <= now);
  }

  /** The file's place in the queue for this channel: the one that it has, or a new one. */
  async add(
    item: Omit<OutgoingRecord, 'id' | 'state' | 'at' | 'channel'>,
    channel: ChannelRecord,
  ): Promise<OutgoingRecord> {
    const before = this.#desk.session.records
      .list('outgoing')
      .find(
        (each) =>
          each.channel === channel.id &&
          each.fileName === item.fileName &&
          (each.state === 'waiting' || each.state === 'paused'),
      );
    if (before) return before.state === 'waiting' ? before : this.#resumed(before);
    const { at, id } = { at: this.#desk.at(), id: this.#desk.newId() };
    const added: OutgoingRecord = { ...item, id, channel: channel.id, state: 'waiting', at };
    await this.#put(added);
    return added;
  }

  /** As it stands once it was sent. */
  sent({ tries: _tries, nextAt: _next, problem: _problem, ...item }: OutgoingRecord) {
    return { ...item, state: 'sent', at: this.#desk.at() } as const;
  }

  /** It did not work: it is tried again, after a pause that grows. */
  async failed(item: OutgoingRecord, problem: ErrorCode): Promise<void> {
    const tries = (item.tries ?? 0) + 1;
    const minutes = PAUSES[Math.min(tries, PAUSES.length) - 1] ?? 1;
    const nextAt = instant(new Date(this.#desk.now().getTime() + minutes * MINUTE));
    await this.#put({ ...item, tries, nextAt, problem });
  }

  /** Without an id all that waits. @throws DomainError `queue-unknown`, `queue-settled`, `not-allowed` */
  pause(id?: string): Promise<OutgoingRecord[]> {
    return this.#turn(id, 'waiting', 'paused');
  }

  /** Without an id all that was paused. @throws DomainError as `pause` */
  resume(id?: string): Promise<OutgoingRecord[]> {
    return this.#turn(id, 'paused', 'waiting');
  }

  /**
   * Takes it out of the queue for good; a package can be sent again, a receipt stays in the ledger.
   * @throws DomainError `queue-unknown`, `queue-settled`, `not-allowed`
   */
  async cancel(id: string): Promise<OutgoingRecord> {
    this.#desk.assertOfficer();
    const item = this.#item(id);
    if (item.state !== 'waiting' && item.state !== 'paused')
      throw new DomainError('queue-settled', { state: item.state });
    const cancelled: OutgoingRecord = { ...item, state: 'cancelled', at: this.#desk.at() };
    await this.#put(cancelled);
    return cancelled;
  }

  async #resumed(item: OutgoingRecord): Promise<OutgoingRecord> {
    const resumed: OutgoingRecord = { ...item, state: 'waiting' };
    await this.#put(resumed);
    return resumed;
  }

  async #turn(
    id: string | undefined,
    from: OutgoingRecord['state'],
    to: OutgoingRecord['state'],
  ): Promise<OutgoingRecord[]> {
    this.#desk.assertOfficer();
    const items =
      id === undefined
        ? this.#desk.session.records.list('outgoing', { where: { state: from } })
        : [this.#item(id)];
    const turned: OutgoingRecord[] = [];
    for (const { nextAt: _next, ...item } of items) {
      if (item.state !== from) throw new DomainError('queue-settled', { state: item.state });
      turned.push({ ...item, state: to });
    }
    for (const item of turned) await this.#put(item);
    return turned;
  }

  #hasChannel({ channel }: OutgoingRecord): boolean {
    const { records } = this.#desk.session;
    return channel !== undefined && records.get('channels', channel) !== undefined;
  }

  #item(id: string): OutgoingRecord {
    const item = this.#desk.session.records.get('outgoing', id);
    if (!item) throw new DomainError('queue-unknown', { id });
    return item;
  }

  async #put(item: OutgoingRecord): Promise<void> {
    this.#desk.assertWritable();
    await this.#desk.session.journal.note([{ put: 'outgoing', id: item.id, doc: item }]);
  }
}
