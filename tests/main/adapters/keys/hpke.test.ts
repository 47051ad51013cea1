import {
  createCipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HpkeBox } from '../../../../main/adapters/keys/hpke.ts';

const box = new HpkeBox();
const info = new TextEncoder().encode('valise.vault/1 dek test');
const plaintext = new TextEncoder().encode('the keys of two databases');

describe('HpkeBox', () => {
  it('opens what another implementation sealed', async () => {
    // Sealed by pyca/cryptography 48 with its Suite(X25519, HKDF_SHA256, AES_256_GCM).
    const secret = Uint8Array.from({ length: 32 }, (_, index) => index);
    const sealed = Buffer.from(
      'ededf99e13468b8f30e25204c6386cfa0091184683a2df658902c782632f714d6016c89341c9cd1da94aa0ade101c33e00814d4b0794049b3692e69fa56ad9c0d28b64dc20636bf49d',
      'hex',
    );
    expect(await box.open(secret, info, sealed)).toEqual(plaintext);
  });

  it('opens what RFC 9180 section 5.1 says, written out here with node:crypto alone', async () => {
    const pair = await box.keyPair();
    expect(await box.open(pair.secret, info, sealByHand(pair.pub, info, plaintext))).toEqual(
      plaintext,
    );
  });

  it('opens its own, and nothing that was moved, changed, cut or sealed to another', async () => {
    const pair = await box.keyPair();
    const other = await box.keyPair();
    const sealed = await box.seal(pair.pub, info, plaintext);
    expect(sealed.length).toBe(32 + plaintext.length + 16);
    expect(await box.open(pair.secret, info, sealed)).toEqual(plaintext);
    expect(await box.open(pair.secret, new Uint8Array(), sealed)).toBeUndefined();
    expect(await box.open(other.secret, info, sealed)).toBeUndefined();
    for (const length of [0, 31, 32, 47, sealed.length - 1]) {
      expect(await box.open(pair.secret, info, sealed.subarray(0, length))).toBeUndefined();
    }
    for (let at = 0; at < sealed.length; at += 7) {
      const flipped = Uint8Array.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(await box.open(pair.secret, info, flipped)).toBeUndefined();
    }
  });
});

const KEM_SUITE = Buffer.concat([Buffer.from('KEM'), Buffer.from([0x00, 0x20])]);
const SUITE = Buffer.concat([Buffer.from('HPKE'), Buffer.from([0x00, 0x20, 0, 1, 0, 2])]);
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

function sealByHand(pub: Uint8Array, context: Uint8Array, text: Uint8Array): Buffer {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, randomBytes(32)]),
    format: 'der',
    type: 'pkcs8',
  });
  const enc = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI, pub]),
    format: 'der',
    type: 'spki',
  });
  const shared = diffieHellman({ privateKey: key, publicKey });
  const secret = expand(
    KEM_SUITE,
    extract(KEM_SUITE, Buffer.alloc(0), 'eae_prk', shared),
    'shared_secret',
    Buffer.concat([enc, pub]),
    32,
  );
  const schedule = Buffer.concat([
    Buffer.from([0]),
    extract(SUITE, Buffer.alloc(0), 'psk_id_hash', Buffer.alloc(0)),
    extract(SUITE, Buffer.alloc(0), 'info_hash', context),
  ]);
  const prk = extract(SUITE, secret, 'secret', Buffer.alloc(0));
  const cipher = createCipheriv(
    'aes-256-gcm',
    expand(SUITE, prk, 'key', schedule, 32),
    expand(SUITE, prk, 'base_nonce', schedule, 12),
  );
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([enc, body, cipher.getAuthTag()]);
}

function extract(suite: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array): Buffer {
  return createHmac('sha256', salt)
    .update(Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), ikm]))
    .digest();
}

function expand(
  suite: Buffer,
  prk: Buffer,
  label: string,
  context: Uint8Array,
  length: number,
): Buffer {
  const labelled = Buffer.concat([
    Buffer.from([length >> 8, length & 255]),
    Buffer.from('HPKE-v1'),
    suite,
    Buffer.from(label),
    context,
  ]);
  let block = Buffer.alloc(0);
  let out = Buffer.alloc(0);
  for (let count = 1; out.length < length; count += 1) {
    block = createHmac('sha256', prk)
      .update(Buffer.concat([block, labelled, Buffer.from([count])]))
      .digest();
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}
