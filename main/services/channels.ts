import { z } from 'zod';
import { DomainError } from '../domain/errors/index.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { Work } from '../domain/ports.ts';
import type { ChannelRecord } from '../domain/transfers/records.ts';
import type { AgencyPolicy } from './agency-policy.ts';
import type { Carrying } from './carrying.ts';
import type { Desk } from './desk.ts';

const ChannelName = z.string().trim().min(1).max(60);
/** What a server may be called; no address with a user or a port in it. */
const Host = z.string().regex(/^[A-Za-z0-9:](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9:])?$/, {
  error: 'must be the name or the address of a server',
});

const Port = z.int().min(1).max(65535);
/** An agency's proxy, as `http://host:port`. */
export const Proxy = z.string().regex(/^http:\/\/[A-Za-z0-9.-]{1,253}:[0-9]{1,5}\/?$/, {
  error: 'must be http://host:port',
});
/** KiB a second; a server waits for no less. */
const Limit = z.int().min(16).max(10_000_000);
/** PEM of whom an agency trusts. */
export const Authority = z.string().includes('BEGIN CERTIFICATE').max(65_536);

/** What `channel add` reads: `channel.json`, with its secrets read from their files. */
export const ChannelInput = z.discriminatedUnion('kind', [
  z.strictObject({
    name: ChannelName,
    kind: z.literal('folder'),
    path: z.string().min(1).max(4096),
  }),
  z.strictObject({
    name: ChannelName,
    kind: z.literal('sftp'),
    host: Host,
    port: Port.default(22),
    user: z.string().min(1).max(256),
    path: z.string().min(1).max(4096).default('.'),
    password: z.string().min(1).max(4096).exactOptional(),
    privateKey: z.string().min(1).max(65_536).exactOptional(),
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, { error: 'must be as `ssh-keygen -l` writes it' })
      .exactOptional(),
    proxy: Proxy.exactOptional(),
    limitKiB: Limit.exactOptional(),
  }),
  z.strictObject({
    name: ChannelName,
    kind: z.literal('webdav'),
    url: z.string().max(4096).refine(isPrivateUrl, {
      error: 'must be https, or http to this computer, with no password in it',
    }),
    user: z.string().min(1).max(256),
    password: z.string().min(1).max(4096),
    authority: Authority.exactOptional(),
    proxy: Proxy.exactOptional(),
    limitKiB: Limit.exactOptional(),
  }),
  z
    .strictObject({
      name: ChannelName,
      kind: z.literal('email'),
      host: Host,
      port: Port.default(465),
      imapHost: Host.exactOptional(),
      imapPort: Port.default(993),
      user: z.string().min(1).max(256),
      password: z.string().min(1).max(4096),
      from: z.email(),
      to: z.email(),
      path: z.string().min(1).max(256).default('INBOX'),
      largestMiB: z.int().min(1).max(100).default(20),
      authority: Authority.exactOptional(),
      proxy: Proxy.exactOptional(),
      limitKiB: Limit.exactOptional(),
    })
    .transform(({ imapHost, ...channel }) => ({ ...channel, imapHost: imapHost ?? channel.host })),
]);

/** A password never crosses a network in the clear. */
function isPrivateUrl(text: string): boolean {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  const { protocol, hostname, username, password } = url;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    username === '' &&
    password === '' &&
    (protocol === 'https:' || (protocol === 'http:' && isHere))
  );
}

/** A channel without its secrets, as it is shown. */
export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelRecord['kind'];
  readonly addedAt: string;
  /** Where it leads: a folder, `user@host:port/path`, a URL, or an address. */
  readonly place: string;
  /** `SHA256:…`, once it is pinned. */
  readonly hostKey?: string;
}

/** Ways to move sealed files. None of them needs trust: a package protects itself. */
export class Channels {
  private readonly desk: Desk;
  private readonly carrying: Carrying;
  private readonly policy: AgencyPolicy;

  constructor(desk: Desk, carrying: Carrying, policy: AgencyPolicy) {
    this.desk = desk;
    this.carrying = carrying;
    this.policy = policy;
  }

  /** A folder has to be there; a server is met by `test`. @throws DomainError `input-refused`, `channel-exists`, `policy-forbids-channel`, `folder-unknown` */
  async add(input: unknown): Promise<ChannelView> {
    const { desk } = this;
    desk.assertOfficer();
    const given = parseInput(ChannelInput, input, 'channel.json');
    this.policy.assertChannel(given);
    if (this.byName(given.name)) throw new DomainError('channel-exists', { name: given.name });
    const record: ChannelRecord = { ...given, id: desk.newId(), addedAt: desk.at() };
    if (record.kind === 'folder') await (await desk.tools.carriers.open(record)).close();
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
    return viewOf(record);
  }

  /**
   * Whether it can be read and written just now. The key of a server is pinned by the first test.
   * @throws DomainError `channel-unknown`, `air-gapped`, of the carrier
   */
  async test(name: string, work: Work = {}): Promise<ChannelView & { readonly ok: true }> {
    const record = this.find(name);
    await this.carrying.over(record, work, async (carrier) => {
      await carrier.list();
      await carrier.probe();
    });
    return { ...viewOf(this.find(record.id)), ok: true };
  }

  list(): ChannelRecord[] {
    return this.desk.session.records.list('channels');
  }

  views(): ChannelView[] {
    return this.list().map(viewOf);
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
    await this.carrying.forget(record);
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
}

function viewOf(record: ChannelRecord): ChannelView {
  const { id, name, kind, addedAt } = record;
  const common = { id, name, kind, addedAt };
  if (record.kind === 'folder') return { ...common, place: record.path };
  if (record.kind === 'webdav') return { ...common, place: record.url };
  if (record.kind === 'email') return { ...common, place: record.to };
  const { user, host, port, path, hostKey } = record;
  const server = `${user}@${host}${port === 22 ? '' : `:${String(port)}`}`;
  return {
    ...common,
    place: `${server}${path.startsWith('/') ? '' : '/'}${path}`,
    ...(hostKey === undefined ? {} : { hostKey }),
  };
}
