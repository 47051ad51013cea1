import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeEntry } from '../../../main/domain/ledger/entry.ts';
import type { EntryType } from '../../../main/domain/ledger/entry-types.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { verifyRotation } from '../../../main/domain/vault/rotation.ts';
import { Bench, OFFICER, OTHER_PASSPHRASE, refused, types } from '../../support/vault-bench.ts';

let bench: Bench;
let session: OpenVault;
let recoveryCode: string;
beforeEach(async () => {
  bench = new Bench();
  ({ session, recoveryCode } = await bench.create());
  bench.later(3600);
});
afterEach(async () => {
  await session.close();
  bench.end();
});

const entry = <T extends EntryType>(type: T) => {
  const [row] = session.ledger.query({ types: [type] });
  const decoded = decodeEntry(row!.bytes, row!.seq);
  return decoded as Extract<typeof decoded, { type: T }>;
};
const states = async () => (await bench.keys(session).list()).map((key) => key.state);
/** The last checkpoint is signed by this key. */
const isSignedBy = async (certificate: Uint8Array) => {
  const { body, signature } = session.ledger.lastCheckpoint()!;
  const verdict = await bench.engine.verify(
    new TextEncoder().encode(body),
    signature,
    [certificate],
    new Date(bench.time),
  );
  return verdict.signer;
};

describe('own keys', () => {
  it('are listed and exported as certificates', async () => {
    const keys = bench.keys(session);
    expect(await keys.list()).toEqual([
      expect.objectContaining({
        fingerprint: session.member.fingerprint,
        state: 'current',
        profile: 'interop',
        createdAt: '2026-05-03T10:00:00Z',
      }),
    ]);
    const certificate = await bench.engine.readCertificate(
      Buffer.from(keys.exportCertificate()),
      new Date(bench.time),
    );
    expect(certificate.facts.fingerprint).toBe(session.member.fingerprint);
    expect(keys.exportRevocation()).toContain('BEGIN PGP PUBLIC KEY BLOCK');
  });

  it('rotate by a statement that both keys sign', async () => {
    const before = session.certificate.bytes;
    const from = session.member.fingerprint;
    const { fingerprint } = await bench.keys(session).rotate();
    expect(session.member.fingerprint).toBe(fingerprint);
    expect(session.certificate.facts.fingerprint).toBe(fingerprint);
    expect(session.keys.map((key) => key.fingerprint)).toEqual([fingerprint, from]);
    expect(await states()).toEqual(['current', 'retired']);
    const { detail, actor } = entry('key-rotated');
    expect(actor.fingerprint).toBe(from);
    expect(detail).toMatchObject({ from, to: fingerprint, prevKeys: 0 });
    const evidence = session.ledger.evidence(detail.statement)!;
    const certificates = { from: before, to: session.certificate.bytes };
    expect(await verifyRotation(evidence.bytes, certificates, bench.engine)).toMatchObject({
      from,
      to: fingerprint,
      certificate: detail.certificate,
    });
    const swapped = { from: certificates.to, to: certificates.from };
    await expect(verifyRotation(evidence.bytes, swapped, bench.engine)).rejects.toThrow();
    expect(await isSignedBy(before)).toBe(from);
  });

  it('open again with the new key, and both slots hold both keys', async () => {
    const from = session.member.fingerprint;
    const { fingerprint } = await bench.keys(session).rotate('rfc9580');
    await bench.service.lock(session, 'quit');
    session = await bench.unlock();
    expect(session.readOnly).toBeUndefined();
    expect(session.member.fingerprint).toBe(fingerprint);
    expect(fingerprint).toHaveLength(64);
    expect(session.keys.map((key) => key.fingerprint)).toEqual([fingerprint, from]);
    expect(await isSignedBy(session.certificate.bytes)).toBe(fingerprint);
    await bench.service.lock(session, 'quit');
    ({ session } = await bench.service.useRecovery({
      folder: bench.folder,
      code: recoveryCode,
      newPassphrase: OTHER_PASSPHRASE,
    }));
    expect(session.keys.map((key) => key.fingerprint)).toEqual([fingerprint, from]);
  });

  it('take in an existing key, once', async () => {
    const at = new Date(bench.time);
    const { secret } = await bench.engine.makeKey({ ...OFFICER, profile: 'interop', at });
    const keys = bench.keys(session);
    expect(await keys.import(secret.bytes, undefined)).toEqual({ fingerprint: secret.fingerprint });
    expect(session.member.fingerprint).toBe(secret.fingerprint);
    await expect(keys.import(secret.bytes, undefined)).rejects.toEqual(refused('own-key-known'));
    await expect(keys.import(Buffer.from('no key'), undefined)).rejects.toThrow();
    expect(types(session)).toEqual(['genesis', 'key-rotated']);
  });

  it('are revoked; the current one gives way first', async () => {
    const from = session.member.fingerprint;
    const keys = bench.keys(session);
    await expect(keys.revoke('because')).rejects.toEqual(refused('reason-unknown'));
    await expect(keys.revoke('retired', 'A'.repeat(40))).rejects.toEqual(
      refused('own-key-unknown'),
    );
    const { fingerprint, certificate } = await keys.revoke('retired');
    expect(fingerprint).toBe(from);
    const { facts } = await bench.engine.readCertificate(
      Buffer.from(certificate),
      new Date(bench.time),
    );
    expect(facts.fingerprint).toBe(from);
    expect(facts.revokedAt).toBeDefined();
    expect(types(session)).toEqual(['genesis', 'key-rotated', 'key-revoked']);
    expect(entry('key-revoked').detail).toMatchObject({ reason: 'retired', prevKeys: 1 });
    expect(await states()).toEqual(['current', 'revoked']);
    await expect(keys.revoke('retired', from)).rejects.toEqual(refused('own-key-revoked'));
    await bench.service.lock(session, 'quit');
    session = await bench.unlock();
    expect(session.readOnly).toBeUndefined();
    expect(await states()).toEqual(['current', 'revoked']);
  });
});
