import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeOffice } from '../../main/compose.ts';
import { Desk } from '../../main/services/desk.ts';
import { Receipts } from '../../main/services/receipts.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { within } from '../support/in-process.ts';

const place = new Workplace();
const sender = new CliOffice(place, 'sender');
const receiver = new CliOffice(place, 'receiver');

beforeAll(() => {
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
});
afterAll(() => {
  place.clean();
});

it('a receipt that was written when the program died is removed by the next opening', async () => {
  const id = sender.draft([receiver.fingerprint], [place.write('payload/a.txt', 'a')]);
  const { path } = sender.seal(id, place.path('out'));
  receiver.ok('inbox', 'add', path);
  const partial = await within(receiver, async (open) => {
    const desk = new Desk(open.session, composeOffice().tools);
    const record = open.session.records.get('packages', id);
    if (record === undefined) throw new Error('the package did not arrive');
    return (await new Receipts(desk, open.contacts).make(record, 'accepted')).partial;
  });
  expect(existsSync(partial)).toBe(true);
  await within(receiver, () => Promise.resolve());
  expect(existsSync(partial)).toBe(false);
});
