import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, runCli, startCli, Workplace } from '../support/cli.ts';
import { Cutter } from '../support/cutter.ts';
import { Sshd } from '../support/sshd.ts';

interface Failed {
  error: { code: string; message: string };
}
interface Queued {
  items: { id: string; state: string; what: string; tries?: number; problem?: string }[];
}

/** Two offices exchange over a folder on a real OpenSSH server, also when it fails them. */
const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const share = place.path('share');
const MIB = 1024 * 1024;
const { sealed, dispatched, beside } = new ChannelWork(sender, receiver);
let server: Sshd;
let cutter: Cutter;

const channel = (name: string, more: object) =>
  place.json(`channel-${name}.json`, {
    ...{ name, kind: 'sftp', host: '127.0.0.1', user: server.user, path: share },
    ...{ privateKeyFile: server.key, port: server.port, ...more },
  });
const add = (office: CliOffice, name: string, more: object = {}) =>
  office.ok('channel', 'add', '--file', channel(name, more));
const listed = () => readdirSync(share).sort();

beforeAll(async () => {
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
  server = await Sshd.start(place.path('sshd'));
  cutter = await Cutter.before(server.port);
  add(sender, 'server');
  add(receiver, 'server');
});
afterAll(async () => {
  cutter.stop();
  await server.stop();
  place.clean();
});

describe('over an SFTP server', () => {
  it('is tested, and the key of the server is pinned', () => {
    expect(sender.ok('channel', 'test', 'server')).toMatchObject({ hostKey: server.hostKey() });
    expect(sender.ok('channel', 'list')).toMatchObject({
      items: [{ name: 'server', kind: 'sftp', hostKey: server.hostKey() }],
    });
    expect(listed()).toEqual([]);
  });

  it('never shows what signs in', () => {
    const key = readFileSync(server.key, 'utf8').split('\n')[1] ?? '';
    const shown = sender.run('channel', 'list').stdout + sender.run('ledger', 'show').stdout;
    expect(shown).not.toContain(key);
    expect(shown).not.toContain(server.key);
  });

  it('sends a package, fetches it, and the receipts come back', () => {
    const { id, fileName } = sealed(200_000);
    expect(sender.ok('package', 'send', id, '--channel', 'server')).toMatchObject({
      state: 'dispatched',
    });
    expect(listed()).toEqual([fileName]);
    place.write('share/of-others.txt', 'left alone');
    const { taken } = receiver.ok<{ taken: { id: string; state: string }[] }>('exchange');
    expect(taken).toMatchObject([{ id, state: 'delivered' }]);
    receiver.ok('package', 'accept', id);
    expect(receiver.ok<{ sent: object[] }>('exchange').sent).toHaveLength(1);
    sender.ok('exchange');
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'accepted' });
    expect(receiver.ok('exchange')).toMatchObject({ sent: [], taken: [], failed: [] });
    expect(listed()).toContain('of-others.txt');
  });

  it('signs in with the agent of this computer', () => {
    const started = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' });
    const [socket = '', pid = ''] = ['SSH_AUTH_SOCK', 'SSH_AGENT_PID'].map(
      (name) => new RegExp(`${name}=([^;]+);`).exec(started)?.[1],
    );
    try {
      const env = { ...sender.env, SSH_AUTH_SOCK: socket };
      const file = channel('agent', { privateKeyFile: undefined });
      sender.ok('channel', 'add', '--file', file);
      const test = () => runCli<Failed & { ok?: boolean }>(['channel', 'test', 'agent'], env).json;
      expect(test().error.code).toBe('carrier-refused');
      execFileSync('ssh-add', ['-q', server.key], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
      });
      expect(test()).toMatchObject({ ok: true });
      sender.ok('channel', 'remove', 'agent');
    } finally {
      process.kill(Number(pid));
    }
  });

  it('keeps what could not be sent, and sends it once the server is there again', async () => {
    const { id } = sealed(1000);
    await server.stop();
    const ran = sender.run<Failed>('package', 'send', id, '--channel', 'server');
    expect([ran.code, ran.json.error.code]).toEqual([5, 'carrier-unreachable']);
    expect(ran.json.error.message).toContain('nothing listens there');
    const [waiting] = sender.ok<Queued>('queue', 'list').items;
    expect(waiting).toMatchObject({ state: 'waiting', tries: 1, problem: 'carrier-unreachable' });
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'sealed' });
    await server.begin();
    sender.ok('queue', 'pause');
    expect(sender.ok<{ sent: object[] }>('exchange').sent).toEqual([]);
    sender.ok('queue', 'resume', waiting?.id ?? '');
    expect(sender.ok<{ sent: object[] }>('exchange').sent).toHaveLength(1);
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'dispatched' });
    expect(dispatched(id)).toHaveLength(1);
    expect(sender.run('queue', 'cancel', waiting?.id ?? '').code).toBe(1);
    receiver.ok('exchange');
  });

  it('goes on where the line was cut, and what arrives is whole', async () => {
    add(sender, 'cut', { port: cutter.port });
    const { id, fileName } = sealed(6 * MIB);
    for (let round = 0; round < 10; round += 1) {
      cutter.after = 10_000 + Math.floor((Math.random() * MIB) / 2);
      const code = await beside('package', 'send', id, '--channel', 'cut');
      if (code === 0) break;
      expect(code).toBe(5);
      expect(existsSync(place.path('share', fileName))).toBe(false);
    }
    expect(cutter.cuts).toBeGreaterThan(5);
    cutter.after = undefined;
    expect(await beside('exchange', '--channel', 'cut')).toBe(0);
    expect(receiver.ok<{ taken: object[] }>('exchange').taken).toHaveLength(1);
    expect(dispatched(id)).toHaveLength(1);
    expect(listed().filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('does not continue what somebody else put there under its name', () => {
    const { id, fileName } = sealed(300_000);
    place.write(`share/${fileName}.partial`, randomBytes(100_000));
    sender.ok('package', 'send', id, '--channel', 'server');
    expect(receiver.ok<{ taken: object[]; refused: object[] }>('exchange')).toMatchObject({
      taken: [{ id }],
      refused: [],
    });
  });

  it('writes over nothing', () => {
    const { id, fileName } = sealed(1000);
    place.write(`share/${fileName}`, 'of somebody else');
    const ran = sender.run<Failed>('package', 'send', id, '--channel', 'server');
    expect([ran.code, ran.json.error.code]).toEqual([1, 'file-exists']);
    expect(readFileSync(place.path('share', fileName), 'utf8')).toBe('of somebody else');
    expect(receiver.ok<{ incomplete: string[] }>('exchange').incomplete).toEqual([fileName]);
    const [item] = sender.ok<Queued>('queue', 'list').items;
    expect(sender.ok('queue', 'cancel', item?.id ?? '')).toMatchObject({
      items: [{ state: 'cancelled' }],
    });
    execFileSync('rm', [place.path('share', fileName)]);
  });

  it('a process that is killed while it sends loses nothing and doubles nothing', async () => {
    const { id, fileName } = sealed(40 * MIB);
    const partial = place.path('share', `${fileName}.partial`);
    const running = startCli(['package', 'send', id, '--channel', 'server'], sender.env);
    const gone = new Promise((done) => running.once('exit', done));
    while (!existsSync(partial) || statSync(partial).size < MIB) await wait(5);
    running.kill('SIGKILL');
    await gone;
    const [item] = sender.ok<Queued>('queue', 'list').items;
    expect(item).toMatchObject({ state: 'waiting', what: 'package' });
    expect(sender.ok<{ sent: object[] }>('exchange', '--channel', 'server').sent).toHaveLength(1);
    expect(receiver.ok<{ taken: object[] }>('exchange').taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
    expect(sender.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });
});

describe('what is refused', () => {
  it('a server with another key: it learns no password, and nothing is sent', async () => {
    const { id } = sealed(1000);
    const known = server.hostKey();
    await server.stop();
    server.newHostKey();
    await server.begin();
    const ran = sender.run<Failed>('package', 'send', id, '--channel', 'server');
    expect([ran.code, ran.json.error.code]).toEqual([4, 'carrier-host-changed']);
    expect(ran.json.error.message).toContain(known);
    expect(ran.json.error.message).toContain(server.hostKey());
    sender.ok('channel', 'remove', 'server');
    add(sender, 'server', { hostKey: server.hostKey() });
    const { sent } = sender.ok<{ sent: object[] }>('exchange', '--channel', 'server');
    expect(sent).toHaveLength(1);
    expect(dispatched(id)).toHaveLength(1);
  });

  it('a key that does not let us in, a folder that is not there, one that is read only', async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', place.path('other')]);
    add(sender, 'stranger', { privateKeyFile: place.path('other') });
    add(sender, 'nowhere', { path: place.path('no such folder') });
    add(sender, 'no-name', { host: 'no-such-server.invalid' });
    const readOnly = await Sshd.start(place.path('sshd-r'), ['-R']);
    add(sender, 'read-only', { port: readOnly.port, privateKeyFile: readOnly.key });
    const codeOf = (name: string) => {
      const { code, json } = sender.run<Failed>('channel', 'test', name);
      return [code, json.error.code, json.error.message];
    };
    expect(codeOf('stranger')).toEqual([
      5,
      'carrier-refused',
      expect.stringMatching(/does not let/),
    ]);
    expect(codeOf('nowhere')).toEqual([
      5,
      'carrier-denied',
      expect.stringMatching(/no such folder/),
    ]);
    expect(codeOf('no-name')).toEqual([5, 'carrier-unreachable', expect.stringMatching(/name/)]);
    expect(codeOf('read-only')).toEqual([
      5,
      'carrier-denied',
      expect.stringMatching(/permission denied/),
    ]);
    await readOnly.stop();
  });

  it('what is no channel', () => {
    for (const more of [
      { port: 0 },
      { host: 'user@host' },
      { hostKey: 'MD5:00' },
      { password: '' },
      { unknown: 1 },
      { privateKeyFile: place.path('not there') },
    ])
      expect(sender.run('channel', 'add', '--file', channel('bad', more)).code).toBe(1);
  });
});
