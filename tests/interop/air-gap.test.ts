import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { freePort } from '../support/ports.ts';
import { sentOverNetwork } from '../support/watched-network.ts';

interface Failed {
  error: { code: string };
}

/** With the air gap on nothing leaves, whatever is asked for; without it, everything tries to. */
const place = new Workplace();
const office = new CliOffice(place, 'office');
const other = new CliOffice(place, 'other');
const { sealed } = new ChannelWork(office, other);
const NETWORKED = ['sftp', 'webdav', 'email'];
/** Everything that reaches for a network. */
const asked = () => [
  ['exchange'],
  ...NETWORKED.map((name) => ['channel', 'test', name]),
  ['contact', 'find', 'somebody@office.invalid'],
  ['ledger', 'timestamp', '--url', 'https://127.0.0.1:44444/'],
];

beforeAll(async () => {
  office.init();
  other.init();
  acquainted(place, office, other);
  place.write('password', 'a password\n');
  const port = await freePort();
  const signIn = { user: 'u', passwordFile: place.path('password') };
  const channels = {
    sftp: { ...signIn, host: '127.0.0.1', port },
    webdav: { ...signIn, url: `https://127.0.0.1:${String(port)}/` },
    email: {
      ...{ ...signIn, host: '127.0.0.1', port, imapPort: port },
      ...{ from: 'a@office.invalid', to: 'b@office.invalid' },
    },
  };
  for (const [kind, more] of Object.entries(channels))
    office.ok(
      'channel',
      'add',
      '--file',
      place.json(`${kind}.json`, { name: kind, kind, ...more }),
    );
  const { id } = sealed(1000);
  for (const kind of NETWORKED)
    expect(office.run<Failed>('package', 'send', id, '--channel', kind).json.error.code).toBe(
      'carrier-unreachable',
    );
});
afterAll(() => {
  place.clean();
});

it('with the air gap on not one packet is sent', () => {
  office.ok('air-gap', 'on');
  for (const args of asked()) {
    const ran = office.run<Failed>(...args);
    if (args[0] === 'exchange') expect(ran.code).not.toBe(1);
    else expect([ran.code, ran.json.error.code], args.join(' ')).toEqual([3, 'air-gapped']);
  }
  expect(sentOverNetwork(asked(), office.env, place.folder)).toBe(0);
});

it('a folder still works', () => {
  mkdirSync(place.path('stick'));
  const stick = { name: 'stick', kind: 'folder', path: place.path('stick') };
  office.ok('channel', 'add', '--file', place.json('stick.json', stick));
  const { id } = sealed(1000);
  expect(office.ok('package', 'send', id, '--channel', 'stick')).toMatchObject({
    state: 'dispatched',
  });
});

it('each of these does send something once it is off', () => {
  office.ok('air-gap', 'off');
  for (const args of asked())
    expect(sentOverNetwork([args], office.env, place.folder), args.join(' ')).toBeGreaterThan(0);
});
