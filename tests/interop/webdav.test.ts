import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { Cutter } from '../support/cutter.ts';

interface Failed {
  error: { code: string; message: string };
}

/** Two offices exchange over a folder on a real Apache, by TLS under an agency's own authority. */
const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const MIB = 1024 * 1024;
const { sealed, dispatched, beside } = new ChannelWork(sender, receiver);
let server: Apache;
let cutter: Cutter;

const channel = (name: string, more: object = {}) =>
  place.json(`channel-${name}.json`, {
    ...{ name, kind: 'webdav', url: server.url(), user: USER },
    ...{ passwordFile: place.path('password'), authorityFile: server.authority, ...more },
  });
const add = (office: CliOffice, name: string, more: object = {}) =>
  office.ok('channel', 'add', '--file', channel(name, more));
const listed = () => readdirSync(server.share).filter((name) => !name.startsWith('.'));

beforeAll(async () => {
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
  place.write('password', `${PASSWORD}\n`);
  server = await Apache.start(place.path('apache'));
  cutter = await Cutter.before(server.port);
  add(sender, 'server');
  add(receiver, 'server');
});
afterAll(async () => {
  cutter.stop();
  await server.stop();
  place.clean();
});

describe('over a WebDAV server', () => {
  it('is tested, and shows no password', () => {
    expect(sender.ok('channel', 'test', 'server')).toMatchObject({ place: server.url() });
    expect(listed()).toEqual([]);
    expect(sender.run('channel', 'list').stdout).not.toContain(PASSWORD);
  });

  it('sends a package, fetches it, and the receipts come back', () => {
    const { id, fileName } = sealed(3 * MIB);
    expect(sender.ok('package', 'send', id, '--channel', 'server')).toMatchObject({
      state: 'dispatched',
    });
    expect(listed()).toEqual([fileName]);
    writeFileSync(join(server.share, 'of-others.txt'), 'left alone');
    const { taken } = receiver.ok<{ taken: { id: string; state: string }[] }>('exchange');
    expect(taken).toMatchObject([{ id, state: 'delivered' }]);
    receiver.ok('package', 'accept', id);
    expect(receiver.ok<{ sent: object[] }>('exchange').sent).toHaveLength(1);
    sender.ok('exchange');
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'accepted' });
    expect(receiver.ok('exchange')).toMatchObject({ sent: [], taken: [], failed: [] });
    expect(listed()).toContain('of-others.txt');
  });

  it('sends it once, however often the line is cut', async () => {
    add(sender, 'cut', { url: server.url('share', cutter.port) });
    const { id, fileName } = sealed(3 * MIB);
    for (let round = 0; round < 10; round += 1) {
      cutter.after = 3000 + Math.floor(Math.random() * 2 * MIB);
      expect(await beside('package', 'send', id, '--channel', 'cut')).toBe(5);
      expect(existsSync(join(server.share, fileName))).toBe(false);
    }
    expect(cutter.cuts).toBeGreaterThan(9);
    cutter.after = undefined;
    expect(await beside('exchange', '--channel', 'cut')).toBe(0);
    expect(receiver.ok<{ taken: object[] }>('exchange').taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
    expect(listed().filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('writes over nothing, and what is there already counts as sent', () => {
    const { id, fileName } = sealed(1000);
    writeFileSync(join(server.share, fileName), 'of somebody else');
    const ran = sender.run<Failed>('package', 'send', id, '--channel', 'server');
    expect([ran.code, ran.json.error.code]).toEqual([1, 'file-exists']);
    expect(readFileSync(join(server.share, fileName), 'utf8')).toBe('of somebody else');
    execFileSync('cp', [place.path(`out-${id}`, fileName), join(server.share, fileName)]);
    sender.ok('exchange', '--channel', 'server');
    expect(dispatched(id)).toHaveLength(1);
    expect(receiver.ok<{ taken: object[] }>('exchange').taken).toMatchObject([{ id }]);
  });
});

describe('what is refused', () => {
  it('a wrong password, a folder that is not there, one that takes nothing, an unknown authority', () => {
    place.write('wrong', 'not the password\n');
    add(sender, 'stranger', { passwordFile: place.path('wrong') });
    add(sender, 'nowhere', { url: server.url('share/none') });
    add(sender, 'frozen', { url: server.url('frozen') });
    add(sender, 'untrusted', { authorityFile: undefined });
    add(sender, 'no-name', { url: 'https://no-such-server.invalid/' });
    const codeOf = (name: string) => {
      const { code, json } = sender.run<Failed>('channel', 'test', name);
      return [code, json.error.code, json.error.message];
    };
    const like = (text: string) => expect.stringContaining(text) as unknown;
    expect(codeOf('stranger')).toEqual([5, 'carrier-refused', like('does not let valise in')]);
    expect(codeOf('nowhere')).toEqual([5, 'carrier-denied', like('no such folder')]);
    expect(codeOf('frozen')).toEqual([5, 'carrier-denied', like('permission denied')]);
    expect(codeOf('untrusted')).toEqual([5, 'carrier-unreachable', like('nobody who is trusted')]);
    expect(codeOf('no-name')).toEqual([5, 'carrier-unreachable', like('name')]);
  });

  it('an address that would show the password', () => {
    for (const url of ['http://files.example/', 'https://a:b@files.example/', 'ftp://x/', 'x'])
      expect(sender.run('channel', 'add', '--file', channel('bad', { url })).code).toBe(1);
  });
});
