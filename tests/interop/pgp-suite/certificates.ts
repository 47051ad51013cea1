import assert from 'node:assert/strict';
import { generateKey, readKey } from 'openpgp';
import { KEYS, PASSPHRASE, REVOCATION } from '../../fixtures/pgp/keys.ts';
import type { SealRefusal } from '../../../main/domain/pgp/engine.ts';
import { AT, armored, bytes, certificate, engine, fresh, own, refuses } from './support.ts';
import type { Check, KeyName } from './support.ts';

/** What is said of each fixture: algorithms of primary and subkeys, refusals, warnings. */
const FACTS: readonly {
  readonly name: KeyName;
  readonly algorithms: readonly string[];
  readonly refusals?: readonly SealRefusal[];
  readonly warnings?: readonly string[];
}[] = [
  { name: 'ed25519', algorithms: ['Ed25519', 'X25519 (ECDH)'] },
  { name: 'rsa3072', algorithms: ['RSA 3072', 'RSA 3072'] },
  { name: 'rsa2048', algorithms: ['RSA 2048', 'RSA 2048'], warnings: ['rsa-2048'] },
  { name: 'nistp256', algorithms: ['NIST P-256', 'NIST P-256'] },
  { name: 'nistp384', algorithms: ['NIST P-384', 'NIST P-384'] },
  { name: 'nistp521', algorithms: ['NIST P-521', 'NIST P-521'] },
  {
    name: 'brainpoolP256r1',
    algorithms: ['brainpoolP256r1', 'brainpoolP256r1'],
    refusals: ['certificate-weak-algorithm'],
    warnings: ['cannot-sign'],
  },
  {
    name: 'secp256k1',
    algorithms: ['secp256k1', 'secp256k1'],
    refusals: ['certificate-weak-algorithm'],
    warnings: ['cannot-sign'],
  },
  {
    name: 'dsa',
    algorithms: ['DSA 2048', 'Elgamal 2048'],
    refusals: ['certificate-weak-algorithm'],
    warnings: ['cannot-sign'],
  },
  {
    name: 'rsa1024',
    algorithms: ['RSA 1024', 'RSA 1024'],
    refusals: ['certificate-rsa-short'],
    warnings: ['cannot-sign', 'rsa-2048'],
  },
  {
    name: 'sha1',
    algorithms: ['RSA 2048', 'RSA 2048'],
    refusals: ['certificate-sha1'],
    warnings: ['cannot-sign', 'rsa-2048'],
  },
  {
    name: 'signonly',
    algorithms: ['Ed25519'],
    refusals: ['certificate-no-encryption'],
  },
  {
    name: 'expired',
    algorithms: ['Ed25519', 'X25519 (ECDH)'],
    refusals: ['certificate-expired'],
    warnings: ['cannot-sign'],
  },
  {
    name: 'future',
    algorithms: ['Ed25519', 'X25519 (ECDH)'],
    refusals: ['certificate-not-yet-valid'],
    warnings: ['cannot-sign'],
  },
  {
    name: 'revoked',
    algorithms: ['Ed25519', 'X25519 (ECDH)'],
    refusals: ['certificate-revoked'],
    warnings: ['cannot-sign'],
  },
  {
    name: 'retired',
    algorithms: ['Ed25519', 'X25519 (ECDH)'],
    refusals: ['certificate-revoked'],
    warnings: ['cannot-sign'],
  },
  { name: 'beforeRevocation', algorithms: ['Ed25519', 'X25519 (ECDH)'] },
  {
    name: 'designated',
    algorithms: ['Ed25519', 'X25519 (ECDH)'],
    refusals: ['certificate-designated-revoker'],
  },
  {
    name: 'certified',
    algorithms: ['Ed25519', 'X25519 (ECDH)'],
    warnings: ['third-party-signatures-dropped'],
  },
  { name: 'subkeys', algorithms: ['Ed25519', 'X25519 (ECDH)', 'Ed25519'] },
  { name: 'extended', algorithms: ['Ed25519', 'X25519 (ECDH)'] },
];

const facts: Check[] = FACTS.map(({ name, algorithms, refusals = [], warnings = [] }) => ({
  name: `certificate ${name}: ${refusals.length === 0 ? 'fit to be sealed to' : refusals.join(', ')}`,
  async run() {
    const read = await certificate(name);
    const { primary, subkeys, userIds } = read.facts;
    assert.deepEqual(
      [primary, ...subkeys].map(({ algorithm }) => algorithm),
      algorithms,
    );
    assert.deepEqual(read.facts.refusals, refusals);
    assert.deepEqual(read.facts.warnings, warnings);
    assert.match(userIds[0]?.email ?? '', /@example\.org$/);
    assert.equal(read.facts.modern, false);
    const again = await engine.readCertificate(read.bytes, AT);
    assert.deepEqual(again.bytes, read.bytes);
    const parsed = await readKey({ binaryKey: read.bytes });
    assert.equal(parsed.getFingerprint().toUpperCase(), read.facts.fingerprint);
  },
}));

/** The same certificate at another time is fit, or is not. */
const moments: Check[] = [
  {
    name: 'certificate expired: was fit the day before, and said so shortly before',
    async run() {
      const before = await engine.readCertificate(
        armored('expired'),
        new Date('2024-12-31T00:00:00Z'),
      );
      assert.deepEqual(before.facts.refusals, []);
      assert.deepEqual(before.facts.warnings, ['expires-soon']);
      assert.equal(before.facts.expiresAt, '2025-01-01T12:00:00Z');
    },
  },
  {
    name: 'certificate future: is fit once its day has come',
    async run() {
      const later = await engine.readCertificate(
        armored('future'),
        new Date('2035-01-02T00:00:00Z'),
      );
      assert.deepEqual(later.facts.refusals, []);
    },
  },
  {
    name: 'certificate retired: was fit before, hard revocation counts at any time',
    async run() {
      const before = new Date('2024-12-31T00:00:00Z');
      const retired = await engine.readCertificate(armored('retired'), before);
      assert.deepEqual(retired.facts.refusals, []);
      assert.equal(retired.facts.revokedAt, undefined);
      const revoked = await engine.readCertificate(armored('revoked'), before);
      assert.deepEqual(revoked.facts.refusals, ['certificate-revoked']);
      assert.equal(revoked.facts.revokedAt, '2024-01-01T00:00:00Z');
    },
  },
];

const forms: Check[] = [
  {
    name: 'certificate: binary and armored are the same, and our armor is read by openpgp',
    async run() {
      for (const key of [await fresh('interop'), await fresh('rfc9580'), await own('rsa3072')]) {
        const text = engine.armor(key.certificate.bytes);
        assert.doesNotMatch(text, /Version|Comment/);
        const read = await engine.readCertificate(bytes(text), AT);
        assert.deepEqual(read.bytes, key.certificate.bytes);
        const parsed = await readKey({ armoredKey: text });
        assert.equal(parsed.getFingerprint().toUpperCase(), read.facts.fingerprint);
      }
    },
  },
  {
    name: 'certificate: a secret key, two certificates, a message, text and nothing are told apart',
    async run() {
      await refuses('secret-key-given', engine.readCertificate(bytes(KEYS.rsa2048.secret), AT));
      const { secret } = await fresh('interop');
      await refuses('secret-key-given', engine.readCertificate(secret.bytes, AT));
      const two = bytes(KEYS.ed25519.certificate + KEYS.rsa2048.certificate);
      await refuses('certificate-several', engine.readCertificate(two, AT));
      const binary = Buffer.concat([
        (await certificate('ed25519')).bytes,
        (await certificate('rsa2048')).bytes,
      ]);
      await refuses('certificate-several', engine.readCertificate(binary, AT));
      for (const other of [
        '',
        'hello',
        '-----BEGIN PGP MESSAGE-----\n\naGVsbG8=\n-----END PGP MESSAGE-----\n',
      ])
        await refuses('not-a-certificate', engine.readCertificate(bytes(other), AT));
      await refuses('not-a-certificate', engine.readCertificate(Buffer.alloc(65536), AT));
      await refuses('certificate-sha1', certificate('sha1ed25519'));
    },
  },
  {
    name: 'certificate: of version 6 with Ed448 and X448',
    async run() {
      const { publicKey } = await generateKey({
        type: 'curve448',
        userIDs: [{ name: 'Noor', email: 'noor@example.org' }],
        date: new Date('2024-01-01T00:00:00Z'),
        format: 'binary',
        config: { v6Keys: true },
      });
      const read = await engine.readCertificate(publicKey, AT);
      assert.equal(read.facts.version, 6);
      assert.equal(read.facts.modern, false);
      assert.deepEqual(read.facts.refusals, []);
      assert.equal(read.facts.primary.algorithm, 'Ed448');
      assert.equal(read.facts.subkeys[0]?.algorithm, 'X448');
    },
  },
  {
    name: 'message profile: the newer form only when every certificate says so',
    async run() {
      const old = (await fresh('interop')).certificate.facts;
      const modern = (await fresh('rfc9580')).certificate.facts;
      assert.equal(modern.modern, true);
      assert.equal(engine.messageProfile([modern, modern]), 'rfc9580');
      assert.equal(engine.messageProfile([modern, old]), 'rfc4880');
      assert.equal(engine.messageProfile([]), 'rfc4880');
    },
  },
];

const merging: Check[] = [
  {
    name: 'merge: a revocation comes in, as a certificate or alone, and never goes out',
    async run() {
      const before = (await certificate('beforeRevocation')).bytes;
      for (const update of [armored('revoked'), bytes(REVOCATION)]) {
        const merged = await engine.mergeCertificate(before, update, AT);
        assert.deepEqual(merged.facts.refusals, ['certificate-revoked']);
        const back = await engine.mergeCertificate(merged.bytes, before, AT);
        assert.deepEqual(back.facts.refusals, ['certificate-revoked']);
      }
    },
  },
  {
    name: 'merge: a moved expiry, a new subkey and both old and new statements are kept',
    async run() {
      const old = (await certificate('beforeMove')).bytes;
      const merged = await engine.mergeCertificate(old, armored('extended'), AT);
      assert.deepEqual(merged.facts.refusals, []);
      assert.equal(merged.facts.expiresAt, undefined);
      const other = await engine.mergeCertificate((await certificate('extended')).bytes, old, AT);
      assert.equal(other.bytes.length, merged.bytes.length);
      assert.deepEqual(other.facts, merged.facts);
    },
  },
  {
    name: 'merge: another key is refused',
    async run() {
      const known = (await certificate('ed25519')).bytes;
      const params = await refuses(
        'certificate-other',
        engine.mergeCertificate(known, armored('rsa2048'), AT),
      );
      assert.equal(params['known'], (await certificate('ed25519')).facts.fingerprint);
    },
  },
];

const keys: Check[] = [
  {
    name: 'key interop: version 4, EdDSA and ECDH on Curve25519, MDC only',
    async run() {
      const { certificate: made, revocation } = await fresh('interop');
      assert.equal(made.facts.version, 4);
      assert.equal(made.facts.modern, false);
      assert.deepEqual(made.facts.refusals, []);
      assert.deepEqual(made.facts.warnings, []);
      assert.deepEqual(made.facts.userIds, [
        {
          text: 'Amina Diallo <amina@example.org>',
          name: 'Amina Diallo',
          email: 'amina@example.org',
        },
      ]);
      assert.match(revocation, /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n/);
      const parsed = await readKey({ binaryKey: made.bytes });
      assert.deepEqual(
        [parsed, ...parsed.subkeys].map(({ keyPacket }) => keyPacket.algorithm),
        [22, 18],
      );
      const statement = parsed.users[0]?.selfCertifications[0];
      assert.ok(statement);
      assert.deepEqual([...(statement.features ?? [])], [1]);
      assert.deepEqual(statement.preferredSymmetricAlgorithms, [9, 8, 7]);
      assert.deepEqual(statement.preferredHashAlgorithms, [8, 10]);
      assert.equal(statement.preferredAEADAlgorithms, null);
      assert.equal((statement as { preferredCipherSuites?: unknown }).preferredCipherSuites, null);
      const merged = await engine.mergeCertificate(made.bytes, bytes(revocation), AT);
      assert.deepEqual(merged.facts.refusals, ['certificate-revoked']);
    },
  },
  {
    name: 'key rfc9580: version 6, SEIPDv2 with AES-256 in GCM mode advertised',
    async run() {
      const { certificate: made, revocation } = await fresh('rfc9580');
      assert.equal(made.facts.version, 6);
      assert.equal(made.facts.modern, true);
      assert.deepEqual(made.facts.refusals, []);
      assert.match(made.facts.fingerprint, /^[0-9A-F]{64}$/);
      const merged = await engine.mergeCertificate(made.bytes, bytes(revocation), AT);
      assert.deepEqual(merged.facts.refusals, ['certificate-revoked']);
    },
  },
  {
    name: 'key: names and addresses that would break a user ID are refused, and others are not',
    async run() {
      const make = (name: string, email: string) =>
        engine.makeKey({ name, email, profile: 'interop', at: AT });
      const bad = [
        '',
        ' ',
        'Eve <eve@example.org>',
        'Eve\nMallory',
        'Eve\u202Eevil',
        ' Eve',
        'x'.repeat(201),
        'a\u0000b',
      ];
      for (const name of bad) await refuses('user-id-name', make(name, 'eve@example.org'));
      for (const email of [
        '',
        'eve',
        'eve@',
        '@example.org',
        'eve@example',
        'a b@example.org',
        'eve@example.org>',
        'e@x@example.org',
        'eve@example.org\n',
      ])
        await refuses('user-id-email', make('Eve', email));
      for (const name of ['Ана Ђорђевић', 'علی\u200Cرضا', "O'Neill, Jr. (Dakar)", '李小龍'])
        assert.equal(
          (await make(name, 'a.b+c@sub.example.org')).certificate.facts.userIds[0]?.name,
          name,
        );
    },
  },
  {
    name: 'key: a revocation for each reason, soft or hard',
    async run() {
      const { secret } = await fresh('interop', 'Retired Person');
      const day = (date: string) => new Date(`${date}T00:00:00Z`);
      for (const reason of ['unspecified', 'superseded', 'compromised', 'retired'] as const) {
        const revoked = await engine.revoke(secret, reason, day('2025-06-01'));
        assert.deepEqual(revoked.facts.refusals, ['certificate-revoked']);
        const before = await engine.readCertificate(revoked.bytes, day('2025-01-01'));
        const isSoft = reason === 'superseded' || reason === 'retired';
        assert.deepEqual(before.facts.refusals, isSoft ? [] : ['certificate-revoked']);
      }
    },
  },
  {
    name: 'key import: from GnuPG, with its passphrase, and what is wrong is named',
    async run() {
      for (const name of ['ed25519', 'rsa3072'] as const) {
        const { secret, certificate: read } = await own(name);
        assert.equal(secret.fingerprint, (await certificate(name)).facts.fingerprint);
        assert.deepEqual(read.bytes, (await certificate(name)).bytes);
        const key = bytes(KEYS[name].secret);
        await refuses('key-passphrase-needed', engine.importKey(key, undefined, AT));
        await refuses('key-passphrase-wrong', engine.importKey(key, `${PASSPHRASE}!`, AT));
        const again = await engine.importKey(secret.bytes, undefined, AT);
        assert.deepEqual(again.secret.bytes, secret.bytes);
      }
      const stub = await refuses(
        'key-stub',
        engine.importKey(bytes(KEYS.stub.secret), undefined, AT),
      );
      assert.equal(stub['what'], 'the primary key');
      await refuses('not-a-secret-key', engine.importKey(armored('ed25519'), undefined, AT));
      await refuses('not-a-secret-key', engine.importKey(bytes('hello'), undefined, AT));
    },
  },
  {
    name: 'key import: a key that is not fit to be sealed to is refused',
    async run() {
      const attempt = (name: KeyName) => engine.importKey(bytes(KEYS[name].secret), undefined, AT);
      await refuses('certificate-rsa-short', attempt('rsa1024'));
      await refuses('certificate-weak-algorithm', attempt('dsa'));
      await refuses('certificate-sha1', attempt('sha1'));
      await refuses('certificate-expired', attempt('expired'));
      await refuses('certificate-revoked', attempt('revoked'));
      await refuses('certificate-no-encryption', attempt('signonly'));
    },
  },
];

export const certificateChecks: readonly Check[] = [
  ...facts,
  ...moments,
  ...forms,
  ...merging,
  ...keys,
];
