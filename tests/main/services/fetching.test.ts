import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { releaseFor } from '../../support/cli.ts';
import { twoOffices, type TwoOffices } from '../../support/two-offices.ts';

let both: TwoOffices;

beforeAll(async () => {
  both = await twoOffices('2026-03-01T09:00:00Z');
  both.place.write('payload/a.txt', 'for the other office\n');
  await both.sender.open.cases.open({ reference: 'CASE-1', title: 'A case', counterpart: ['FR'] });
});
afterAll(async () => {
  await both.close();
});

it('what passes is taken in, however much of no use lies before it', async () => {
  const { sender, receiver, place } = both;
  const release = { ...releaseFor([receiver.fingerprint]), transferBasis: ['A45-3'] };
  const { id } = await sender.open.drafts.make('CASE-1', release, [place.path('payload')]);
  const { sha256 } = await sender.open.sealing.seal(id);
  let before = 0;
  for (let count = 0; before < 150; count += 1) {
    const junk = `junk ${String(count)}`;
    const digest = createHash('sha256').update(junk).digest('hex');
    if (digest > sha256 && before > 100) continue;
    place.write(`share/VAL-${digest.slice(0, 16)}.pgp`, junk);
    before += 1;
  }
  await sender.open.exchange.send(id, 'share');
  for (let look = 0; look < 2; look += 1) {
    const { refused } = await receiver.open.exchange.run('share');
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['not-openpgp']));
  }
  expect(receiver.open.inbox.list()).toMatchObject([{ id, state: 'delivered' }]);
});

it('a full quarantine takes no more, and writes no more; what passes still comes', async () => {
  const { sender, receiver, place } = both;
  const sealed = async () => {
    const release = { ...releaseFor([receiver.fingerprint]), transferBasis: ['A45-3'] };
    const { id } = await sender.open.drafts.make('CASE-1', release, [place.path('payload')]);
    await sender.open.sealing.seal(id);
    await sender.open.exchange.send(id, 'share');
    return id;
  };
  const { session, contacts, exchange, inbox } = receiver.open;
  const trusted = session.records.get('contacts', sender.fingerprint);
  if (!trusted) throw new Error('they do not know each other');
  await contacts.block(sender.fingerprint, 'Not now.');
  const refused = async () => {
    const { refused: found } = await exchange.run('share');
    return found.map(({ code }) => code).filter((code) => code !== 'not-openpgp');
  };
  await sealed();
  expect(await refused()).toEqual(['signer-blocked']);
  const [record] = session.records.list('quarantine');
  if (!record) throw new Error('it was not kept');
  await session.journal.note(
    Array.from({ length: 999 }, (_, count) => ({
      ...{ put: 'quarantine' as const, id: `${record.id.slice(0, 24)}${String(1e11 + count)}` },
      doc: { ...record, digest: String(count).padStart(64, '0'), fileName: 'of-before' },
    })),
  );
  await sealed();
  const size = session.ledger.size();
  expect(await refused()).toContain('quarantine-full');
  expect([session.records.count('quarantine'), session.ledger.size()]).toEqual([1000, size]);
  await session.journal.note([{ put: 'contacts', id: sender.fingerprint, doc: trusted }]);
  const passing = await sealed();
  await exchange.run('share');
  expect(inbox.list().map(({ id }) => id)).toEqual(expect.arrayContaining([passing]));
});
