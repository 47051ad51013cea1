import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeEntry } from '../../../main/domain/ledger/entry.ts';
import { headerDigest, parseHeader } from '../../../main/domain/vault/header.ts';
import {
  Bench,
  OFFICER,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  refused,
  types,
} from '../../support/vault-bench.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.end());

const { name, email, organisation, country } = OFFICER;
const last = (session: Awaited<ReturnType<Bench['unlock']>>) => {
  const seq = session.ledger.size() - 1;
  return decodeEntry(session.ledger.entry(seq)!.bytes, seq);
};

describe('create', () => {
  it('makes a vault with its officer, key and entry 0, and opens it', async () => {
    const { session, fingerprint, recoveryCode } = await bench.create();
    expect(fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(recoveryCode).toMatch(/^(?:[0-9A-Z]{4}-){8}.$/);
    expect(session.member).toMatchObject({ name, email, organisation, country, fingerprint });
    expect(session.certificate.facts.fingerprint).toBe(fingerprint);
    expect(session.keys.map((key) => key.fingerprint)).toEqual([fingerprint]);
    expect(types(session)).toEqual(['genesis']);
    const entry = last(session);
    const header = parseHeader(readFileSync(join(bench.folder, 'vault.json')));
    expect(entry.detail).toMatchObject({
      vault: session.vaultId,
      member: session.member.id,
      fingerprint,
      role: 'officer',
      profile: 'interop',
      country: 'SN',
      program: 'valise test',
      header: headerDigest(header),
    });
    expect(session.ledger.evidenceOfKind('certificate')).toHaveLength(1);
    expect(readdirSync(bench.root).sort()).toEqual(['state', 'vault']);
    await bench.service.lock(session, 'quit');
    const files = readdirSync(bench.folder).sort();
    expect(files).toEqual(['ledger.db', 'sealed', 'vault.db', 'vault.json']);
    for (const file of files) expect(statSync(join(bench.folder, file)).mode & 0o077, file).toBe(0);
  });

  it('takes an existing key', async () => {
    const at = new Date(bench.time);
    const key = await bench.engine.makeKey({ ...OFFICER, profile: 'rfc9580', at });
    const { session, fingerprint } = await bench.service.create({
      ...OFFICER,
      folder: bench.folder,
      passphrase: PASSPHRASE,
      importKey: { bytes: key.secret.bytes },
    });
    expect(fingerprint).toBe(key.secret.fingerprint);
    expect(last(session).detail).toMatchObject({ profile: 'rfc9580' });
    await session.close();
  });

  it('refuses what cannot become a vault, and leaves nothing', async () => {
    await expect(bench.create({ passphrase: 'too short' })).rejects.toEqual(
      refused('passphrase-too-short'),
    );
    const bad = { ...OFFICER, folder: bench.folder, passphrase: PASSPHRASE };
    await expect(bench.service.create({ ...bad, country: 'sn' })).rejects.toEqual(
      refused('input-refused', 'country'),
    );
    await expect(bench.service.create({ ...bad, email: 'nobody' })).rejects.toEqual(
      refused('input-refused', 'email'),
    );
    const noKey = { ...bad, importKey: { bytes: new Uint8Array([1, 2, 3]) } };
    await expect(bench.service.create(noKey)).rejects.toThrow();
    expect(readdirSync(bench.root)).toEqual([]);
    const { session } = await bench.create();
    await session.close();
    await expect(bench.create()).rejects.toEqual(refused('vault-exists'));
  });
});

describe('unlock and lock', () => {
  it('opens again with everything, and writes both down', async () => {
    const made = await bench.create();
    await bench.service.lock(made.session, 'asked');
    bench.later(60);
    const session = await bench.unlock();
    expect(session.member).toEqual(made.session.member);
    expect(session.readOnly).toBeUndefined();
    expect(types(session)).toEqual(['genesis', 'locked', 'unlocked']);
    expect(last(session).detail).toEqual({ via: 'passphrase' });
    await bench.service.lock(session, 'idle');
    const again = await bench.unlock();
    expect(types(again)).toEqual(['genesis', 'locked', 'unlocked', 'locked', 'unlocked']);
    await again.close();
  });

  it('overwrites every key when it locks', async () => {
    const { session } = await bench.create();
    const { v, l } = session.keyring.keys;
    const buffers = [...v, ...l, ...session.keys.map((key) => key.bytes)];
    expect(buffers).toHaveLength(3);
    for (const buffer of buffers) expect(buffer.some((byte) => byte !== 0)).toBe(true);
    await bench.service.lock(session, 'suspend');
    for (const buffer of buffers) expect(buffer.every((byte) => byte === 0)).toBe(true);
    await session.close();
    expect(existsSync(join(bench.folder, 'lock'))).toBe(false);
  });

  it('lets one in at a time, and names the other', async () => {
    const { session } = await bench.create();
    await expect(bench.unlock()).rejects.toEqual(refused('vault-busy', 'test'));
    const waiting = bench.service.unlock({
      folder: bench.folder,
      passphrase: PASSPHRASE,
      waitSeconds: 10,
    });
    await bench.service.lock(session, 'quit');
    await (await waiting).close();
  });

  it('slows down after failures and writes them down at the next good one', async () => {
    await bench.service.lock((await bench.create()).session, 'quit');
    const first = new Date(bench.time).toISOString().replace('.000', '');
    for (let count = 0; count < 3; count += 1) {
      await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toEqual(refused('wrong-passphrase'));
    }
    expect(existsSync(join(bench.folder, 'lock'))).toBe(false);
    const session = await bench.unlock();
    expect(bench.pauses).toEqual([1000, 2000, 4000]);
    expect(types(session).slice(-2)).toEqual(['unlock-failed', 'unlocked']);
    const seq = session.ledger.size() - 2;
    expect(decodeEntry(session.ledger.entry(seq)!.bytes, seq).detail).toMatchObject({
      count: 3,
      first,
    });
    expect(existsSync(join(bench.folder, 'attempts.json'))).toBe(false);
    await bench.service.lock(session, 'quit');
    const again = await bench.unlock();
    expect(types(again).filter((type) => type === 'unlock-failed')).toHaveLength(1);
    await again.close();
  });

  it('does not write the same failures down twice after a crash', async () => {
    await (await bench.create()).session.close();
    await expect(bench.unlock(OTHER_PASSPHRASE)).rejects.toThrow();
    const attempts = readFileSync(join(bench.folder, 'attempts.json'));
    await (await bench.unlock()).close();
    writeFileSync(join(bench.folder, 'attempts.json'), attempts);
    const session = await bench.unlock();
    expect(types(session)).toEqual(['genesis', 'unlock-failed', 'unlocked', 'unlocked']);
    await session.close();
  });

  it('knows a member by the slot that is named', async () => {
    const { session } = await bench.create();
    const memberId = session.member.id;
    await session.close();
    const request = { folder: bench.folder, passphrase: PASSPHRASE };
    await (await bench.service.unlock({ ...request, memberId })).close();
    await expect(bench.service.unlock({ ...request, memberId: session.vaultId })).rejects.toEqual(
      refused('member-unknown'),
    );
    expect(await bench.service.outline(bench.folder)).toEqual({
      vaultId: session.vaultId,
      ways: [
        { memberId, kind: 'passphrase', role: 'officer' },
        { memberId, kind: 'recovery', role: 'officer' },
      ],
    });
  });

  it('takes the same passphrase from another keyboard', async () => {
    const passphrase = 'déjà vu à la carte';
    await (await bench.create({ passphrase })).session.close();
    await (await bench.unlock(passphrase.normalize('NFD'))).close();
  });
});

describe('passphrase and recovery code', () => {
  it('changes the passphrase, with the new header in the ledger', async () => {
    const { session, recoveryCode } = await bench.create();
    await bench.service.changePassphrase(session, OTHER_PASSPHRASE);
    expect(last(session).type).toBe('passphrase-changed');
    expect(last(session).detail).toMatchObject({ header: session.keyring.digest });
    await bench.service.lock(session, 'quit');
    await expect(bench.unlock()).rejects.toEqual(refused('wrong-passphrase'));
    const again = await bench.unlock(OTHER_PASSPHRASE);
    expect(again.readOnly).toBeUndefined();
    await again.close();
    const recovered = await bench.service.useRecovery({
      folder: bench.folder,
      code: recoveryCode,
      newPassphrase: PASSPHRASE,
    });
    await recovered.session.close();
  });

  it('refuses a new passphrase that is short or opens a slot already', async () => {
    const { session, recoveryCode } = await bench.create();
    const change = (next: string) => bench.service.changePassphrase(session, next);
    await expect(change('short')).rejects.toEqual(refused('passphrase-too-short'));
    await expect(change(PASSPHRASE)).rejects.toEqual(refused('passphrase-in-use'));
    const code = recoveryCode.replaceAll('-', '').slice(0, 32);
    await expect(change(code)).rejects.toEqual(refused('passphrase-in-use'));
    expect(types(session)).toEqual(['genesis']);
    await session.close();
    expect(readdirSync(bench.folder)).not.toContain('vault.json.partial');
  });

  it('opens with the recovery code, which sets both anew', async () => {
    const { session, recoveryCode } = await bench.create();
    await bench.service.lock(session, 'quit');
    const request = { folder: bench.folder, code: recoveryCode, newPassphrase: OTHER_PASSPHRASE };
    const used = await bench.service.useRecovery({
      ...request,
      code: recoveryCode.toLowerCase().replaceAll('-', ' '),
    });
    expect(types(used.session).slice(-2)).toEqual(['unlocked', 'recovery-used']);
    expect(used.recoveryCode).not.toBe(recoveryCode);
    await bench.service.lock(used.session, 'quit');
    await expect(bench.unlock()).rejects.toEqual(refused('wrong-passphrase'));
    await expect(bench.service.useRecovery(request)).rejects.toEqual(
      refused('wrong-recovery-code'),
    );
    const mistyped = recoveryCode.slice(0, -1) + (recoveryCode.endsWith('0') ? '1' : '0');
    await expect(bench.service.useRecovery({ ...request, code: mistyped })).rejects.toEqual(
      refused('recovery-code-mistyped'),
    );
    await (await bench.unlock(OTHER_PASSPHRASE)).close();
  });

  it('renews the recovery code; the old one opens nothing', async () => {
    const { session, recoveryCode } = await bench.create();
    const renewed = await bench.service.renewRecovery(session);
    expect(last(session).type).toBe('recovery-renewed');
    await bench.service.lock(session, 'quit');
    const use = (code: string) =>
      bench.service.useRecovery({ folder: bench.folder, code, newPassphrase: OTHER_PASSPHRASE });
    await expect(use(recoveryCode)).rejects.toEqual(refused('wrong-recovery-code'));
    await (await use(renewed)).session.close();
  });
});
