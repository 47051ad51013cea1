import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VaultDatabases } from '../../main/domain/vault/databases-port.ts';
import { Bench, OTHER_PASSPHRASE, PASSPHRASE, refused, types } from '../support/vault-bench.ts';

/**
 * A member leaves, so both databases are encrypted anew. The folder is copied at every step of it;
 * each copy, and what lies between two of them, has to open for who stayed and to nobody else.
 */
const AUDITOR = 'an auditor with a passphrase';
const copies = new Map<string, string>();
const bench: Bench = new Bench((store) => ({
  create: (place) => store.create(place),
  open: async (place) => watched(await store.open(place)),
}));
/** Only the first removal is watched; what finishes it later runs through the same store. */
const keep = (name: string) => {
  if (!copies.has(name)) copies.set(name, bench.copy(bench.folder, name));
};

function watched(databases: VaultDatabases): VaultDatabases {
  const rekey: VaultDatabases['rekey'] = (keys) => {
    keep('before-rekey');
    databases.rekey(keys);
    keep('after-rekey');
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
  await members.add({ ...who, role: 'auditor', passphrase: AUDITOR });
  keep('before');
  await members.remove(id);
  keep('after');
  await bench.service.lock(session, 'quit');
});
afterAll(() => bench.end());

/** A folder made of files of several copies. */
function composed(name: string, parts: readonly (readonly [string, ...string[]])[]): string {
  const folder = join(bench.root, `composed-${name}`);
  for (const [copy, ...files] of parts) {
    const from = copies.get(copy)!;
    const names = readdirSync(from).filter(
      (file) => files.length === 0 || files.some((start) => file.startsWith(start)),
    );
    for (const file of names) {
      rmSync(join(folder, file), { recursive: true, force: true });
      cpSync(join(from, file), join(folder, file), { recursive: true });
    }
  }
  return folder;
}

const STATES: readonly [string, readonly (readonly [string, ...string[]])[]][] = [
  ['after its entry', [['before-rekey'], ['before', 'vault.json']]],
  ['with both keys in vault.json', [['before-rekey']]],
  ['with ledger.db alone encrypted anew', [['before-rekey'], ['after-rekey', 'ledger.db']]],
  ['with vault.db alone encrypted anew', [['before-rekey'], ['after-rekey', 'vault.db']]],
  ['with both encrypted anew', [['after-rekey']]],
  ['when it was done', [['after']]],
];

describe.each(STATES)('a removal that was interrupted %s', (name, parts) => {
  it('is finished by who stayed, and shuts the other out', async () => {
    const folder = composed(name.replaceAll(' ', '-'), parts);
    const service = bench.makeService(join(bench.root, `state of ${name}`));
    const unlock = (passphrase: string) => service.unlock({ folder, passphrase });
    await expect(unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    const audited = await unlock(AUDITOR);
    expect(audited.readOnly).toBeUndefined();
    expect(types(audited).slice(-3)).toEqual(['member-removed', 'unlock-failed', 'unlocked']);
    const isDone = name === 'when it was done';
    expect(existsSync(join(folder, 'vault.json.partial'))).toBe(!isDone);
    const change = service.changePassphrase(audited, 'a passphrase for later');
    if (isDone) await change;
    else await expect(change).rejects.toEqual(refused('vault-unfinished'));
    await service.lock(audited, 'quit');
    const session = await unlock(PASSPHRASE);
    expect(session.readOnly).toBeUndefined();
    expect(bench.members(session).list()).toHaveLength(2);
    await service.changePassphrase(session, 'and one more passphrase');
    await service.lock(session, 'quit');
    expect(readdirSync(folder).filter((file) => file.startsWith('vault.json'))).toEqual([
      'vault.json',
    ]);
    await (await unlock('and one more passphrase')).close();
    await (await unlock(isDone ? 'a passphrase for later' : AUDITOR)).close();
    await expect(unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
  });
});

describe('a removal that was not decided', () => {
  it('did not happen', async () => {
    const folder = composed('undecided', [['before']]);
    cpSync(
      join(copies.get('before-rekey')!, 'vault.json.partial'),
      join(folder, 'vault.json.partial'),
    );
    const elsewhere = bench.makeService(join(bench.root, 'elsewhere'));
    const session = await elsewhere.unlock({ folder, passphrase: OTHER_PASSPHRASE });
    expect(session.member.name).toBe('Jean Moreau');
    await session.close();
    expect(existsSync(join(folder, 'vault.json.partial'))).toBe(false);
  });
});
