import { z } from 'zod';
import { DomainError } from '../domain/errors/index.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { ChannelRecord } from '../domain/transfers/records.ts';
import type { Desk } from './desk.ts';

/** What `channel add` reads: `channel.json`. */
export const ChannelInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  kind: z.literal('folder'),
  path: z.string().min(1).max(4096),
});

/** Ways to move sealed files. None of them needs trust: a package protects itself. */
export class Channels {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
  }

  /** @throws DomainError `input-refused`, `channel-exists`, `folder-unknown` */
  async add(input: unknown): Promise<ChannelRecord> {
    const { desk } = this;
    desk.assertOfficer();
    const given = parseInput(ChannelInput, input, 'channel.json');
    if (this.byName(given.name)) throw new DomainError('channel-exists', { name: given.name });
    await this.assertFolder(given.path);
    const record: ChannelRecord = { ...given, id: desk.newId(), addedAt: desk.at() };
    const name = desk.opening(given.name);
    await desk.commit({
      acts: [
        {
          type: 'channel-added',
          detail: { channel: record.id, kind: record.kind, name: name.digest },
        },
      ],
      openings: [name],
      effects: [{ put: 'channels', id: record.id, doc: record }],
    });
    return record;
  }

  /** Whether it can be read and written just now. @throws DomainError `channel-unknown`, `folder-unknown` */
  async test(name: string): Promise<{ name: string; ok: true }> {
    const record = this.find(name);
    await this.assertFolder(record.path);
    const { files } = this.desk.tools;
    const probe = files.join(record.path, `.valise-${this.desk.newId()}.partial`);
    await this.desk.withScratch(probe, async () => {
      const file = await files.partial(probe);
      await file.finish();
    });
    return { name: record.name, ok: true };
  }

  list(): ChannelRecord[] {
    return this.desk.session.records.list('channels');
  }

  /** What waits for it stays in the queue. @throws DomainError `channel-unknown` */
  async remove(name: string): Promise<void> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.find(name);
    await desk.commit({
      acts: [{ type: 'channel-removed', detail: { channel: record.id } }],
      effects: [{ drop: 'channels', id: record.id }],
    });
  }

  /** By name or id. @throws DomainError `channel-unknown` */
  find(name: string): ChannelRecord {
    const record = this.byName(name) ?? this.desk.session.records.get('channels', name);
    if (!record) throw new DomainError('channel-unknown', { name });
    return record;
  }

  private byName(name: string): ChannelRecord | undefined {
    return this.list().find((record) => record.name === name);
  }

  private async assertFolder(path: string): Promise<void> {
    const facts = await this.desk.tools.files.facts(path);
    if (facts?.kind !== 'folder') throw new DomainError('folder-unknown', { path });
  }
}
