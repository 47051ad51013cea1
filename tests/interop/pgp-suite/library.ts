import assert from 'node:assert/strict';
import {
  createMessage,
  decrypt,
  encrypt,
  enums,
  generateKey,
  readKey,
  readMessage,
  readPrivateKey,
} from 'openpgp';
import { parseHeader } from '../../../main/domain/pgp/packet-header.ts';
import { AT, binary, engine, fresh, noise, open, refuses, seal, SIZES } from './support.ts';
import type { Check } from './support.ts';

const bothWays: Check[] = [
  {
    name: 'openpgp: opens what we seal, in both forms',
    async run() {
      const by = await fresh('rfc9580');
      const decryptionKeys = await readPrivateKey({ binaryKey: by.secret.bytes });
      const verificationKeys = (await readKey({ binaryKey: by.certificate.bytes })).toPublic();
      for (const profile of ['rfc4880', 'rfc9580'] as const)
        for (const size of SIZES) {
          const content = noise(size, size);
          const compress = size % 2 === 1;
          const sealed = await seal({ content, to: [by], by, profile, compress });
          const message = await readMessage({ binaryMessage: sealed });
          const answer = await decrypt({
            message,
            decryptionKeys,
            verificationKeys,
            expectSigned: true,
            format: 'binary',
            date: AT,
          });
          const { signatures } = answer;
          assert.ok(Buffer.from(binary(answer.data)).equals(content), `${size} bytes`);
          assert.equal(signatures.length, 1);
          assert.equal(await signatures[0]?.verified, true);
        }
    },
  },
  {
    name: 'openpgp: what it seals is opened here, with chunks of every size and with compression',
    async run() {
      const by = await fresh('rfc9580');
      const signingKeys = await readPrivateKey({ binaryKey: by.secret.bytes });
      const encryptionKeys = (await readKey({ binaryKey: by.certificate.bytes })).toPublic();
      const forms = [
        { aeadProtect: false },
        ...[0, 1, 6, 12, 16].map((aeadChunkSizeByte) => ({ aeadChunkSizeByte })),
      ];
      const { uncompressed, zlib, zip } = enums.compression;
      for (const form of forms)
        for (const preferredCompressionAlgorithm of [uncompressed, zlib, zip])
          for (const size of [0, 1, 43, 44, 45, 63, 64, 65, 4095, 4096, 300_000]) {
            const content = noise(size, size + 1);
            const answer: unknown = await encrypt({
              message: await createMessage({ binary: content, filename: 'ignored.txt' }),
              encryptionKeys,
              signingKeys,
              date: AT,
              format: 'binary',
              config: {
                ...form,
                preferredCompressionAlgorithm,
                preferredSymmetricAlgorithm: enums.symmetric.aes256,
                preferredAEADAlgorithm: enums.aead.gcm,
              },
            });
            const read = await open(binary(answer), {
              keys: [by.secret],
              signers: [by.certificate.bytes],
            });
            assert.ok(read.content.equals(content), `${size} bytes`);
          }
    },
  },
];

const ocb: Check = {
  name: 'openpgp: what it seals in OCB mode is opened here, and not when it was changed',
  async run() {
    const config = { v6Keys: true, aeadProtect: true, preferredAEADAlgorithm: enums.aead.ocb };
    const { privateKey, publicKey } = await generateKey({
      type: 'curve25519',
      userIDs: [{ name: 'Noor', email: 'noor@example.org' }],
      date: new Date('2024-01-01T00:00:00Z'),
      format: 'object',
      config,
    });
    const by = await engine.importKey(binary(privateKey.write()), undefined, AT);
    for (const aeadChunkSizeByte of [0, 6])
      for (const size of [0, 1, 43, 44, 45, 64, 4096, 100_000]) {
        const content = noise(size, size + 1);
        const answer: unknown = await encrypt({
          message: await createMessage({ binary: content }),
          encryptionKeys: publicKey,
          signingKeys: privateKey,
          date: AT,
          format: 'binary',
          config: { ...config, aeadChunkSizeByte },
        });
        const sealed = Buffer.from(binary(answer));
        const reader = { keys: [by.secret], signers: [by.certificate.bytes] };
        assert.ok((await open(sealed, { ...reader, chunk: 999 })).content.equals(content));
        assert.deepEqual([...sealed.subarray(...ocbHead(sealed))], [2, 9, 2, aeadChunkSizeByte]);
        sealed[sealed.length - 100] = (sealed[sealed.length - 100] ?? 0) ^ 1;
        await refuses('message-damaged', open(sealed, reader));
      }
  },
};

/** Where the data packet says its form: after the one session key and the packet's own header. */
function ocbHead(sealed: Uint8Array): [number, number] {
  const sessionKey = parseHeader(sealed);
  assert.ok(sessionKey?.length.kind === 'whole');
  const start = sessionKey.size + sessionKey.length.bytes;
  const at = start + (parseHeader(sealed.subarray(start))?.size ?? 0);
  return [at, at + 4];
}

/** The library on its own, as a second implementation of the bulk. */
export const libraryChecks: readonly Check[] = [...bothWays, ocb];
