import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, startCli, Workplace } from '../support/cli.ts';
import { Sshd } from '../support/sshd.ts';

/**
 * Two offices exchange many packages over a real SSH server while both are killed again and again.
 * In full: VALISE_SMALL=500 VALISE_LARGE=5 VALISE_LARGE_MIB=1024 VALISE_KILLS=10.
 */
const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const SMALL = number('VALISE_SMALL', 5);
const LARGE = number('VALISE_LARGE', 1);
const LARGE_MIB = number('VALISE_LARGE_MIB', 24);
const KILLS = number('VALISE_KILLS', 3);
const HOURS = 3_600_000;

const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const { sealed } = new ChannelWork(sender, receiver);
let server: Sshd;

interface Entries {
  entries: { subject: { package?: string } }[];
}
const entriesOf = (office: CliOffice, type: string) =>
  office
    .ok<Entries>('ledger', 'show', '--type', type, '--limit', '100000')
    .entries.map(({ subject }) => subject.package ?? '');

beforeAll(async () => {
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
  server = await Sshd.start(place.path('sshd'));
  mkdirSync(place.path('wire'));
  for (const office of [sender, receiver])
    office.ok(
      ...['channel', 'add', '--file'],
      place.json(`channel-${office.name}.json`, {
        ...{ name: 'wire', kind: 'sftp', host: '127.0.0.1', port: server.port },
        ...{ user: server.user, privateKeyFile: server.key, path: place.path('wire') },
      }),
    );
});
afterAll(async () => {
  await server.stop();
  place.clean();
});

/** Runs a command, perhaps killed after so many milliseconds; whether it ended well by itself. */
async function ran(office: CliOffice, args: readonly string[], killAfter?: number) {
  const running = startCli(args, office.env);
  running.stdout.resume();
  running.stderr.resume();
  const ended = new Promise<number | null>((done) => running.once('exit', done));
  if (killAfter !== undefined)
    void wait(killAfter, undefined, { ref: false }).then(() => running.kill('SIGKILL'));
  return (await ended) === 0;
}

it('nothing is lost, nothing doubled, and both ledgers agree', { timeout: HOURS }, async () => {
  const ids: string[] = [];
  for (let count = 0; count < SMALL; count += 1) ids.push(sealed(2000).id);
  for (let count = 0; count < LARGE; count += 1) ids.push(sealed(LARGE_MIB * 1024 * 1024).id);
  // The server is away, so everything waits; then it is there, and everything goes at once.
  await server.stop();
  for (const id of ids)
    expect(await ran(sender, ['package', 'send', id, '--channel', 'wire'])).toBe(false);
  await server.begin();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const office = kill % 2 === 0 ? sender : receiver;
    await ran(office, ['exchange'], 500 + Math.random() * 1500);
  }
  for (const office of [sender, receiver, sender, receiver])
    expect(await ran(office, ['exchange'])).toBe(true);
  const sorted = [...ids].sort();
  expect(entriesOf(sender, 'dispatched').sort()).toEqual(sorted);
  expect(entriesOf(receiver, 'arrived').sort()).toEqual(sorted);
  for (const id of ids)
    expect(sender.ok('package', 'show', id)).toMatchObject({ state: 'delivered' });
  for (const office of [sender, receiver]) {
    expect(office.ok('ledger', 'verify')).toMatchObject({ problems: [] });
    office.ok('ledger', 'export', '--out', place.path(`bundle-${office.name}`));
  }
  const [a, b] = [place.path('bundle-sender'), place.path('bundle-receiver')];
  const { code, json } = sender.run<{ findings: unknown[] }>('reconcile', a, b);
  expect([code, json.findings]).toEqual([0, []]);
});
