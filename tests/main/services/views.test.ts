import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { Views } from '../../../main/services/views.ts';
import { Bench, refused } from '../../support/vault-bench.ts';

let bench: Bench;
let session: OpenVault;
const views = () => new Views(bench.desk(session));

beforeEach(async () => {
  bench = new Bench();
  ({ session } = await bench.create());
});
afterEach(async () => {
  await session.close();
  bench.end();
});

describe('a view', () => {
  it('is kept in the vault under its name, and the ledger says nothing of it', async () => {
    const size = session.ledger.size();
    await views().save({ name: 'Senegal', filter: { country: 'SN' } });
    await views().save({ name: ' Baobab ', filter: { text: 'baobab' } });
    expect(session.ledger.size()).toBe(size);
    await bench.service.lock(session, 'quit');
    session = await bench.unlock();
    expect(views().list()).toMatchObject([
      { name: 'Baobab', filter: { text: 'baobab' } },
      { name: 'Senegal', filter: { country: 'SN' } },
    ]);
  });

  it('takes the place of another of the same name', async () => {
    const first = await views().save({ name: 'Mine', filter: { country: 'SN' } });
    const second = await views().save({ name: 'Mine', filter: { country: 'FR' } });
    expect(second.id).toBe(first.id);
    expect(views().list()).toEqual([{ ...first, filter: { country: 'FR' } }]);
  });

  it('is forgotten, also twice', async () => {
    const { id } = await views().save({ name: 'Mine', filter: {} });
    await views().drop(id);
    await views().drop(id);
    expect(views().list()).toEqual([]);
  });

  it.each([
    ['without a name', { name: '  ', filter: {} }],
    ['with a member that it does not know', { name: 'x', filter: { secret: 1 } }],
    ['with a country that is none', { name: 'x', filter: { country: 'Senegal' } }],
  ])('%s is refused', async (_, given) => {
    await expect(views().save(given)).rejects.toEqual(refused('input-refused'));
    expect(views().list()).toEqual([]);
  });

  it('is refused when there are a hundred', async () => {
    for (let number = 0; number < 100; number += 1)
      await views().save({ name: String(number), filter: {} });
    await expect(views().save({ name: 'more', filter: {} })).rejects.toEqual(refused('views-full'));
    await views().save({ name: '7', filter: { country: 'SN' } });
  });
});
