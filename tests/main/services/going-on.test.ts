import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EarlierLedgers } from '../../../main/adapters/vault/earlier-ledgers.ts';
import { decodeEntry } from '../../../main/domain/ledger/entry.ts';
import { verifyLedger } from '../../../main/domain/ledger/verify.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { Contacts } from '../../../main/services/contacts.ts';
import { Bench, OTHER_PASSPHRASE, PASSPHRASE, refused, types } from '../../support/vault-bench.ts';

/**
 * A vault with four members and a contact loses a day: yesterday's copy is put back. The officer
 * goes on from there. The folder is copied at every step of the restart.
 */
const AUDITOR = 'an auditor with a passphrase';
const APPROVER = 'an approver with a passphrase';
const NEW_STATE = 'what another computer knows';
const bench = new Bench();
const copies = new Map<string, string>();
let origin = '';
let fingerprints: readonly string[] = [];

const step = (name: string) => {
  if (!copies.has(name)) copies.set(name, bench.copy(bench.root + '/vault', `step ${name}`));
};
const serviceAt = (name: string) => {
  const state = join(bench.root, `anchors ${name}`);
  cpSync(join(bench.root, 'anchors before'), state, { recursive: true });
  return bench.makeService(state);
};
const verdictOf = (session: OpenVault) =>
  verifyLedger(session.ledger, {
    checkSignature: (content, signature, certificates) =>
      bench.engine.verify(content, signature, certificates, bench.clock.now()),
    random: bench.random,
    known: session.remembered,
    applied: { seq: session.applied() },
  });
const genesisOf = ({ ledger }: OpenVault) => {
  const genesis = decodeEntry(ledger.entry(0)!.bytes, 0);
  if (genesis.type !== 'genesis') throw new TypeError('no genesis');
  return genesis.detail;
};

beforeAll(async () => {
  const { session } = await bench.create();
  const members = bench.members(session);
  const add = (role: 'officer' | 'approver' | 'auditor', passphrase: string) =>
    members.add({ name: `An ${role}`, email: `${role}@justice.example`, role, passphrase });
  await add('officer', OTHER_PASSPHRASE);
  await add('auditor', AUDITOR);
  const approver = await add('approver', APPROVER);
  const gone = await add('approver', 'somebody who leaves again');
  await members.remove(gone.id);
  const made = { name: 'Bo', email: 'bo@office.example', profile: 'interop' as const };
  const key = await bench.engine.makeKey({ ...made, at: bench.clock.now() });
  await new Contacts(bench.desk(session)).add({ certificate: key.certificate.bytes, via: 'file' });
  await bench.keys(session).rotate();
  await bench.keys(session).revoke('superseded', session.keys[1]!.fingerprint);
  fingerprints = [...session.keys.map((each) => each.fingerprint), approver.fingerprint];
  await bench.service.lock(session, 'quit');

  const yesterday = bench.copy(bench.folder, 'yesterday');
  bench.later(3600);
  await bench.service.lock(await bench.unlock(), 'quit');
  rmSync(bench.folder, { recursive: true });
  cpSync(yesterday, bench.folder, { recursive: true });
  cpSync(bench.state, join(bench.root, 'anchors before'), { recursive: true });
});
afterAll(() => bench.end());

describe('going on from a vault that lost entries', () => {
  it('is an officer’s act, with a reason, and only where there is something', async () => {
    const approver = await bench.unlock(APPROVER);
    expect(approver.readOnly).toMatchObject({ code: 'rollback' });
    const refusal = refused('not-allowed');
    await expect(bench.service.acknowledge(approver, 'a reason')).rejects.toEqual(refusal);
    await approver.close();
    const session = await bench.unlock();
    await expect(bench.service.acknowledge(session, '  ')).rejects.toEqual(
      refused('input-refused'),
    );
    expect(session.readOnly).toBeDefined();
    await session.close();
  });

  it('begins a ledger that continues the old one and carries everybody on', async () => {
    const session = await bench.unlock();
    const before = session.ledger.size();
    const lost = session.readOnly!.missing!;
    expect(lost).toEqual({ from: before, to: before + 1 });
    origin = session.remembered[0]!.origin;
    const { keep, settle } = EarlierLedgers.prototype;
    vi.spyOn(EarlierLedgers.prototype, 'keep').mockImplementation(async function (
      this: EarlierLedgers,
      kept,
    ) {
      step('before it is decided');
      await keep.call(this, kept);
      step('decided');
    });
    vi.spyOn(EarlierLedgers.prototype, 'settle').mockImplementation(async function (
      this: EarlierLedgers,
    ) {
      await settle.call(this);
      step('in place');
    });
    const wentOn = await bench.service.acknowledge(session, 'The disk of the office broke.');
    vi.restoreAllMocks();
    step('done');

    expect(wentOn).toMatchObject({
      continues: { origin, size: before, lostTo: before + 1 },
      withoutSlot: [],
    });
    expect(session.readOnly).toBeUndefined();
    expect(types(session)).toEqual([
      'genesis',
      'rollback-found',
      'rollback-acknowledged',
      'member-added',
      'member-added',
      'member-added',
      'key-revoked',
      'contact-added',
    ]);
    expect(genesisOf(session)).toMatchObject({
      continues: wentOn.continues,
      fingerprint: fingerprints[0],
      header: session.keyring.digest,
    });
    expect(session.remembered).toHaveLength(1);
    expect(session.remembered[0]!.origin).not.toBe(origin);
    await expect(verdictOf(session)).resolves.toMatchObject({ verified: true, problems: [] });
    await expect(bench.service.acknowledge(session, 'again')).rejects.toEqual(
      refused('trouble-none'),
    );
    await bench.keys(session).rotate();
    await bench.service.lock(session, 'quit');
  });

  it('leaves every other member’s slot, key and role as they were', async () => {
    const approver = await bench.unlock(APPROVER);
    expect(approver.readOnly).toBeUndefined();
    expect(approver.member).toMatchObject({ role: 'approver', fingerprint: fingerprints[2] });
    await bench.service.lock(approver, 'quit');
    const auditor = await bench.unlock(AUDITOR);
    expect(auditor.member.name).toBe('An auditor');
    expect(auditor.earlier()).toEqual([origin]);
    await bench.service.lock(auditor, 'quit');
    const other = await bench.unlock(OTHER_PASSPHRASE);
    expect(bench.members(other).list()).toHaveLength(4);
    await expect(verdictOf(other)).resolves.toMatchObject({ verified: true });
    await bench.service.lock(other, 'quit');
    await expect(bench.unlock('somebody who leaves again')).rejects.toEqual(
      refused('wrong-passphrase'),
    );
  });

  it('keeps the old ledger, whole and readable, under the keys of the vault', async () => {
    const session = await bench.unlock();
    const { ledger, close } = session.openEarlier(origin);
    const verdict = await verifyLedger(ledger, {
      checkSignature: (content, signature, certificates) =>
        bench.engine.verify(content, signature, certificates, bench.clock.now()),
      random: bench.random,
    });
    expect(verdict).toMatchObject({ verified: true, entries: genesisOf(session).continues!.size });
    expect(verdict.root).toBe(genesisOf(session).continues!.root);
    close();
    expect(() => session.openEarlier(`valise/${'0'.repeat(64)}`)).toThrow(
      expect.objectContaining({ code: 'ledger-unknown' }) as Error,
    );
    const auditor = bench
      .members(session)
      .list()
      .find(({ role }) => role === 'auditor')!;
    await bench.members(session).remove(auditor.id);
    session.openEarlier(origin).close();
    await bench.service.lock(session, 'quit');
    const again = await bench.unlock();
    again.openEarlier(origin).close();
    await bench.service.lock(again, 'quit');
    const [file] = readdirSync(join(bench.folder, 'ledgers'));
    expect(readFileSync(join(bench.folder, 'ledgers', file!), 'latin1')).not.toContain('SQLite');
  });

  it('can happen twice: both old ledgers are kept, and neither is called a fork', async () => {
    const copy = bench.copy(bench.folder, 'second');
    await bench.service.lock(await bench.unlock(), 'quit');
    rmSync(bench.folder, { recursive: true });
    cpSync(copy, bench.folder, { recursive: true });
    const session = await bench.unlock();
    const second = session.remembered[0]!.origin;
    await bench.service.acknowledge(session, 'It broke again.');
    expect(session.earlier()).toEqual([second, origin]);
    await bench.service.lock(session, 'quit');
    const elsewhere = serviceAt(NEW_STATE);
    const there = await elsewhere.unlock({ folder: bench.folder, passphrase: PASSPHRASE });
    expect(there.readOnly).toBeUndefined();
    await elsewhere.lock(there, 'quit');
  });
});

describe.each(['before it is decided', 'decided', 'in place', 'done'])('a crash %s', (name) => {
  it('leaves the old state or the new one', async () => {
    const folder = copies.get(name)!;
    const service = serviceAt(name);
    const isDecided = name !== 'before it is decided';
    const auditor = await service.unlock({ folder, passphrase: AUDITOR });
    expect(auditor.readOnly === undefined).toBe(isDecided);
    await service.lock(auditor, 'quit');
    const session = await service.unlock({ folder, passphrase: PASSPHRASE });
    expect(session.readOnly === undefined).toBe(isDecided);
    if (!isDecided) await service.acknowledge(session, 'The disk of the office broke.');
    expect(genesisOf(session).continues?.origin).toBe(origin);
    expect(session.earlier()).toEqual([origin]);
    await expect(verdictOf(session)).resolves.toMatchObject({ verified: true, problems: [] });
    expect(session.records.list('contacts')).toHaveLength(1);
    await service.lock(session, 'quit');
    expect(readdirSync(join(folder, 'ledgers'))).toHaveLength(1);
    expect(existsSync(join(folder, 'vault.json.partial'))).toBe(false);
  });
});
