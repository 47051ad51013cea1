import assert from 'node:assert/strict';
import { createMessage, readPrivateKey, sign } from 'openpgp';
import type { ErrorCode } from '../../../main/domain/errors/index.ts';
import type { NewKey } from '../../../main/domain/pgp/engine.ts';
import { parseHeader } from '../../../main/domain/pgp/packet-header.ts';
import { KEYS } from '../../fixtures/pgp/keys.ts';
import { MESSAGES } from '../../fixtures/pgp/messages.ts';
import {
  AT,
  armored,
  certificate,
  engine,
  fresh,
  noise,
  open,
  own,
  refuses,
  seal,
} from './support.ts';
import type { Check, KeyName } from './support.ts';

const foreign: readonly { readonly name: keyof typeof MESSAGES; readonly code: ErrorCode }[] = [
  { name: 'bzip2', code: 'message-form' },
  { name: 'unsigned', code: 'not-signed' },
  { name: 'textMode', code: 'signature-form' },
  { name: 'twoSigners', code: 'too-many-signatures' },
  { name: 'password', code: 'password-protected-message' },
  { name: 'tripleDes', code: 'weak-algorithm' },
  { name: 'cast5', code: 'weak-algorithm' },
  { name: 'sha1', code: 'weak-algorithm' },
  { name: 'expiring', code: 'signature-expired' },
  { name: 'noIntegrity', code: 'no-integrity-protection' },
  { name: 'signedOnly', code: 'not-encrypted' },
];

const forms: Check[] = foreign.map(({ name, code }) => ({
  name: `foreign message ${name}: ${code}`,
  async run() {
    const [reader, signer] = [await own('nistp256'), await own('trustee')];
    const sealed = Buffer.from(MESSAGES[name], 'base64');
    await refuses(
      code,
      open(sealed, { keys: [reader.secret], signers: [signer.certificate.bytes] }),
    );
  },
}));

const notMessages: Check[] = [
  {
    name: 'not a message: text, an image, an archive, zeros, nothing, a certificate, armor',
    async run() {
      const by = await fresh('interop');
      const attempt = (file: Uint8Array) => open(file, { keys: [by.secret], signers: [] });
      const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
      for (const file of [
        Buffer.alloc(0),
        Buffer.alloc(65536),
        Buffer.from('hello'),
        Buffer.from('PK\u0003\u0004'),
        png,
        Buffer.from([0xff, 0xd8, 0xff]),
      ])
        await refuses('not-openpgp', attempt(file));
      await refuses('not-a-message', attempt(by.certificate.bytes));
      await refuses('not-a-message', attempt(by.secret.bytes));
      await refuses(
        'message-armored',
        attempt(Buffer.from('-----BEGIN PGP MESSAGE-----\n\nhQ==\n')),
      );
    },
  },
];

/** A message for `reader`, small, and where its parts begin. */
async function small(profile: 'rfc4880' | 'rfc9580') {
  const by = await fresh('rfc9580');
  const other = await fresh('rfc9580', 'Bela Kovacs');
  const sealed = await seal({ content: noise(200), to: [other, by], by, profile });
  const packet = 2 + (sealed[1] ?? 0);
  return { by, other, sealed, ownStart: packet, dataStart: 2 * packet };
}

const MASKS = [0x01, 0x80, 0xff] as const;

const altered: Check[] = (['rfc4880', 'rfc9580'] as const).map((profile) => ({
  name: `altered: no octet of the own session key or of the data can be changed, ${profile}`,
  async run() {
    const { by, sealed, ownStart } = await small(profile);
    const reader = { keys: [by.secret], signers: [by.certificate.bytes] };
    await open(sealed, reader);
    for (let at = ownStart; at < sealed.length; at += 1)
      for (const mask of MASKS) {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ mask;
        const answer = await open(changed, reader).then(
          () => 'accepted',
          (error: unknown) =>
            error instanceof Error && error.name === 'DomainError' ? 'refused' : error,
        );
        assert.equal(answer, 'refused', `octet ${at} with ${mask.toString(16)}`);
      }
  },
}));

const ownSessionKeys: Check[] = (['ed25519', 'nistp256', 'nistp521', 'rsa2048'] as const).map(
  (name) => ({
    name: `altered: no octet of the own session key can be changed, ${name}`,
    async run() {
      const by = await own(name);
      const sealed = await seal({ content: noise(10), to: [by], by });
      const reader = { keys: [by.secret], signers: [by.certificate.bytes] };
      const header = parseHeader(sealed);
      assert.ok(header?.length.kind === 'whole');
      const end = header.size + header.length.bytes;
      for (let at = 0; at < end; at += 1) {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (MASKS[at % MASKS.length] ?? 0xff);
        await assert.rejects(open(changed, reader), { name: 'DomainError' }, `octet ${at}`);
      }
    },
  }),
);

const cutShort: Check[] = (['rfc4880', 'rfc9580'] as const).map((profile) => ({
  name: `altered: cut anywhere, or with something behind it, ${profile}`,
  async run() {
    const { by, sealed, dataStart } = await small(profile);
    const reader = { keys: [by.secret], signers: [by.certificate.bytes] };
    for (let length = 1; length < sealed.length; length += 1)
      await refuses('message-incomplete', open(sealed.subarray(0, length), reader));
    for (const behind of [Buffer.of(0), Buffer.of(0xd5, 0), sealed, noise(100)])
      await refuses('trailing-data', open(Buffer.concat([sealed, behind]), reader));
    const large = await seal({ content: noise(700_000), to: [by], by, profile });
    for (const part of [0.5, 0.9, 0.99])
      await refuses(
        'message-incomplete',
        open(large.subarray(0, Math.floor(large.length * part)), reader),
      );
    const flipped = Buffer.from(large);
    flipped[400_000] = (flipped[400_000] ?? 0) ^ 1;
    await refuses('message-damaged', open(flipped, reader));
    const middle = Buffer.from(sealed);
    const at = dataStart + 60;
    middle[at] = (middle[at] ?? 0) ^ 4;
    await refuses('message-damaged', open(middle, reader));
  },
}));

const addressing: Check[] = [
  {
    name: 'addressing: for others names their key IDs; a damaged own session key is damage',
    async run() {
      const { by, other, sealed, ownStart } = await small('rfc4880');
      const stranger = await fresh('interop');
      const params = await refuses(
        'not-for-us',
        open(sealed, { keys: [stranger.secret], signers: [by.certificate.bytes] }),
      );
      const ids = [other, by].map(({ certificate: { facts } }) => facts.subkeys[0]?.keyId);
      assert.equal(params['keys'], ids.join(', '));
      const changed = Buffer.from(sealed);
      const at = ownStart + 30;
      changed[at] = (changed[at] ?? 0) ^ 1;
      await refuses('message-damaged', open(changed, { keys: [by.secret], signers: [] }));
    },
  },
  {
    name: 'addressing: one to 64 recipients, in order, none twice',
    async run() {
      const by = await fresh('interop');
      const nobody = await refuses('no-recipients', seal({ content: noise(1), to: [], by }));
      assert.deepEqual(nobody, {});
      await refuses('recipient-twice', seal({ content: noise(1), to: [by, by], by }));
      const many = Array.from({ length: 65 }, () => by);
      await refuses('too-many-recipients', seal({ content: noise(1), to: many, by }));
      const modern = await fresh('rfc9580');
      const params = await refuses(
        'certificate-not-modern',
        seal({ content: noise(1), to: [modern, by], by: modern, profile: 'rfc9580' }),
      );
      assert.equal(params['name'], 'Amina Diallo <amina@example.org>');
    },
  },
  {
    name: 'addressing: nothing is sealed to a certificate that is refused',
    async run() {
      const by = await fresh('interop');
      const refused: readonly (readonly [KeyName, ErrorCode])[] = [
        ['revoked', 'certificate-revoked'],
        ['expired', 'certificate-expired'],
        ['future', 'certificate-not-yet-valid'],
        ['dsa', 'certificate-weak-algorithm'],
        ['secp256k1', 'certificate-weak-algorithm'],
        ['brainpoolP256r1', 'certificate-weak-algorithm'],
        ['rsa1024', 'certificate-rsa-short'],
        ['sha1', 'certificate-sha1'],
        ['designated', 'certificate-designated-revoker'],
        ['signonly', 'certificate-no-encryption'],
      ];
      for (const [name, code] of refused) {
        const to = { certificate: await certificate(name) } as NewKey;
        const params = await refuses(code, seal({ content: noise(1), to: [to], by }));
        assert.match(String(params['name']), /@example\.org>$/);
      }
      const fit = { certificate: await certificate('certified') } as NewKey;
      assert.ok((await seal({ content: noise(1), to: [fit], by })).length > 200);
    },
  },
];

const limits: Check[] = [
  {
    name: 'limits: content over the quota or the ratio is stopped, without a byte too many',
    async run() {
      const by = await fresh('interop');
      const reader = { keys: [by.secret], signers: [by.certificate.bytes] };
      const sealed = await seal({ content: Buffer.alloc(12 << 20), to: [by], by, compress: true });
      let seen = 0;
      const sink = (slice: Uint8Array) => void (seen += slice.length);
      await refuses('expands-too-much', open(sealed, { ...reader, options: { sink } }));
      assert.ok(seen <= 10 << 20);
      seen = 0;
      await refuses('too-large', open(sealed, { ...reader, options: { sink, maxBytes: 1000 } }));
      assert.ok(seen <= 1000);
      const { content } = await open(sealed, { ...reader, options: { maxRatio: 2000 } });
      assert.equal(content.length, 12 << 20);
    },
  },
];

const signers: Check[] = [
  {
    name: 'signer: unknown, or known only by a look-alike',
    async run() {
      const [by, reader] = [await own('ed25519'), await fresh('interop')];
      const sealed = await seal({ content: noise(10), to: [reader], by });
      const attempt = (candidates: readonly Uint8Array[]) =>
        open(sealed, { keys: [reader.secret], signers: candidates });
      for (const candidates of [[], [reader.certificate.bytes]]) {
        const params = await refuses('unknown-signer', attempt(candidates));
        assert.equal(params['fingerprint'], by.certificate.facts.fingerprint);
      }
      const { message } = await attempt([reader.certificate.bytes, by.certificate.bytes]);
      assert.equal(message.signer, by.certificate.facts.fingerprint);
    },
  },
  {
    name: 'signer: revoked hard is refused at any time, soft only from its date on',
    async run() {
      const reader = await fresh('interop');
      const by = await own('beforeRevocation');
      const revoked = armored('revoked');
      const sealed = await seal({ content: noise(10), to: [reader], by });
      await refuses('signer-revoked', open(sealed, { keys: [reader.secret], signers: [revoked] }));

      const soft = await own('beforeRetirement');
      const retired = armored('retired');
      const early = new Date('2024-06-01T00:00:00Z');
      const before = await seal({ content: noise(10), to: [reader], by: soft, at: early });
      const { message } = await open(before, { keys: [reader.secret], signers: [retired] });
      assert.deepEqual(message.warnings, ['signer-revoked-since']);
      const after = await seal({ content: noise(10), to: [reader], by: soft });
      await refuses('signer-revoked', open(after, { keys: [reader.secret], signers: [retired] }));
      await open(after, { keys: [reader.secret], signers: [armored('beforeRetirement')] });
    },
  },
  {
    name: 'signer: expired when it signed is refused, expired since is said',
    async run() {
      const reader = await fresh('interop');
      const early = new Date('2024-06-01T00:00:00Z');
      const by = await engine.importKey(Buffer.from(KEYS.expired.secret), undefined, early);
      const sealed = await seal({ content: noise(10), to: [reader], by, at: early });
      const { message } = await open(sealed, {
        keys: [reader.secret],
        signers: [armored('expired')],
      });
      assert.deepEqual(message.warnings, ['signer-expired-since']);
      const moved = await own('extended');
      const late = await seal({ content: noise(10), to: [reader], by: moved });
      await refuses(
        'signer-expired',
        open(late, { keys: [reader.secret], signers: [armored('beforeMove')] }),
      );
      await open(late, { keys: [reader.secret], signers: [armored('extended')] });
    },
  },
  {
    name: 'signer: dated in the future, or before its key',
    async run() {
      const reader = await fresh('interop');
      const minutes = (count: number) => new Date(AT.getTime() + count * 60_000);
      const reading = { keys: [reader.secret], signers: [reader.certificate.bytes] };
      const soon = await seal({ content: noise(10), to: [reader], by: reader, at: minutes(4) });
      await open(soon, reading);
      const ahead = await seal({ content: noise(10), to: [reader], by: reader, at: minutes(6) });
      const params = await refuses('signature-in-future', open(ahead, reading));
      assert.deepEqual(params, { signedAt: '2027-06-01T12:06:00Z', now: '2027-06-01T12:00:00Z' });
    },
  },
  {
    name: 'signer: a key with a weak or refused algorithm is not believed, a good one is',
    async run() {
      const attempt = async (name: KeyName) => {
        const signature: unknown = await sign({
          message: await createMessage({ binary: noise(10) }),
          signingKeys: await readPrivateKey({ armoredKey: KEYS[name].secret }),
          detached: true,
          date: AT,
          config: { minRSABits: 1024, rejectPublicKeyAlgorithms: new Set() },
        });
        return engine.verify(noise(10), String(signature), [armored(name)], AT);
      };
      for (const name of ['sha1', 'rsa1024', 'dsa'] as const)
        await refuses('weak-algorithm', attempt(name));
      assert.equal((await attempt('rsa2048')).signedAt, '2027-06-01T12:00:00Z');
    },
  },
];

export const refusalChecks: readonly Check[] = [
  ...forms,
  ...notMessages,
  ...altered,
  ...ownSessionKeys,
  ...cutShort,
  ...addressing,
  ...limits,
  ...signers,
];
