import type { webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import type { BoxKeyPair, SealedBox } from '../../domain/vault/ports.ts';

const ENC_BYTES = 32;

/**
 * HPKE base mode (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, one message a
 * context. The library takes WebCrypto from node:crypto where there is no global one.
 */
export class HpkeBox implements SealedBox {
  readonly #suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });

  async keyPair(): Promise<BoxKeyPair> {
    const { kem } = this.#suite;
    const pair = (await kem.generateKeyPair()) as webcrypto.CryptoKeyPair;
    return {
      secret: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
      pub: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
    };
  }

  async seal(pub: Uint8Array, info: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> {
    const recipientPublicKey = (await this.#suite.kem.deserializePublicKey(
      pub,
    )) as webcrypto.CryptoKey;
    const params = { recipientPublicKey, info };
    const { enc, ct } = await this.#suite.seal(params, plaintext);
    return Buffer.concat([new Uint8Array(enc), new Uint8Array(ct)]);
  }

  async open(
    secret: Uint8Array,
    info: Uint8Array,
    sealed: Uint8Array,
  ): Promise<Uint8Array | undefined> {
    if (sealed.length < ENC_BYTES) return undefined;
    const enc = sealed.subarray(0, ENC_BYTES);
    const recipientKey = (await this.#suite.kem.deserializePrivateKey(
      secret,
    )) as webcrypto.CryptoKey;
    try {
      const params = { recipientKey, enc, info };
      return new Uint8Array(await this.#suite.open(params, sealed.subarray(ENC_BYTES)));
    } catch {
      return undefined;
    }
  }
}
