import { DomainError, isDomainError, type ErrorCode } from '../domain/errors/index.ts';
import { claimedDigest } from '../domain/packages/file-name.ts';
import { requireEvent, type PackageRecord } from '../domain/packages/package.ts';
import { shownState } from '../domain/packages/states.ts';
import type { Work } from '../domain/ports.ts';
import type { ChannelRecord, OutgoingRecord } from '../domain/transfers/records.ts';
import type { Act, Opening } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Channels } from './channels.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import type { Inbox, Taken } from './inbox.ts';
import { packageFor } from './package-record.ts';

export interface Exchanged {
  readonly sent: readonly {
    readonly fileName: string;
    readonly what: string;
    readonly package?: string;
  }[];
  readonly taken: readonly Taken[];
  /** Still being copied by somebody: left for the next time. */
  readonly incomplete: readonly string[];
  readonly refused: readonly {
    readonly fileName: string;
    readonly code: ErrorCode;
    readonly message: string;
  }[];
}

/** Moves sealed files through folders, each once, and records what was carried by hand. */
export class Exchange {
  private readonly desk: Desk;
  private readonly channels: Channels;
  private readonly inbox: Inbox;

  constructor(desk: Desk, channels: Channels, inbox: Inbox) {
    this.desk = desk;
    this.channels = channels;
    this.inbox = inbox;
  }

  /** Dispatches a sealed package through a channel. @throws DomainError `package-state`, `channel-unknown` */
  async send(id: string, channelName: string, work: Work = {}): Promise<PackageRecord> {
    const { desk } = this;
    desk.assertOfficer();
    desk.assertWritable();
    const record = this.dispatchable(id);
    const channel = this.channels.find(channelName);
    const sealed = record.sealed;
    if (!sealed)
      throw new DomainError('package-state', { id, state: record.state, event: 'dispatch' });
    await this.deliver(channel, sealed.fileName, work);
    return this.dispatched(record, { via: channel.kind, channel: channel.id }, [], channel);
  }

  /** Records that somebody carried it. `by` says who or how; it stands in the ledger as a commitment. */
  sentByHand(id: string, by: string): Promise<PackageRecord> {
    this.desk.assertOfficer();
    const record = this.dispatchable(id);
    const opening = this.desk.opening(by);
    return this.dispatched(record, { via: 'hand', by: opening.digest }, [opening]);
  }

  /** Sends what waits and fetches what has come, on one channel or on all. */
  async run(channelName: string | undefined, work: Work = {}): Promise<Exchanged> {
    this.desk.assertOfficer();
    this.desk.assertWritable();
    const channels =
      channelName === undefined ? this.channels.list() : [this.channels.find(channelName)];
    if (channels.length === 0) throw new DomainError('channel-none');
    const sent: { fileName: string; what: string; package?: string }[] = [];
    const taken: Taken[] = [];
    const incomplete: string[] = [];
    const refused: { fileName: string; code: ErrorCode; message: string }[] = [];
    const sole = channels.length === 1;
    for (const channel of channels) {
      sent.push(...(await this.sendWaiting(channel, sole, work)));
      await this.fetch(channel, { taken, incomplete, refused }, work);
      sent.push(...(await this.sendWaiting(channel, sole, work)));
    }
    return { sent, taken, incomplete, refused };
  }

  /** What waits to be sent, and what went, newest first. */
  queue(): OutgoingRecord[] {
    return this.desk.session.records.list('outgoing', { order: 'descending' });
  }

  private async sendWaiting(channel: ChannelRecord, sole: boolean, work: Work) {
    const waiting = this.desk.session.records
      .list('outgoing', { where: { state: 'waiting' } })
      .filter((item) => item.channel === channel.id || (sole && item.channel === undefined));
    const sent: { fileName: string; what: string; package?: string }[] = [];
    for (const item of waiting) {
      await this.deliver(channel, item.fileName, work);
      const done: OutgoingRecord = {
        ...item,
        channel: channel.id,
        state: 'sent',
        at: this.desk.at(),
      };
      await this.desk.session.journal.note([{ put: 'outgoing', id: item.id, doc: done }]);
      sent.push({
        fileName: item.fileName,
        what: item.what,
        ...(item.package === undefined ? {} : { package: item.package }),
      });
    }
    return sent;
  }

  private async fetch(
    channel: ChannelRecord,
    into: {
      taken: Taken[];
      incomplete: string[];
      refused: { fileName: string; code: ErrorCode; message: string }[];
    },
    work: Work,
  ): Promise<void> {
    const { files } = this.desk.tools;
    for (const fileName of await files.names(channel.path)) {
      const claimed = claimedDigest(fileName);
      if (claimed === undefined || this.isKnown(claimed)) continue;
      const path = files.join(channel.path, fileName);
      if (!(await this.isComplete(path, claimed))) {
        into.incomplete.push(fileName);
        continue;
      }
      try {
        const taken = await this.inbox.take(path, { channel: channel.id }, work);
        if (!taken.repeated) into.taken.push(taken);
      } catch (error) {
        if (!isDomainError(error) || error.code === 'cancelled' || error.exit === 5) throw error;
        if (error.code !== 'not-for-us' && error.code !== 'package-is-ours')
          into.refused.push({ fileName, code: error.code, message: error.message });
      }
    }
  }

  /** Taken in, refused or made by us before: the name holds the digest's first half. */
  private isKnown(claimed: string): boolean {
    const { records } = this.desk.session;
    return (
      records.count('seen', { idPrefix: claimed }) > 0 ||
      records.list('quarantine', { where: { fileName: `VAL-${claimed}.pgp` }, limit: 1 })[0]
        ?.retry === false
    );
  }

  /** A file that is still being copied has another digest than its name says. */
  private async isComplete(path: string, claimed: string): Promise<boolean> {
    const digest = await this.desk.tools.files.digest(path);
    return digest.startsWith(claimed);
  }

  /** Copies beside the final name, then renames: nobody sees half a file. There already: done. */
  private async deliver(channel: ChannelRecord, fileName: string, work: Work): Promise<void> {
    const { desk } = this;
    const { files } = desk.tools;
    const facts = await files.facts(channel.path);
    if (facts?.kind !== 'folder') throw new DomainError('folder-unknown', { path: channel.path });
    const to = files.join(channel.path, fileName);
    if (await files.facts(to)) {
      const claimed = claimedDigest(fileName) ?? '';
      if (await this.isComplete(to, claimed)) return;
      throw new DomainError('file-exists', { path: to });
    }
    const partial = `${to}.partial`;
    await desk.withScratch(partial, async () => {
      await files.remove(partial);
      await files.copy(desk.sealed(fileName), partial, {
        signal: work.signal,
        report: (progress) => work.report?.({ ...progress, stage: 'sending' }),
      });
      await files.rename(partial, to);
    });
  }

  private async dispatched(
    record: PackageRecord,
    detail: Extract<Act, { type: 'dispatched' }>['detail'],
    openings: readonly Opening[],
    channel?: ChannelRecord,
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
    const effects: Effect[] = [{ put: 'packages', id: record.id, doc: changed }];
    if (channel && record.sealed) {
      const id = desk.newId();
      effects.push({
        put: 'outgoing',
        id,
        doc: {
          id,
          channel: channel.id,
          what: 'package',
          package: record.id,
          fileName: record.sealed.fileName,
          digest: record.sealed.digest,
          bytes: record.sealed.bytes,
          to: record.recipients.map(({ fingerprint }) => fingerprint),
          state: 'sent',
          at: desk.at(),
        },
      });
    }
    await desk.commit({
      acts: [{ type: 'dispatched', subject: subjectOf(record), detail }],
      openings,
      effects,
      keepCheckpoint: true,
    });
    return changed;
  }

  private dispatchable(id: string): PackageRecord {
    return packageFor(this.desk, id, 'dispatch');
  }
}
