import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { ChannelWork } from '../support/channel-work.ts';
import { acquainted, CliOffice, runCli, Workplace } from '../support/cli.ts';
import { clockOff } from '../support/clock.ts';

interface Exchanged {
  taken: { id: string; state: string }[];
  refused: { code: string; message: string }[];
}

/** Clocks that differ: of the two offices, and of an office and a server. */
const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');
const { sealed } = new ChannelWork(sender, receiver);
const like = (text: string) => expect.stringContaining(text) as unknown;
let apache: Apache;

/** Runs a command of an office whose clock is wrong by so much. */
const at = <T>(by: string, office: CliOffice, ...args: string[]) =>
  runCli<T>(args, { ...office.env, ...clockOff(by) });

beforeAll(async () => {
  for (const office of [sender, receiver]) office.init();
  acquainted(place, sender, receiver);
  place.write('password', `${PASSWORD}\n`);
  apache = await Apache.start(place.path('apache'));
  const file = place.json('channel.json', {
    ...{ name: 'server', kind: 'webdav', url: apache.url(), user: USER },
    ...{ passwordFile: place.path('password'), authorityFile: apache.authority },
  });
  for (const office of [sender, receiver]) office.ok('channel', 'add', '--file', file);
});
afterAll(async () => {
  await apache.stop();
  place.clean();
});

describe('a clock that is wrong', () => {
  it('here: a server’s certificate seems to be of another time, and the clock is named', () => {
    const test = (by: string) =>
      at<{ error: { code: string; message: string } }>(by, sender, 'channel', 'test', 'server');
    expect(test('-30d').json.error.message).toMatch(/not valid yet: check the clock/);
    expect(test('+30d').json.error.message).toMatch(/expired/);
  });

  it('of the other office: what it sealed waits until that moment, and comes by itself', () => {
    const payload = place.write('payload.txt', 'sealed tomorrow');
    const id = sender.draft([receiver.fingerprint], [payload]);
    const out = place.path('out');
    expect(at('+1d', sender, 'package', 'seal', id, '--out', out).code).toBe(0);
    sender.ok('package', 'send', id, '--channel', 'server');
    for (let look = 0; look < 2; look += 1)
      expect(receiver.run<Exchanged>('exchange').json).toMatchObject({
        taken: [],
        refused: [{ code: 'signature-in-future', message: like('but here it is') }],
      });
    const later = at<Exchanged>('+25h', receiver, 'exchange');
    expect(later.json).toMatchObject({ taken: [{ id, state: 'delivered' }], refused: [] });
    expect(receiver.ok('inbox', 'list')).toMatchObject({ items: [{ id, state: 'delivered' }] });
    expect(receiver.run('ledger', 'verify').json).toMatchObject({ problems: [] });
  });

  it('of what carries: the dates of files say nothing', () => {
    for (const day of ['1971-01-01', '2099-01-01']) {
      const { id, fileName } = sealed(1000);
      sender.ok('package', 'send', id, '--channel', 'server');
      utimesSync(join(apache.share, fileName), new Date(day), new Date(day));
      expect(receiver.ok<Exchanged>('exchange').taken).toMatchObject([{ id }]);
    }
  });
});
