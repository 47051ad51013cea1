import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { besideOf, ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, startCli, Workplace } from '../support/cli.ts';
import { Cutter } from '../support/cutter.ts';
import { SmallDisk } from '../support/small-disk.ts';
import { Sshd } from '../support/sshd.ts';

/** What goes wrong at the other end of a channel, with real servers: over SFTP and over WebDAV. */
interface Failed {
  error: { code: string; message: string };
}
interface Exchanged {
  taken: { id: string }[];
  sent: object[];
  incomplete: string[];
  refused: { fileName: string; code: string; message: string }[];
}

const MIB = 1024 * 1024;
const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const { sealed, dispatched } = new ChannelWork(sender, receiver);
const like = (text: string) => expect.stringContaining(text) as unknown;
let sshd: Sshd;
let apache: Apache;
let disk: SmallDisk;

interface Kind {
  readonly kind: 'sftp' | 'webdav';
  share(): string;
  port(): number;
  channel(more: object, port?: number): object;
  stop(): Promise<void>;
  begin(): Promise<void>;
}
const sftp: Kind = {
  kind: 'sftp',
  share: () => join(disk.folder, 'sftp'),
  port: () => sshd.port,
  channel: (more, port = sshd.port) => ({
    ...{ kind: 'sftp', host: '127.0.0.1', port, user: sshd.user },
    ...{ path: sftp.share(), privateKeyFile: sshd.key, ...more },
  }),
  stop: () => sshd.stop(),
  begin: () => sshd.begin(),
};
const webdav: Kind = {
  kind: 'webdav',
  share: () => apache.share,
  port: () => apache.port,
  channel: (more, port = apache.port) => ({
    ...{ kind: 'webdav', url: apache.url('share', port), user: USER },
    ...{ passwordFile: place.path('password'), authorityFile: apache.authority, ...more },
  }),
  stop: () => apache.stop(),
  begin: () => apache.begin(),
};

const add = (office: CliOffice, name: string, channel: object) =>
  office.ok('channel', 'add', '--file', place.json(`${name}.json`, { name, ...channel }));
const exchange = (office: CliOffice, channel: string) =>
  office.run<Exchanged>('exchange', '--channel', channel);
/** What is being fetched just now, in the receiver's vault. */
const begun = () =>
  readdirSync(join(receiver.vault, 'sealed')).filter((name) => name.endsWith('.partial'));

beforeAll(async () => {
  for (const office of [sender, receiver]) office.init();
  acquainted(place, sender, receiver);
  place.write('password', `${PASSWORD}\n`);
  disk = new SmallDisk(place.path('disk'), 64 * MIB);
  sshd = await Sshd.start(place.path('sshd'));
  apache = await Apache.start(place.path('apache'), place.path('disk', 'webdav'));
  place.write('disk/sftp/of-others.txt', 'left alone');
  for (const { kind, channel } of [sftp, webdav])
    for (const office of [sender, receiver]) {
      add(office, kind, channel({}));
      add(office, `slow-${kind}`, channel({ limitKiB: 700 }));
    }
});
afterEach(() => {
  for (const { share } of [sftp, webdav])
    for (const name of readdirSync(share()))
      if (/VAL-|tmp/.test(name)) rmSync(join(share(), name), { recursive: true });
  disk.grow(64 * MIB);
});
afterAll(async () => {
  await sshd.stop();
  await apache.stop();
  disk.remove();
  place.clean();
});

describe.each([sftp, webdav])('over $kind', ({ kind, share, port, channel, stop, begin }) => {
  it('a full disk there: it waits, and goes once there is room', () => {
    const { id, fileName } = sealed(3 * MIB);
    disk.grow(2 * MIB);
    const ran = sender.run<Failed>('package', 'send', id, '--channel', kind);
    expect([ran.code, ran.json.error.code, ran.json.error.message]).toEqual([
      ...[5, 'carrier-denied', like('it is full')],
    ]);
    expect(existsSync(join(share(), fileName))).toBe(false);
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'sealed' });
    disk.grow(64 * MIB);
    expect(exchange(sender, kind).json.sent).toHaveLength(1);
    expect(exchange(receiver, kind).json.taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
  });

  it('a disk here with too little room: nothing is fetched before there is more', () => {
    const { id, fileName } = sealed(MIB);
    sender.ok('package', 'send', id, '--channel', kind);
    const little = new SmallDisk(join(receiver.vault, 'sealed'), 128 * MIB);
    const { code, json } = exchange(receiver, kind);
    expect([code, json.taken]).toEqual([4, []]);
    expect(json.refused).toMatchObject([{ fileName, code: 'disk-full' }]);
    little.remove();
    expect(exchange(receiver, kind).json.taken).toMatchObject([{ id }]);
  });

  it('a file that is taken away between the look and the fetching: the others come', async () => {
    const packages = [sealed(1.5 * MIB), sealed(1.5 * MIB)];
    for (const { id } of packages) sender.ok('package', 'send', id, '--channel', kind);
    const running = startCli(['exchange', '--channel', `slow-${kind}`], receiver.env);
    let said = '';
    running.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise((done) => running.once('exit', done));
    while (begun().length === 0) await wait(20);
    const gone = packages.find(({ fileName }) => !begun()[0]?.includes(fileName.slice(4, 20)));
    const from = join(share(), gone?.fileName ?? '');
    renameSync(from, place.path('disk', 'aside'));
    expect(await ended).toBe(0);
    const { taken, incomplete } = JSON.parse(said) as Exchanged;
    expect([taken.length, incomplete]).toEqual([1, [gone?.fileName]]);
    renameSync(place.path('disk', 'aside'), from);
    expect(exchange(receiver, kind).json.taken).toMatchObject([{ id: gone?.id }]);
    expect(begun()).toEqual([]);
  });

  it('a server that is killed while it takes a file: it is sent once it is back', async () => {
    const { id, fileName } = sealed(1.5 * MIB);
    const sending = besideOf(sender, 'package', 'send', id, '--channel', `slow-${kind}`);
    while (!readdirSync(share()).some((name) => /partial|tmp/.test(name))) await wait(20);
    await stop();
    expect(await sending).toBe(5);
    expect(existsSync(join(share(), fileName))).toBe(false);
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'sealed' });
    await begin();
    expect(exchange(sender, `slow-${kind}`).json.sent).toHaveLength(1);
    expect(exchange(receiver, kind).json.taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
  });

  it('what is fetched goes on where the line was cut, also after the program was killed', async () => {
    const { id } = sealed(4 * MIB);
    sender.ok('package', 'send', id, '--channel', kind);
    const cutter = await Cutter.before(port());
    const name = `cut-${kind}`;
    add(receiver, name, channel({ limitKiB: 2000 }, cutter.port));
    const killed = startCli(['exchange', '--channel', name], receiver.env);
    const ended = new Promise((done) => killed.once('exit', done));
    while (begun().length === 0 || cutter.back < MIB) await wait(10);
    killed.kill('SIGKILL');
    await ended;
    // Every line is cut long before the end: it arrives only because it is continued.
    cutter.afterBack = 1.5 * MIB;
    let rounds = 1;
    while ((await besideOf(receiver, 'exchange', '--channel', name)) !== 0 && rounds < 8)
      rounds += 1;
    cutter.stop();
    expect(rounds).toBeGreaterThan(1);
    expect(rounds).toBeLessThan(8);
    expect(receiver.ok('package', 'show', id)).toMatchObject({ state: 'delivered' });
    expect(begun()).toEqual([]);
  });

  it('what was begun is removed once it came another way', async () => {
    const { id } = sealed(2 * MIB);
    sender.ok('package', 'send', id, '--channel', kind);
    const running = startCli(['exchange', '--channel', `slow-${kind}`], receiver.env);
    const ended = new Promise((done) => running.once('exit', done));
    while (begun().length === 0) await wait(20);
    running.kill('SIGKILL');
    await ended;
    expect(begun()).toHaveLength(1);
    expect(exchange(receiver, kind).json.taken).toMatchObject([{ id }]);
    expect(exchange(receiver, `slow-${kind}`).json.taken).toEqual([]);
    expect(begun()).toEqual([]);
  });

  it('killed while it sends: nothing is lost and nothing doubled', async () => {
    const { id } = sealed(1.5 * MIB);
    const running = startCli(['package', 'send', id, '--channel', `slow-${kind}`], sender.env);
    const ended = new Promise((done) => running.once('exit', done));
    while (!readdirSync(share()).some((name) => /partial|tmp/.test(name))) await wait(20);
    running.kill('SIGKILL');
    await ended;
    expect(exchange(sender, `slow-${kind}`).json.sent).toHaveLength(1);
    expect(exchange(receiver, kind).json.taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
    expect(sender.ok('ledger', 'verify')).toMatchObject({ problems: [] });
  });
});
