import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VaultDatabases } from '../../main/domain/vault/databases-port.ts';
import { Bench, OTHER_PASSPHRASE, PASSPHRASE, refused, types } from '../support/vault-bench.ts';

/**
 * A member's lost key is replaced: the ledger has decided it, and then the program ends before the
 * databases are encrypted anew. Who comes next finishes it; the old way in opens nothing.
 */
const GIVEN = 'the passphrase that was given';
const bench: Bench = new Bench((store) => ({
  create: (place) => store.create(place),
  open: async (place) => watched(await store.open(place)),
}));
let fingerprint = '';

function watched(databases: VaultDatabases): VaultDatabases {
  const rekey: VaultDatabases['rekey'] = (keys) => {
    if (fingerprint === '') bench.copy(bench.folder, 'decided');
    databases.rekey(keys);
  };
  return new Proxy(databases, {
    get: (target, name) => {
      if (name === 'rekey') return rekey;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

beforeAll(async () => {
  const { session } = await bench.create();
  const members = bench.members(session);
  const who = { name: 'Jean Moreau', email: 'jean@audit.example' };
  const { id } = await members.add({ ...who, role: 'officer', passphrase: OTHER_PASSPHRASE });
  bench.copy(bench.folder, 'before');
  ({ fingerprint } = await members.replaceKey(id, { passphrase: GIVEN }));
  await bench.service.lock(session, 'quit');
});
afterAll(() => bench.end());

/** The folder as the crash left it, for one program that knows nothing of it. */
const left = (name: string, oldHeader: boolean) => {
  const folder = join(bench.root, name);
  cpSync(join(bench.root, 'decided'), folder, { recursive: true });
  if (oldHeader)
    cpSync(join(bench.root, 'before', 'vault.json'), join(folder, 'vault.json'), { force: true });
  rmSync(join(folder, 'lock'), { force: true });
  const service = bench.makeService(join(bench.root, `state of ${name}`));
  return {
    folder,
    service,
    unlock: (passphrase: string) => service.unlock({ folder, passphrase }),
  };
};

describe.each([
  ['before vault.json was replaced', true],
  ['with old and new keys in vault.json', false],
] as const)('interrupted %s', (name, oldHeader) => {
  it('shuts the old way in, and is finished by another officer', async () => {
    const { folder, service, unlock } = left(name, oldHeader);
    await expect(unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    if (oldHeader) await expect(unlock(GIVEN)).rejects.toEqual(refused('vault-unfinished'));
    const session = await unlock(PASSPHRASE);
    expect(session.readOnly).toBeUndefined();
    expect(types(session)).toContain('key-replaced');
    await service.lock(session, 'quit');
    expect(readdirSync(folder).filter((file) => file.startsWith('vault.json'))).toEqual([
      'vault.json',
    ]);
    await expect(unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    const renewed = await unlock(GIVEN);
    expect(renewed.member.fingerprint).toBe(fingerprint);
    expect(renewed.records.list('contacts')).toEqual([]);
    await renewed.close();
  });
});

describe('interrupted when both keys stand in vault.json', () => {
  it('is finished by who got the new key, too', async () => {
    const { unlock, service } = left('by the member', false);
    const session = await unlock(GIVEN);
    expect(session.member.fingerprint).toBe(fingerprint);
    await service.lock(session, 'quit');
    await (await unlock(PASSPHRASE)).close();
  });
});
