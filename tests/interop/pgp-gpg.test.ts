import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Certificate, NewKey } from '../../main/domain/pgp/engine.ts';
import { Peer, openNow, sealNow } from './pgp-peers.ts';
import { bytes, engine, fresh, noise } from './pgp-suite/support.ts';

const PASSPHRASE = 'one two three four';
const KINDS = ['ed25519', 'rsa3072'] as const;

describe('GnuPG 2.2', () => {
  const gpg = new Peer();
  const theirs = new Map<string, { certificate: Certificate; fingerprint: string }>();
  let ours: NewKey;

  const made = (kind: string) => {
    const found = theirs.get(kind);
    if (!found) throw new Error(kind);
    return found;
  };

  beforeAll(async () => {
    for (const kind of KINDS) {
      const user = `${kind}@example.org`;
      const secret = ['--passphrase', PASSPHRASE];
      gpg.mustGpg([...secret, '--quick-gen-key', `Officer <${user}>`, kind, 'cert,sign', 'never']);
      const listed = gpg.mustGpg(['--with-colons', '--list-keys', user]).out.toString();
      const fingerprint = /^fpr:::::::::([0-9A-F]+):/m.exec(listed)?.[1] ?? '';
      const encrypting = kind === 'ed25519' ? 'cv25519' : kind;
      gpg.mustGpg([...secret, '--quick-add-key', fingerprint, encrypting, 'encr', 'never']);
      const exported = gpg.mustGpg(['--export', user]).out;
      theirs.set(kind, {
        fingerprint,
        certificate: await engine.readCertificate(exported, new Date()),
      });
    }
    ours = await fresh('interop');
    gpg.mustGpg(['--import'], engine.armor(ours.certificate.bytes));
  });
  afterAll(() => gpg.close());

  test.each(KINDS)('opens and verifies what is sealed to its %s key', async (kind) => {
    const { certificate, fingerprint } = made(kind);
    const reader = { certificate } as NewKey;
    for (const size of [0, 1, 65_535, 65_536, 1_048_576, 2_500_000])
      for (const compress of [false, true]) {
        const content = noise(size);
        const sealed = await sealNow({ content, to: [reader, ours], by: ours, compress });
        const read = gpg.gpg(['--passphrase', PASSPHRASE, '--decrypt'], sealed);
        expect(read.exit).toBe(0);
        expect(read.out.equals(content)).toBe(true);
        const words = read.status.map((line) => line.split(' '));
        const { facts } = ours.certificate;
        expect(words.filter(([word]) => word === 'GOODSIG')).toHaveLength(1);
        const valid = words.find(([word]) => word === 'VALIDSIG') ?? [];
        expect(valid[1]).toBe(facts.fingerprint);
        expect(valid.at(-1)).toBe(facts.fingerprint);
        expect(words.map(([word]) => word)).toContain('DECRYPTION_OKAY');
        expect(words.find(([word]) => word === 'DECRYPTION_KEY')?.[2]).toBe(fingerprint);
        expect(words.find(([word]) => word === 'DECRYPTION_INFO')?.slice(1, 3)).toEqual(['2', '9']);
        const plaintext = words.find(([word]) => word === 'PLAINTEXT') ?? [];
        expect([plaintext[1], plaintext[3]]).toEqual(['62', '']);
        expect(words.map(([word]) => word)).not.toContain('NOTATION_NAME');
      }
  });

  test.each([1, 8, 50])('finds its own key among %i recipients, in their order', async (count) => {
    const others: NewKey[] = [];
    for (let index = 1; index < count; index += 1)
      others.push(await fresh('interop', `Recipient ${index}`));
    const reader = { certificate: made('rsa3072').certificate } as NewKey;
    const sealed = await sealNow({
      content: bytes('for many\n'),
      to: [...others, reader],
      by: ours,
    });
    const read = gpg.gpg(['--passphrase', PASSPHRASE, '--decrypt'], sealed);
    expect(read.out.toString()).toBe('for many\n');
    const named = read.status
      .filter((line) => line.startsWith('ENC_TO '))
      .map((line) => line.split(' ')[1]);
    expect(named).toEqual(
      [...others, reader].map(({ certificate }) => certificate.facts.subkeys[0]?.keyId),
    );
  });

  test('does not accept a sealed file with a changed octet, as we do not', async () => {
    const reader = { certificate: made('ed25519').certificate } as NewKey;
    const sealed = await sealNow({ content: noise(5000), to: [reader], by: ours });
    sealed[3000] = (sealed[3000] ?? 0) ^ 1;
    expect(gpg.gpg(['--passphrase', PASSPHRASE, '--decrypt'], sealed).exit).not.toBe(0);
  });

  test('imports our certificate as it is meant, and our revocation certificate', async () => {
    const { facts } = ours.certificate;
    const listed = gpg.mustGpg(['--with-colons', '--list-keys', facts.fingerprint]).out.toString();
    const rows = listed.split('\n').map((line) => line.split(':'));
    expect(rows.find(([kind]) => kind === 'pub')?.slice(2, 5)).toEqual([
      '255',
      '22',
      facts.primary.keyId,
    ]);
    expect(rows.find(([kind]) => kind === 'sub')?.[3]).toBe('18');
    const packets = gpg.mustGpg(['--list-packets'], ours.certificate.bytes).out.toString();
    expect(packets).toContain('features: 01');
    expect(packets).not.toMatch(/pref-aead|subpkt 39/);

    const other = await fresh('interop', 'Soon Gone');
    gpg.mustGpg(['--import'], engine.armor(other.certificate.bytes));
    gpg.mustGpg(['--import'], other.revocation);
    const { fingerprint } = other.certificate.facts;
    const revoked = gpg.mustGpg(['--with-colons', '--list-keys', fingerprint]).out.toString();
    expect(revoked).toMatch(/^pub:r:/m);
    const back = gpg.mustGpg(['--export', fingerprint]).out;
    expect((await engine.readCertificate(back, new Date())).facts.refusals).toEqual([
      'certificate-revoked',
    ]);
  });

  test.each(KINDS)(
    'signs with %s and encrypts to us, in every compression and from a pipe or a file',
    async (kind) => {
      const { certificate, fingerprint } = made(kind);
      for (const size of [0, 8192, 2_000_000])
        for (const compression of ['none', 'zip', 'zlib']) {
          const content = Buffer.concat([noise(size / 2), Buffer.alloc(size / 2)]);
          const options = [
            '--passphrase',
            PASSPHRASE,
            '--local-user',
            fingerprint,
            '--compress-algo',
            compression,
          ];
          const args = [
            ...options,
            '--recipient',
            ours.certificate.facts.fingerprint,
            '--sign',
            '--encrypt',
          ];
          const path = gpg.file('content', content);
          const piped = gpg.mustGpg(args, content).out;
          const fromFile = gpg.mustGpg([...args, '--output', '-', path]).out;
          for (const sealed of [piped, fromFile]) {
            const read = await openNow(sealed, {
              keys: [ours.secret],
              signers: [certificate.bytes],
            });
            expect(read.content.equals(content)).toBe(true);
            expect(read.message.signer).toBe(fingerprint);
            const signature = gpg.file('content.sig', read.message.signature);
            const verified = gpg.gpg(['--verify', signature, path]);
            expect(verified.status.some((line) => line.startsWith(`VALIDSIG ${fingerprint}`))).toBe(
              true,
            );
          }
        }
    },
  );

  test('verifies our detached signatures, and we verify its', async () => {
    const content = noise(5000);
    const path = gpg.file('statement', content);
    const signature = gpg.file(
      'statement.asc',
      await engine.sign(content, ours.secret, new Date()),
    );
    const verified = gpg.gpg(['--verify', signature, path]);
    expect(verified.exit).toBe(0);
    const { fingerprint } = ours.certificate.facts;
    expect(verified.status.some((line) => line.startsWith(`VALIDSIG ${fingerprint}`))).toBe(true);

    const opened = await sealNow({ content, to: [ours], by: ours });
    const { message } = await openNow(opened, {
      keys: [ours.secret],
      signers: [ours.certificate.bytes],
    });
    const extracted = gpg.file('statement.sig', message.signature);
    expect(gpg.gpg(['--verify', extracted, path]).exit).toBe(0);

    const candidates = KINDS.map((kind) => made(kind).certificate.bytes);
    for (const kind of KINDS)
      for (const form of [['--armor'], []]) {
        const args = ['--passphrase', PASSPHRASE, '--local-user', made(kind).fingerprint, ...form];
        const theirs_ = gpg.mustGpg([...args, '--detach-sign', '--output', '-', path]).out;
        const verdict = await engine.verify(content, theirs_, candidates, new Date());
        expect(verdict.signer).toBe(made(kind).fingerprint);
        await expect(
          engine.verify(noise(4999), theirs_, candidates, new Date()),
        ).rejects.toMatchObject({ code: 'bad-signature' });
      }
  });

  test.each(KINDS)('its %s key is imported with its passphrase and works here', async (kind) => {
    const { fingerprint, certificate } = made(kind);
    const secret = gpg.mustGpg([
      '--passphrase',
      PASSPHRASE,
      '--armor',
      '--export-secret-keys',
      fingerprint,
    ]).out;
    const key = await engine.importKey(secret, PASSPHRASE, new Date());
    expect(key.certificate.bytes).toEqual(certificate.bytes);
    const sealed = await sealNow({ content: bytes('mine'), to: [key, ours], by: key });
    const read = gpg.gpg(['--passphrase', PASSPHRASE, '--decrypt'], sealed);
    expect(read.status.some((line) => line.startsWith(`VALIDSIG ${fingerprint}`))).toBe(true);
    const { message } = await openNow(sealed, {
      keys: [ours.secret],
      signers: [certificate.bytes],
    });
    expect(message.signer).toBe(fingerprint);
  });
});
