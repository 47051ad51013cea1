import { afterAll, beforeAll, expect, it } from 'vitest';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';

/** What is decided after delivery, by the command line: the words, the exit codes, what is written. */
const place = new Workplace();
const sender = new CliOffice(place, 'amina');
const receiver = new CliOffice(place, 'bruno');
const ids: string[] = [];

beforeAll(() => {
  sender.init();
  receiver.init();
  acquainted(place, sender, receiver);
  place.write('a.txt', 'to be decided about\n');
  for (const name of ['first', 'second', 'third']) {
    const id = sender.draft([receiver.fingerprint], [place.path('a.txt')]);
    const { path } = sender.seal(id, place.path(name));
    sender.ok('package', 'sent', id, '--by', 'the courier');
    receiver.ok('inbox', 'add', path);
    ids.push(id);
  }
}, 300_000);
afterAll(() => {
  place.clean();
});

/** Known once they were made. */
const idOf = (index: number) => ids[index] ?? '';
const act = (office: CliOffice, ...args: string[]) =>
  office.run<{ state?: string; path?: string; error?: { code: string; message: string } }>(
    'package',
    ...args,
  );

it('holds a package, destroys nothing meanwhile, and releases it', () => {
  const id = idOf(0);
  const without = act(receiver, 'hold', id);
  expect(without.code).toBe(1);
  expect(without.json.error?.message).toContain('--reason');
  expect(act(receiver, 'hold', id, '--reason', 'legal-hold').json).toMatchObject({
    id,
    hold: { reason: 'legal-hold' },
  });
  expect(act(receiver, 'destroy', id)).toMatchObject({ code: 1 });
  expect(act(receiver, 'hold', id, '--release').json).not.toHaveProperty('hold');
});

it('gives the data back, and the sender hears of it', () => {
  const given = act(receiver, 'return', idOf(0), '--out', place.path('receipts'));
  expect(given.json.state).toBe('returned');
  sender.ok('inbox', 'add', given.json.path ?? '');
  expect(act(sender, 'show', idOf(0)).json.state).toBe('returned');
});

it.each([
  ['reject', 1, 'not-as-agreed', 'rejected'],
  ['dispute', 2, 'not-as-sealed', 'disputed'],
] as const)('%s wants a reason that the list knows, and says why', (word, of, reason, state) => {
  const id = idOf(of);
  expect(act(receiver, word, id).code).toBe(2);
  expect(act(receiver, word, id, '--reason', 'because')).toMatchObject({ code: 1 });
  const said = act(receiver, word, id, '--reason', reason, '--note', 'Two files cannot be read.');
  expect(said.json.state).toBe(state);
});

it('recalls what was sent, and delays no answer that nobody asked for', () => {
  const id = idOf(2);
  const delayed = act(receiver, 'delay', id, '--reason', 'other', '--until', '2099-01-01');
  expect(delayed.code).toBe(1);
  const recalled = act(sender, 'recall', id, '--reason', 'too-much-data', '--out', place.path('n'));
  expect(recalled.json).toMatchObject({ id, state: 'recalled' });
  expect(recalled.json).toHaveProperty('notices', [expect.anything()]);
});
