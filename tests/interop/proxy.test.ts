import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { MAIL_PASSWORD, MailServers } from '../support/mail-servers.ts';
import { freePort } from '../support/ports.ts';
import { Proxy } from '../support/proxy.ts';
import { Sshd } from '../support/sshd.ts';

interface Failed {
  error: { code: string; message: string };
}

/** An agency lets nothing out but through its proxy: each kind of channel goes through it. */
const place = new Workplace();
const office = new CliOffice(place, 'office');
const other = new CliOffice(place, 'other');
const { sealed } = new ChannelWork(office, other);
const OURS = 'office@office.example';
const THEIRS = 'other@office.example';
let ssh: Sshd;
let web: Apache;
let mail: MailServers;
let proxy: Proxy;
let channels: Record<string, object>;

const add = (name: string, more: object) => {
  const file = place.json(`${name}.json`, { name, ...more });
  return office.ok('channel', 'add', '--file', file);
};
/** Where the proxy was asked to lead to, so far. */
const led = () =>
  proxy.asked().filter((line) => line.startsWith('CONNECT') && line.endsWith('200'));

beforeAll(async () => {
  office.init();
  other.init();
  acquainted(place, office, other);
  place.write('web', `${PASSWORD}\n`);
  place.write('post', `${MAIL_PASSWORD}\n`);
  mkdirSync(place.path('wire'));
  ssh = await Sshd.start(place.path('sshd'));
  web = await Apache.start(place.path('apache'));
  mail = await MailServers.start(place.path('mail'), [OURS, THEIRS]);
  const ports = [ssh.port, web.port, mail.smtp, mail.imap, 465, 993];
  proxy = await Proxy.start(place.path('proxy'), ports);
  const post = { user: OURS, from: OURS, to: THEIRS, passwordFile: place.path('post') };
  channels = {
    sftp: {
      ...{ kind: 'sftp', host: '127.0.0.1', port: ssh.port, user: ssh.user },
      ...{ privateKeyFile: ssh.key, path: place.path('wire') },
    },
    webdav: {
      ...{ kind: 'webdav', url: web.url(), user: USER },
      ...{ passwordFile: place.path('web'), authorityFile: web.authority },
    },
    tls: { kind: 'email', host: mail.host, authorityFile: mail.authority, ...post },
    starttls: {
      ...{ kind: 'email', host: 'localhost', port: mail.smtp, imapPort: mail.imap },
      ...{ authorityFile: mail.authority, ...post },
    },
  };
});
afterAll(async () => {
  await proxy.stop();
  await mail.stop();
  await web.stop();
  await ssh.stop();
  place.clean();
});

it.each(['sftp', 'webdav', 'tls', 'starttls'])('%s is tested and sends through it', (name) => {
  add(name, { ...channels[name], proxy: proxy.url });
  const before = led().length;
  expect(office.ok('channel', 'test', name)).toMatchObject({ ok: true });
  const { id } = sealed(200_000);
  expect(office.ok('package', 'send', id, '--channel', name)).toMatchObject({
    state: 'dispatched',
  });
  expect(office.ok('exchange', '--channel', name)).toMatchObject({ failed: [] });
  expect(led().length).toBeGreaterThan(before);
});

it('a proxy that is not there, or does not let it through, is named', async () => {
  const gone = `http://127.0.0.1:${String(await freePort())}`;
  const elsewhere = {
    ...channels['webdav'],
    url: `https://localhost:${String(await freePort())}/`,
  };
  for (const [name, channel, reason] of [
    ['gone-sftp', { ...channels['sftp'], proxy: gone }, 'the proxy: nothing listens there'],
    ['gone-web', { ...channels['webdav'], proxy: gone }, 'the proxy: nothing listens there'],
    ['closed', { ...elsewhere, proxy: proxy.url }, 'the proxy: it answers 403'],
  ] as const) {
    add(name, channel);
    const { code, json } = office.run<Failed>('channel', 'test', name);
    expect([code, json.error.code, json.error.message]).toEqual([
      ...[5, 'carrier-unreachable', expect.stringContaining(reason) as unknown],
    ]);
  }
  for (const bad of ['https://proxy.example:1', 'http://u:p@proxy.example:1', 'proxy:1']) {
    const file = place.json('bad.json', { name: 'bad', ...channels['sftp'], proxy: bad });
    expect(office.run('channel', 'add', '--file', file).code).toBe(1);
  }
});
