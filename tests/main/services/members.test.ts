import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/adapters/sqlcipher/database.ts';
import { decodeEntry } from '../../../main/domain/ledger/entry.ts';
import type { Role } from '../../../main/domain/identifiers.ts';
import { encodeManifest } from '../../../main/domain/packages/manifest.ts';
import type { Effect } from '../../../main/domain/vault/records.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { History } from '../../../main/services/history.ts';
import { manifest } from '../../fixtures/release.ts';
import {
  Bench,
  OFFICER,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  refused,
  types,
} from '../../support/vault-bench.ts';

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
/** Puts a row into vault.db, with an act that stands for whatever it was. */
const put = (effect: Effect) =>
  session.journal.commit({
    acts: [{ type: 'policy-changed', detail: { policy: 'a'.repeat(64) } }],
    effects: [effect],
  });
/** A package that is kept, sealed to these keys by somebody else. */
const keep = (id: string, recipients: readonly string[]) => {
  const people = recipients.map((fingerprint) => ({ name: 'X', fingerprint }));
  const bytes = encodeManifest(manifest({ recipients: people }));
  const doc = {
    id,
    title: 'Files',
    sealed: { kept: true },
    manifest: Buffer.from(bytes).toString('base64'),
  };
  return put({ put: 'packages', id, doc: doc as never });
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
    const since = '2026-05-03T10:01:00Z';
    expect(bench.members(session).list()).toEqual([
      { ...session.member, since: '2026-05-03T10:00:00Z', isYou: true, hasRecovery: true },
      { ...member, since, isYou: false, hasRecovery: false },
    ]);
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

  it('are named in the history, whoever reads it', async () => {
    await add('auditor');
    await change(OTHER_PASSPHRASE);
    const rows = new History(bench.desk(session)).rows({ types: ['genesis', 'unlocked'] });
    expect(rows.map(({ actor }) => actor.name)).toEqual(
      expect.arrayContaining([JEAN.name, OFFICER.name]),
    );
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
    await keep('p1', [fingerprint]);
    const members = bench.members(session);
    expect(await members.opensAlone(id)).toEqual([{ kind: 'package', id: 'p1', title: 'Files' }]);
    expect(await members.opensAlone(session.member.id)).toEqual([]);
    await expect(members.remove(id)).rejects.toEqual(refused('member-opens-alone', 'p1'));
    const replacement = { passphrase: 'yet another passphrase' };
    await expect(members.replaceKey(id, replacement)).rejects.toEqual(
      refused('member-opens-alone', 'p1'),
    );
    await members.remove(id, { losing: true });
    expect(types(session).at(-1)).toBe('member-removed');
    await expect(members.remove(session.member.id)).rejects.toEqual(refused('member-is-self'));
  });

  it('what was sealed to two of them is opened by neither alone', async () => {
    const { id, fingerprint } = await add('officer');
    await keep('p1', [fingerprint, session.member.fingerprint]);
    expect(await bench.members(session).opensAlone(id)).toEqual([]);
  });

  it('what waits in quarantine counts by the keys that its packets name', async () => {
    const { id, fingerprint } = await add('officer');
    const certificate = session.ledger
      .evidenceOfKind('certificate')
      .find(({ bytes }) => !Buffer.from(bytes).equals(session.certificate.bytes))!;
    const { engine } = bench;
    const parts: Uint8Array[] = [];
    for await (const part of engine.seal({
      content: Readable.from([Buffer.from('unknown to us')]),
      recipients: [certificate.bytes],
      signer: session.keys[0]!,
      profile: 'rfc4880',
      compress: false,
      at: new Date(bench.time),
    }))
      parts.push(part);
    const fileName = 'VAL-0123456789abcdef.pgp';
    writeFileSync(join(session.sealedFolder, fileName), Buffer.concat(parts));
    await put({ put: 'quarantine', id: 'q1', doc: { id: 'q1', fileName } as never });
    const members = bench.members(session);
    expect(await members.opensAlone(id)).toEqual([
      { kind: 'quarantined', id: 'q1', title: fileName },
    ]);
    expect(await members.opensAlone(session.member.id)).toEqual([]);
    await expect(members.remove(id)).rejects.toEqual(refused('member-opens-alone', 'q1'));
    expect(fingerprint).not.toBe(session.member.fingerprint);
  });

  it('do not become auditors while their own key opens a package', async () => {
    const { id, fingerprint } = await add('officer');
    await keep('p1', [fingerprint, session.member.fingerprint]);
    const members = bench.members(session);
    await expect(members.setRole(id, 'auditor')).rejects.toEqual(
      refused('member-opens-packages', 'p1'),
    );
    expect((await members.setRole(id, 'approver')).role).toBe('approver');
    await put({ drop: 'packages', id: 'p1' });
    expect((await members.setRole(id, 'auditor')).role).toBe('auditor');
  });

  it('who lost their key get a new one and a new way in, by another officer', async () => {
    const { id, fingerprint: from } = await add('officer');
    await change(OTHER_PASSPHRASE);
    const code = await bench.service.renewRecovery(session);
    await change(PASSPHRASE);
    const old = session.keyring.keys;
    const copies = { v: Uint8Array.from(old.v[0]!), l: Uint8Array.from(old.l[0]!) };
    const members = bench.members(session);
    const passphrase = 'the passphrase that was given';
    await expect(members.replaceKey(id, { passphrase: OTHER_PASSPHRASE })).rejects.toEqual(
      refused('passphrase-in-use'),
    );
    await expect(members.replaceKey(id, { passphrase: 'short' })).rejects.toEqual(
      refused('passphrase-too-short'),
    );
    const renewed = await members.replaceKey(id, { passphrase });
    const { fingerprint: to } = renewed;
    expect(renewed).toMatchObject({ ...JEAN, id, role: 'officer' });
    expect(to).not.toBe(from);
    expect(types(session).at(-1)).toBe('key-replaced');
    expect(detailOfLast()).toMatchObject({ member: id, from, to, header: session.keyring.digest });
    await expect(members.replaceKey(session.member.id, { passphrase })).rejects.toEqual(
      refused('member-is-self'),
    );
    await change(passphrase);
    expect(session.member).toEqual(renewed);
    expect(session.keys.map((key) => key.fingerprint)).toEqual([to]);
    expect(session.records.list('contacts')).toEqual([]);
    await change(PASSPHRASE);
    await session.close();
    await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    const newPassphrase = 'a passphrase that is not reached';
    await expect(
      bench.service.useRecovery({ folder: bench.folder, code, newPassphrase }),
    ).rejects.toEqual(refused('wrong-recovery-code'));
    for (const [file, key] of [
      ['vault.db', copies.v],
      ['ledger.db', copies.l],
    ] as const) {
      expect(() => openDatabase(join(bench.folder, file), key)).toThrow(/not a database/);
    }
    session = await bench.unlock();
  });

  it('what only a lost key opened is lost with it', async () => {
    const { id, fingerprint } = await add('officer');
    await keep('p1', [fingerprint]);
    const members = bench.members(session);
    await members.replaceKey(id, { passphrase: 'yet another passphrase', losing: true });
    expect(await members.opensAlone(id)).toEqual([]);
    expect((await members.setRole(id, 'auditor')).role).toBe('auditor');
  });

  it('leave no copy of a database under the old key beside the new one', async () => {
    const { id } = await add('approver');
    const backup = join(bench.folder, 'vault.db.v1.backup');
    writeFileSync(backup, 'a copy from before a migration');
    await bench.members(session).remove(id);
    expect(existsSync(backup)).toBe(false);
  });

  it('never grow beyond what a reader takes', async () => {
    const slots = Array.from({ length: 31 }, () => session.keyring.header.slots[0]!);
    session.keyring.adopt({ header: { ...session.keyring.header, slots } });
    const entrances = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        slotId: bench.desk(session).newId(),
        kind: 'recovery' as const,
        secret: new Uint8Array(32).fill(index + 1),
      }));
    const { keyring } = session;
    const newcomer = bench.desk(session).newId();
    const own = session.keyring.own;
    expect(
      (await keyring.withMember(newcomer, 'auditor', own, entrances(1))).header.slots,
    ).toHaveLength(32);
    await expect(keyring.withMember(newcomer, 'auditor', own, entrances(2))).rejects.toEqual(
      refused('vault-full'),
    );
    const known = { ...slots[0]!, memberId: newcomer, kind: 'passphrase' as const };
    keyring.adopt({ header: { ...keyring.header, slots: [...slots, known] } });
    await expect(keyring.withEntrances(newcomer, entrances(1))).rejects.toEqual(
      refused('vault-full'),
    );
    const many = Array.from({ length: 400 }, () => own[0]!);
    await expect(keyring.withOwn(session.member.id, many)).rejects.toEqual(
      refused('own-keys-full'),
    );
  });
});
