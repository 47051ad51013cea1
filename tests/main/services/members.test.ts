import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/adapters/sqlcipher/database.ts';
import { decodeEntry } from '../../../main/domain/ledger/entry.ts';
import type { Role } from '../../../main/domain/identifiers.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import {
  Bench,
  OFFICER,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  refused,
  types,
} from '../../support/vault-bench.ts';
import { join } from 'node:path';

let bench: Bench;
let session: OpenVault;
beforeEach(async () => {
  bench = new Bench();
  ({ session } = await bench.create());
  bench.later(60);
});
afterEach(async () => {
  await session.close();
  bench.end();
});

const JEAN = { name: 'Jean Moreau', email: 'jean.moreau@audit.example' };
const add = (role: Role, passphrase = OTHER_PASSPHRASE) =>
  bench.members(session).add({ ...JEAN, role, passphrase });
/** The officer leaves, the other comes, or the other way round. */
const change = async (passphrase: string) => {
  await bench.service.lock(session, 'quit');
  bench.later(60);
  session = await bench.unlock(passphrase);
};
const detailOfLast = () => {
  const seq = session.ledger.size() - 1;
  return decodeEntry(session.ledger.entry(seq)!.bytes, seq).detail;
};

describe('members', () => {
  it('come with a key, a slot and an entry', async () => {
    const member = await add('approver');
    const { organisation, country } = OFFICER;
    expect(member).toMatchObject({ ...JEAN, organisation, country, role: 'approver' });
    expect(detailOfLast()).toMatchObject({
      member: member.id,
      fingerprint: member.fingerprint,
      role: 'approver',
      header: session.keyring.digest,
      prevKeys: 0,
    });
    expect(bench.members(session).list()).toEqual([session.member, member]);
    expect(session.ledger.evidenceOfKind('certificate')).toHaveLength(2);
    await expect(add('auditor')).rejects.toEqual(refused('passphrase-in-use'));
    await expect(add('auditor', PASSPHRASE)).rejects.toEqual(refused('passphrase-in-use'));
    await expect(add('auditor', 'short')).rejects.toEqual(refused('passphrase-too-short'));
    await change(OTHER_PASSPHRASE);
    expect(session.member).toEqual(member);
    expect(session.records.list('contacts')).toEqual([]);
    await expect(add('officer', 'yet another passphrase')).rejects.toEqual(refused('not-allowed'));
    await change(PASSPHRASE);
    expect(session.member.name).toBe(OFFICER.name);
  });

  it('who audit read the ledger and nothing else', async () => {
    const auditor = await add('auditor');
    await change(OTHER_PASSPHRASE);
    expect(session.member).toEqual(auditor);
    expect(types(session)).toEqual(['genesis', 'member-added', 'locked', 'unlocked']);
    expect(session.keyring.keys.v).toEqual([]);
    expect(() => session.records.list('contacts')).toThrow(refused('not-allowed', 'auditor'));
    const forbidden = { type: 'policy-changed' as const, detail: { policy: 'a'.repeat(64) } };
    await expect(session.journal.commit({ acts: [forbidden] })).rejects.toEqual(
      refused('ledger-not-authorised'),
    );
    await expect(bench.keys(session).rotate()).rejects.toEqual(refused('not-allowed'));
    await expect(bench.service.renewRecovery(session)).rejects.toEqual(refused('not-allowed'));
    const key = Uint8Array.from(session.keyring.keys.l[0]!);
    expect(() => openDatabase(join(bench.folder, 'vault.db'), key)).toThrow(/not a database/);
    await bench.service.changePassphrase(session, 'a passphrase of my own');
    expect(types(session).at(-1)).toBe('passphrase-changed');
    await change('a passphrase of my own');
    expect(session.member).toEqual(auditor);
    await change(PASSPHRASE);
    expect(session.readOnly).toBeUndefined();
  });

  it('change roles; less replaces the keys, more does not', async () => {
    const { id } = await add('approver');
    const keys = () => Buffer.from(session.keyring.keys.v[0]!).toString('hex');
    const before = keys();
    const members = bench.members(session);
    expect((await members.setRole(id, 'officer')).role).toBe('officer');
    expect(keys()).toBe(before);
    expect((await members.setRole(id, 'auditor')).role).toBe('auditor');
    expect(keys()).not.toBe(before);
    expect(types(session).slice(-2)).toEqual(['member-role', 'member-role']);
    await expect(members.setRole(session.member.id, 'auditor')).rejects.toEqual(
      refused('member-is-self'),
    );
    await change(OTHER_PASSPHRASE);
    expect(session.member.role).toBe('auditor');
    expect(session.keyring.keys.v).toEqual([]);
    await change(PASSPHRASE);
    expect((await bench.members(session).setRole(id, 'approver')).role).toBe('approver');
    await change(OTHER_PASSPHRASE);
    expect(session.records.list('contacts')).toEqual([]);
  });

  it('leave: their passphrase and the old keys open nothing any more', async () => {
    const { id } = await add('officer');
    const old = session.keyring.keys;
    const copies = { v: Uint8Array.from(old.v[0]!), l: Uint8Array.from(old.l[0]!) };
    await bench.members(session).remove(id);
    expect(types(session).at(-1)).toBe('member-removed');
    expect(detailOfLast()).toMatchObject({ member: id, header: session.keyring.digest });
    expect(old.v[0]!.every((byte) => byte === 0)).toBe(true);
    expect(bench.members(session).list()).toHaveLength(1);
    await expect(bench.members(session).remove(id)).rejects.toEqual(refused('member-unknown'));
    await change(PASSPHRASE);
    expect(session.readOnly).toBeUndefined();
    await session.close();
    await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    for (const [file, key] of [
      ['vault.db', copies.v],
      ['ledger.db', copies.l],
    ] as const) {
      expect(() => openDatabase(join(bench.folder, file), key)).toThrow(/not a database/);
    }
    session = await bench.unlock();
  });

  it('who alone open something are not removed by mistake', async () => {
    const { id, fingerprint } = await add('officer');
    const manifest = { sender: { fingerprint: 'C'.repeat(40) }, recipients: [{ fingerprint }] };
    const doc = {
      id: 'p1',
      sealed: { kept: true },
      manifest: Buffer.from(JSON.stringify(manifest)).toString('base64'),
    };
    await session.journal.commit({
      acts: [{ type: 'policy-changed', detail: { policy: 'a'.repeat(64) } }],
      effects: [{ put: 'packages', id: 'p1', doc: doc as never }],
    });
    const members = bench.members(session);
    expect(members.opensAlone(id).map((record) => record.id)).toEqual(['p1']);
    expect(members.opensAlone(session.member.id)).toEqual([]);
    await expect(members.remove(id)).rejects.toEqual(refused('member-opens-alone', 'p1'));
    await members.remove(id, { losing: true });
    expect(types(session).at(-1)).toBe('member-removed');
    await expect(members.remove(session.member.id)).rejects.toEqual(refused('member-is-self'));
  });
});
