import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presentPosition } from '../../main/domain/vault/anchors.ts';
import type { OpenVault } from '../../main/domain/vault/open-vault.ts';
import { Bench, OTHER_PASSPHRASE, PASSPHRASE, refused, types } from '../support/vault-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = new Bench();
  await bench.service.lock((await bench.create()).session, 'quit');
});
afterEach(() => bench.end());

/** One visit: unlock, a change with an effect, lock: three entries. */
async function visit(unlocking = bench.unlock()): Promise<void> {
  const session = await unlocking;
  await change(session);
  await bench.service.lock(session, 'quit');
}
const change = (session: OpenVault) =>
  session.journal.commit({
    acts: [{ type: 'policy-changed', detail: { policy: 'a'.repeat(64) } }],
    effects: [{ put: 'settings', id: 'policy', doc: { value: String(session.ledger.size()) } }],
  });
const putBack = (copy: string, ...names: string[]) => {
  for (const name of names.length === 0 ? readdirSync(copy) : names) {
    rmSync(join(bench.folder, name), { recursive: true, force: true });
    cpSync(join(copy, name), join(bench.folder, name), { recursive: true });
  }
};
const elsewhere = () =>
  bench
    .makeService(join(bench.root, 'elsewhere'))
    .unlock({ folder: bench.folder, passphrase: PASSPHRASE });

async function expectReadOnly(session: OpenVault, found: object): Promise<void> {
  const size = session.ledger.size();
  expect(session.readOnly).toMatchObject({ ...found, size });
  const blocked = refused('ledger-read-only');
  await expect(change(session)).rejects.toEqual(blocked);
  await expect(session.journal.checkpoint({ leaves: true })).rejects.toEqual(blocked);
  await expect(bench.service.changePassphrase(session, OTHER_PASSPHRASE)).rejects.toEqual(blocked);
  await expect(bench.service.renewRecovery(session)).rejects.toEqual(blocked);
  await expect(bench.keys(session).rotate()).rejects.toEqual(blocked);
  expect(session.member.name).toBe('Amina Diallo');
  expect(session.ledger.size()).toBe(size);
  await bench.service.lock(session, 'quit');
}

describe('a vault that was put back', () => {
  it('opens for reading only, again and again, and nothing is appended', async () => {
    const copy = bench.copy(bench.folder, 'yesterday');
    await visit();
    putBack(copy);
    const missing = { from: 2, to: 4 };
    const found = { code: 'rollback', knownSize: 5, where: 'anchor', missing };
    await expectReadOnly(await bench.unlock(), found);
    const session = await bench.unlock();
    expect(types(session)).toEqual(['genesis', 'locked']);
    await expectReadOnly(session, found);
    expect(existsSync(join(bench.folder, 'lock'))).toBe(false);
  });

  it('and went on elsewhere is a fork, also when it is longer by now', async () => {
    const copy = bench.copy(bench.folder, 'yesterday');
    await visit();
    putBack(copy);
    bench.later(60);
    await visit(elsewhere());
    await visit(elsewhere());
    await expectReadOnly(await bench.unlock(), { code: 'fork', knownSize: 5, where: 'anchor' });
  });

  it('is not seen where nobody remembers it: that takes counterparties', async () => {
    const copy = bench.copy(bench.folder, 'yesterday');
    await visit();
    putBack(copy);
    const session = await elsewhere();
    expect(session.readOnly).toBeUndefined();
    await session.close();
  });

  it('is found by what a counterparty witnessed', async () => {
    const session = await bench.unlock();
    const here = presentPosition(session.ledger, bench.clock)!;
    const by = 'B'.repeat(40);
    await session.remember({ ...here, by, size: here.size + 40 });
    await bench.service.lock(session, 'quit');
    await expectReadOnly(await bench.unlock(), { code: 'rollback', where: 'witness' });
  });

  it('as another ledger of the same vault is named as such', async () => {
    const session = await bench.unlock();
    await bench.service.lock(session, 'quit');
    const file = join(bench.state, 'valise', 'anchors', `${session.vaultId}.json`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/valise\/[0-9a-f]{64}/, `valise/${'0'.repeat(64)}`));
    await expectReadOnly(await bench.unlock(), { code: 'replaced', where: 'anchor' });
  });
});

describe('one file that was put back alone', () => {
  it('an old ledger.db is found by vault.db', async () => {
    await visit();
    const copy = bench.copy(bench.folder, 'yesterday');
    await visit();
    putBack(copy, 'ledger.db');
    const truncated = (where: string, to: number) => ({
      code: 'truncated',
      where,
      missing: { from: 5, to },
    });
    await expectReadOnly(await elsewhere(), truncated('vault.db', 6));
    await expectReadOnly(await bench.unlock(), truncated('anchor', 7));
  });

  it('an old vault.db is found by ledger.db', async () => {
    await visit();
    const copy = bench.copy(bench.folder, 'yesterday');
    await visit();
    putBack(copy, 'vault.db');
    const missing = { from: 4, to: 7 };
    await expectReadOnly(await bench.unlock(), { code: 'vault-db-older', missing });
  });

  it('an old vault.json is found by the ledger', async () => {
    const copy = bench.copy(bench.folder, 'yesterday');
    const session = await bench.unlock();
    await bench.service.changePassphrase(session, OTHER_PASSPHRASE);
    await bench.service.lock(session, 'quit');
    putBack(copy, 'vault.json');
    await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('slot-changed'));
    await expectReadOnly(await bench.unlock(), { code: 'header-older', where: 'header' });
  });
});

describe('a change of vault.json that was interrupted', () => {
  /** The folder before the change, and after it. */
  async function changed(): Promise<{ before: string; after: string }> {
    const before = bench.copy(bench.folder, 'before');
    const session = await bench.unlock();
    await bench.service.changePassphrase(session, OTHER_PASSPHRASE);
    await bench.service.lock(session, 'quit');
    return { before, after: bench.copy(bench.folder, 'after') };
  }
  const pending = (from: string) =>
    cpSync(join(from, 'vault.json'), join(bench.folder, 'vault.json.partial'));
  const forget = () => rmSync(bench.state, { recursive: true });

  it('before its entry: the old passphrase opens, the new one does not', async () => {
    const { before, after } = await changed();
    putBack(before);
    pending(after);
    forget();
    await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    const session = await bench.unlock();
    expect(session.readOnly).toBeUndefined();
    expect(existsSync(join(bench.folder, 'vault.json.partial'))).toBe(false);
    await session.close();
    await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
  });

  it('after its entry: the new passphrase opens, and the change is finished', async () => {
    const { before, after } = await changed();
    putBack(before, 'vault.json');
    pending(after);
    const session = await bench.unlock(OTHER_PASSPHRASE);
    expect(session.readOnly).toBeUndefined();
    await session.close();
    expect(existsSync(join(bench.folder, 'vault.json.partial'))).toBe(false);
    expect(readFileSync(join(bench.folder, 'vault.json'))).toEqual(
      readFileSync(join(after, 'vault.json')),
    );
    await expect(bench.unlock()).rejects.toEqual(refused('wrong-passphrase'));
  });

  it('after its entry: the old passphrase opens once more, and finishes the change', async () => {
    const { before, after } = await changed();
    putBack(before, 'vault.json');
    pending(after);
    const session = await bench.unlock();
    expect(session.readOnly).toBeUndefined();
    await bench.service.lock(session, 'quit');
    await (await bench.unlock(OTHER_PASSPHRASE)).close();
  });

  it('while it was written: what is cut off never counted', async () => {
    const { before, after } = await changed();
    putBack(before);
    forget();
    const bytes = readFileSync(join(after, 'vault.json'));
    writeFileSync(join(bench.folder, 'vault.json.partial'), bytes.subarray(0, 1000));
    await (await bench.unlock()).close();
    expect(existsSync(join(bench.folder, 'vault.json.partial'))).toBe(false);
  });
});
