import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { besideOf, ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, startCli, Workplace } from '../support/cli.ts';
import { Cutter } from '../support/cutter.ts';
import { MAIL_PASSWORD, MailServers } from '../support/mail-servers.ts';

interface Failed {
  error: { code: string; message: string; hint: string };
}
interface Exchanged {
  taken: { id: string; state: string }[];
  sent: object[];
  incomplete: string[];
  refused: { fileName: string; code: string }[];
}
interface Queued {
  items: { id: string; state: string; problem?: string }[];
}

/** Two offices exchange by mail: a real Postfix takes it, a real Dovecot keeps it, both by TLS. */
const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const { sealed, dispatched, beside } = new ChannelWork(sender, receiver);
const OURS = 'sender@office.example';
const THEIRS = 'receiver@office.example';
const MIB = 1024 * 1024;
let servers: MailServers;
/** Before the server that takes mail, and before the one that keeps it. */
let out: Cutter;
let back: Cutter;

const add = (office: CliOffice, name: string, more: object = {}) => {
  const [from, to] = office === sender ? [OURS, THEIRS] : [THEIRS, OURS];
  const file = place.json(`channel-${name}.json`, {
    ...{ name, kind: 'email', host: servers.host, user: from, from, to },
    ...{ passwordFile: place.path('password'), authorityFile: servers.authority, ...more },
  });
  return office.ok('channel', 'add', '--file', file);
};
const refusal = (office: CliOffice, ...args: string[]) => {
  const { code, json } = office.run<Failed>(...args);
  return [code, json.error.code, json.error.message];
};
const like = (text: string) => expect.stringContaining(text) as unknown;
/** Mail arrives a moment after it was taken. */
async function arrived(count: number): Promise<string[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (servers.messages(THEIRS).length >= count) break;
    await wait(100);
  }
  return servers.messages(THEIRS);
}
const inbox = () => servers.messages(THEIRS).length;

beforeAll(async () => {
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
  place.write('password', `${MAIL_PASSWORD}\n`);
  servers = await MailServers.start(place.path('mail'), [OURS, THEIRS], 4 * MIB);
  out = await Cutter.before(servers.smtp);
  back = await Cutter.before(servers.imap);
  add(sender, 'mail');
  add(receiver, 'mail');
  const cut = { host: 'localhost', port: out.port, imapPort: back.port };
  add(sender, 'cut', cut);
  add(receiver, 'cut', cut);
});
afterEach(() => {
  for (const cutter of [out, back]) cutter.after = cutter.afterBack = cutter.deafAfter = undefined;
});
afterAll(async () => {
  out.stop();
  back.stop();
  await servers.stop();
  place.clean();
});

describe('by mail', () => {
  it('is tested, both ways, and shows no password', () => {
    expect(sender.ok('channel', 'test', 'mail')).toMatchObject({ place: THEIRS, ok: true });
    expect(sender.run('channel', 'list').stdout).not.toContain(MAIL_PASSWORD);
    expect(inbox()).toBe(0);
  });

  it('sends a package, fetches it, and the receipts come back', async () => {
    servers.put(THEIRS, 'From: somebody@else.example\nSubject: Lunch\n\nAt noon?\n');
    const { id, fileName } = sealed(300_000);
    expect(sender.ok('package', 'send', id, '--channel', 'mail')).toMatchObject({
      state: 'dispatched',
    });
    const message = (await arrived(2)).find((text) => text.includes(fileName)) ?? '';
    expect(message).toContain('\nSubject: Sealed file\n');
    expect(message).toContain(`\nMessage-ID: <${fileName}@office.example>\n`);
    for (const said of ['CASE-1', 'Officer', 'Customer', 'payload'])
      expect(message.slice(0, message.indexOf('base64'))).not.toContain(said);
    const { taken } = receiver.ok<Exchanged>('exchange', '--channel', 'mail');
    expect(taken).toMatchObject([{ id, state: 'delivered' }]);
    receiver.ok('package', 'accept', id);
    expect(receiver.ok<Exchanged>('exchange', '--channel', 'mail').sent).toHaveLength(1);
    let state = '';
    for (let tries = 0; tries < 20 && state !== 'accepted'; tries += 1) {
      await wait(200);
      sender.ok('exchange', '--channel', 'mail');
      state = sender.ok<{ state: string }>('package', 'show', id).state;
    }
    expect(state).toBe('accepted');
    // Fetched once, and left where it lies, unread.
    expect(receiver.ok('exchange', '--channel', 'mail')).toMatchObject({ taken: [], sent: [] });
    expect(inbox()).toBe(2);
  });

  it('what is too large for mail is refused before anything waits, and another way is named', () => {
    sender.ok('channel', 'add', '--file', place.json('f.json', folder('Stick')));
    add(sender, 'small', { largestMiB: 1 });
    const { id } = sealed(1.2 * MIB);
    const { code, json } = sender.run<Failed>('package', 'send', id, '--channel', 'small');
    expect([code, json.error.code]).toEqual([1, 'mail-too-large']);
    expect(json.error.hint).toContain('Stick');
    const { items } = sender.ok<Queued>('queue', 'list');
    expect(items.filter(({ state }) => state === 'waiting')).toEqual([]);
    sender.ok('channel', 'remove', 'small');
    sender.ok('channel', 'remove', 'Stick');
  });

  it('what the server finds too large waits, and says why', () => {
    const { id } = sealed(4 * MIB);
    expect(refusal(sender, 'package', 'send', id, '--channel', 'mail')).toEqual([
      ...[5, 'carrier-too-large', like('no file that large')],
    ]);
    const waiting = sender.ok<Queued>('queue', 'list').items.find(({ problem }) => problem);
    expect(waiting?.state).toBe('waiting');
    sender.ok('queue', 'cancel', waiting?.id ?? '');
  });

  it('an attachment that was altered in the mail is told, and not taken', async () => {
    const { id, fileName } = sealed(60_000);
    const before = inbox();
    sender.ok('package', 'send', id, '--channel', 'mail');
    const whole = (await arrived(before + 1)).find((text) => text.includes(fileName)) ?? '';
    const named = `VAL-0123456789abcdef.pgp`;
    // Half of it arrived; and text was made of it.
    for (const message of [
      whole.slice(0, whole.length - 20_000),
      whole.replace('base64', 'quoted-printable'),
    ])
      servers.put(THEIRS, message.replaceAll(fileName, named));
    const ran = receiver.run<Exchanged>('exchange', '--channel', 'mail');
    expect(ran.code).toBe(4);
    expect(ran.json.refused).toMatchObject([
      { fileName: named, code: 'mail-altered' },
      { fileName: named, code: 'mail-altered' },
    ]);
    expect(ran.json.taken).toMatchObject([{ id }]);
  });
});

describe('when the line is cut', () => {
  it('on the way out, it is sent once', async () => {
    const { id } = sealed(1.5 * MIB);
    const before = inbox();
    for (let round = 0; round < 10; round += 1) {
      out.after = Math.floor(Math.random() * 1.5 * MIB);
      expect(await beside('package', 'send', id, '--channel', 'cut')).toBe(5);
    }
    expect(out.cuts).toBeGreaterThan(9);
    expect(inbox()).toBe(before);
    out.after = undefined;
    expect(await beside('exchange', '--channel', 'cut')).toBe(0);
    await arrived(before + 1);
    const { taken } = receiver.ok<Exchanged>('exchange', '--channel', 'mail');
    expect(taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
    expect(inbox()).toBe(before + 1);
  });

  it('after it was taken and before that was said: a second copy is no second package', async () => {
    const { id } = sealed(500_000);
    const before = inbox();
    out.deafAfter = 600_000;
    expect(await beside('package', 'send', id, '--channel', 'cut')).toBe(5);
    expect(dispatched(id)).toEqual([]);
    out.deafAfter = undefined;
    expect(await beside('exchange', '--channel', 'cut')).toBe(0);
    expect(await arrived(before + 2)).toHaveLength(before + 2);
    const { taken } = receiver.ok<Exchanged>('exchange', '--channel', 'mail');
    expect(taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
    expect(receiver.ok('exchange', '--channel', 'mail')).toMatchObject({ taken: [], refused: [] });
  });

  it('on the way in, nothing half is taken', async () => {
    const { id } = sealed(1.5 * MIB);
    const before = inbox();
    sender.ok('package', 'send', id, '--channel', 'mail');
    await arrived(before + 1);
    for (let round = 0; round < 10; round += 1) {
      back.afterBack = Math.floor(Math.random() * 1.5 * MIB);
      expect(await besideOf(receiver, 'exchange', '--channel', 'cut')).toBe(5);
    }
    back.afterBack = undefined;
    const { taken } = receiver.ok<Exchanged>('exchange', '--channel', 'mail');
    expect(taken).toMatchObject([{ id }]);
  });

  it('and when it is killed while it sends, nothing is lost and nothing doubled', async () => {
    const { id } = sealed(2 * MIB);
    for (let round = 0; round < 4 && dispatched(id).length === 0; round += 1) {
      const running = startCli(['package', 'send', id, '--channel', 'cut'], sender.env);
      const ended = new Promise((done) => running.once('exit', done));
      await wait(500 + Math.random() * 600);
      running.kill('SIGKILL');
      await ended;
    }
    // It may have been killed before it even waited: then it is sent as at first.
    if (dispatched(id).length === 0)
      expect(await beside('package', 'send', id, '--channel', 'cut')).toBe(0);
    let taken: Exchanged['taken'] = [];
    for (let tries = 0; tries < 20 && taken.length === 0; tries += 1) {
      await wait(200);
      taken = receiver.ok<Exchanged>('exchange', '--channel', 'mail').taken;
    }
    expect(taken, servers.said()).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
    expect(sender.ok('ledger', 'verify')).toMatchObject({ problems: [] });
  });

  it('a full disk there: it waits, and goes once there is room', async () => {
    const { id } = sealed(1000);
    await servers.full(true);
    expect(refusal(sender, 'package', 'send', id, '--channel', 'mail')).toEqual([
      ...[5, 'carrier-denied', like('it is full')],
    ]);
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'sealed' });
    await servers.full(false);
    const before = inbox();
    expect(sender.ok<Exchanged>('exchange', '--channel', 'mail').sent).toHaveLength(1);
    await arrived(before + 1);
    expect(receiver.ok<Exchanged>('exchange', '--channel', 'mail').taken).toMatchObject([{ id }]);
    expect(dispatched(id)).toHaveLength(1);
  });

  it('a message that is taken away between the look and the fetching: the others come', async () => {
    add(receiver, 'slow', { limitKiB: 500 });
    const packages = [sealed(MIB), sealed(1000)];
    const before = inbox();
    for (const { id } of packages) {
      sender.ok('package', 'send', id, '--channel', 'mail');
      await arrived(before + packages.findIndex((each) => each.id === id) + 1);
    }
    const running = startCli(['exchange', '--channel', 'slow'], receiver.env);
    let said = '';
    running.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise((done) => running.once('exit', done));
    const begun = packages[0]?.fileName.slice(4, 20) ?? '';
    while (!readdirSync(`${receiver.vault}/sealed`).some((name) => name.includes(begun)))
      await wait(20);
    servers.expunge(THEIRS, packages[1]?.fileName ?? '');
    await ended;
    const { taken, incomplete } = JSON.parse(said) as Exchanged;
    expect([taken, incomplete]).toMatchObject([[{ id: packages[0]?.id }], [packages[1]?.fileName]]);
  });

  it('when the servers are gone it waits, and goes when they are back', async () => {
    const { id } = sealed(1000);
    await servers.stop();
    expect(refusal(sender, 'package', 'send', id, '--channel', 'mail')).toEqual([
      ...[5, 'carrier-unreachable', like('nothing listens there')],
    ]);
    await servers.begin();
    const before = inbox();
    expect(sender.ok<Exchanged>('exchange', '--channel', 'mail').sent).toHaveLength(1);
    await arrived(before + 1);
    expect(receiver.ok<Exchanged>('exchange', '--channel', 'mail').taken).toMatchObject([{ id }]);
  });
});

describe('what is refused', () => {
  it('a wrong password, an unknown address, a server that does not encrypt or is not known', () => {
    place.write('wrong', 'not the password\n');
    add(sender, 'stranger', { passwordFile: place.path('wrong') });
    add(sender, 'nowhere', { path: 'Nowhere' });
    add(sender, 'open', { host: 'localhost', port: servers.open, imapPort: servers.imap });
    add(sender, 'untrusted', { authorityFile: undefined });
    add(sender, 'other-name', { host: '127.0.0.1', port: servers.smtp, imapPort: servers.imap });
    add(sender, 'no-name', { host: 'no-such-server.invalid' });
    const test = (name: string) => refusal(sender, 'channel', 'test', name);
    expect(test('stranger')).toEqual([5, 'carrier-refused', like(`does not let ${OURS} in`)]);
    expect(test('nowhere')).toEqual([5, 'carrier-denied', like('no such folder')]);
    expect(test('open')).toEqual([5, 'carrier-unreachable', like('offers no encryption')]);
    expect(test('untrusted')).toEqual([5, 'carrier-unreachable', like('nobody who is trusted')]);
    expect(test('other-name')).toEqual([5, 'carrier-unreachable', like('another name')]);
    expect(test('no-name')).toEqual([5, 'carrier-unreachable', like('name')]);
  });

  it('an address that nobody has: what was to be sent waits', () => {
    add(sender, 'nobody', { to: 'nobody@office.example' });
    const { id } = sealed(1000);
    expect(refusal(sender, 'package', 'send', id, '--channel', 'nobody')).toEqual([
      ...[5, 'carrier-denied', like('takes no mail for this address')],
    ]);
    expect(dispatched(id)).toEqual([]);
  });
});

function folder(name: string): object {
  return { name, kind: 'folder', path: place.path('share') };
}
