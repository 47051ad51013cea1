import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NodeCarriers } from '../../main/adapters/carriers/carriers.ts';
import { NodeFiles } from '../../main/adapters/files/node-files.ts';
import type { Carrier } from '../../main/domain/transfers/carrier-port.ts';
import type { ChannelRecord } from '../../main/domain/transfers/records.ts';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { Workplace } from '../support/cli.ts';
import { Cutter } from '../support/cutter.ts';
import { MAIL_PASSWORD, MailServers } from '../support/mail-servers.ts';
import { Sshd } from '../support/sshd.ts';

/** Servers that take a connection and then say nothing more, at once or in the middle. */
const place = new Workplace();
const carriers = new NodeCarriers(new NodeFiles());
const ADDRESS = 'office@office.example';
const NAME = `VAL-${'0'.repeat(16)}.pgp`;
const MIB = 1024 * 1024;
const HALF_A_MINUTE = 30_000;
let sshd: Sshd;
let apache: Apache;
let mail: MailServers;
const cutters: Cutter[] = [];

type Kind = 'sftp' | 'webdav' | 'email';
const KINDS: readonly Kind[] = ['sftp', 'webdav', 'email'];

/** A channel of its own, and what stands before its servers. */
async function channel(kind: Kind): Promise<{ record: ChannelRecord; cutters: Cutter[] }> {
  const before = async (port: number) => {
    const cutter = await Cutter.before(port);
    cutters.push(cutter);
    return cutter;
  };
  const common = { id: kind, name: kind, addedAt: '2026-01-01T00:00:00Z' };
  if (kind === 'sftp') {
    const cutter = await before(sshd.port);
    const record: ChannelRecord = {
      ...{ ...common, kind, host: '127.0.0.1', port: cutter.port, user: sshd.user },
      ...{ path: place.path('share'), privateKey: readFileSync(sshd.key, 'utf8') },
    };
    return { record, cutters: [cutter] };
  }
  if (kind === 'webdav') {
    const cutter = await before(apache.port);
    const record: ChannelRecord = {
      ...{ ...common, kind, url: apache.url('share', cutter.port), user: USER },
      ...{ password: PASSWORD, authority: readFileSync(apache.authority, 'utf8') },
    };
    return { record, cutters: [cutter] };
  }
  const [out, back] = [await before(mail.smtp), await before(mail.imap)];
  const record: ChannelRecord = {
    ...{ ...common, kind, host: 'localhost', port: out.port, user: ADDRESS },
    ...{ imapHost: 'localhost', imapPort: back.port, from: ADDRESS, to: ADDRESS },
    ...{ password: MAIL_PASSWORD, path: 'INBOX', largestMiB: 20 },
    ...{ authority: readFileSync(mail.authority, 'utf8') },
  };
  return { record, cutters: [out, back] };
}

const silent = expect.objectContaining({
  code: 'carrier-unreachable',
  message: expect.stringContaining('it does not answer') as unknown,
}) as unknown;

/** How a carrier fails, and after how long. */
async function fails(use: () => Promise<unknown>): Promise<unknown> {
  try {
    await use();
  } catch (error) {
    return error;
  }
  return 'it did not fail';
}

beforeAll(async () => {
  mkdirSync(place.path('share'));
  sshd = await Sshd.start(place.path('sshd'));
  apache = await Apache.start(place.path('apache'));
  mail = await MailServers.start(place.path('mail'), [ADDRESS]);
  for (const folder of [place.path('share'), apache.share])
    writeFileSync(`${folder}/${NAME}`, randomBytes(6 * MIB));
});
afterAll(async () => {
  for (const cutter of cutters) cutter.stop();
  await sshd.stop();
  await apache.stop();
  await mail.stop();
  place.clean();
});

it('are given half a minute each, wherever they fall silent', { timeout: 120_000 }, async () => {
  const from = place.write('sealed', randomBytes(3 * MIB));
  const opened = async (kind: Kind, use: (carrier: Carrier, all: Cutter[]) => Promise<unknown>) => {
    const { record, cutters: all } = await channel(kind);
    const carrier = await carriers.open(record);
    return fails(() => use(carrier, all)).finally(() => carrier.close());
  };
  const still = (all: readonly Cutter[], after: number) => {
    for (const cutter of all) cutter.stillAfter = after;
  };
  const began = Date.now();
  const all = KINDS.flatMap((kind) => [
    fails(async () => {
      const { record, cutters: before } = await channel(kind);
      still(before, 0);
      await (await carriers.open(record)).probe();
    }),
    opened(kind, async (carrier, before) => {
      still(before, MIB);
      await carrier.deliver(from, `VAL-${'1'.repeat(16)}.pgp`, '0'.repeat(64), {});
    }),
    opened(kind, async (carrier, before) => {
      if (kind === 'email') mail.put(ADDRESS, message());
      const [file] = await carrier.list();
      still(before, 0);
      if (file) await carrier.fetch(file, place.path(`${kind}.partial`), {});
    }),
  ]);
  expect(await Promise.all(all)).toEqual(all.map(() => silent));
  expect(Date.now() - began).toBeGreaterThan(HALF_A_MINUTE * 0.9);
});

function message(): string {
  return [
    'From: other@office.example',
    'Subject: Sealed file',
    'MIME-Version: 1.0',
    `Content-Type: application/octet-stream; name="${NAME}"`,
    `Content-Disposition: attachment; filename="${NAME}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(randomBytes(MIB)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '',
  ].join('\n');
}
