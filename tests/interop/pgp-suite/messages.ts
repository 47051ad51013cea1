import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
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
import { DomainError } from '../../../main/domain/errors/index.ts';
import { parseHeader } from '../../../main/domain/pgp/packet-header.ts';
import type { NewKey } from '../../../main/domain/pgp/engine.ts';
import type { Progress } from '../../../main/domain/ports.ts';
import { MESSAGES, TEXT } from '../../fixtures/pgp/messages.ts';
import {
  AT,
  binary,
  cut,
  engine,
  fresh,
  noise,
  open,
  own,
  refuses,
  seal,
  stream,
} from './support.ts';
import type { Check, KeyName } from './support.ts';

const SENDERS: readonly (KeyName | 'interop' | 'rfc9580')[] = [
  'interop',
  'rfc9580',
  'ed25519',
  'rsa2048',
  'rsa3072',
  'nistp256',
  'nistp384',
  'nistp521',
  'subkeys',
];

const key = (name: (typeof SENDERS)[number]): Promise<NewKey> =>
  name === 'interop' || name === 'rfc9580' ? fresh(name) : own(name);

/** Every sort of key signs, and is sealed to together with another one. */
const roundTrips: Check[] = SENDERS.map((name) => ({
  name: `round trip: ${name} seals and opens`,
  async run() {
    const by = await key(name);
    const other = await fresh('interop', 'Bela Kovacs');
    const content = Buffer.concat([noise(100_000), Buffer.alloc(50_000)]);
    for (const compress of [false, true]) {
      const sealed = await seal({ content, to: [other, by], by, compress });
      for (const reader of [by, other]) {
        const { message, content: read } = await open(sealed, {
          keys: [reader.secret],
          signers: [by.certificate.bytes],
        });
        assert.ok(read.equals(content));
        assert.equal(message.signer, by.certificate.facts.fingerprint);
        assert.equal(message.openedWith, reader.certificate.facts.fingerprint);
        assert.equal(message.literalBytes, content.length);
        assert.equal(message.signedAt, '2027-06-01T12:00:00Z');
        assert.equal(message.profile, 'rfc4880');
        assert.equal(message.sealedDigest, createHash('sha256').update(sealed).digest('hex'));
        assert.deepEqual(message.warnings, []);
        const subkeys = [other, by].map(({ certificate }) =>
          certificate.facts.subkeys.find(({ can }) => can.includes('encrypt')),
        );
        assert.deepEqual(
          message.sessionKeys,
          subkeys.map((subkey) => ({ version: 3, key: subkey?.keyId })),
        );
        const verdict = await engine.verify(content, message.signature, [by.certificate.bytes], AT);
        assert.equal(verdict.signer, message.signer);
      }
      if (compress) assert.ok(sealed.length < content.length);
    }
  },
}));

/** Lengths around every boundary of the form: lengths of packets, parts, slices and chunks. */
const SIZES = [
  0, 1, 5, 6, 7, 21, 22, 23, 191, 192, 8383, 8384, 65_529, 65_530, 65_531, 65_535, 65_536, 65_537,
  131_072, 1_048_569, 1_048_570, 1_048_571, 1_048_575, 1_048_576, 1_048_577, 2_097_153,
];

const sizes: Check[] = (['rfc4880', 'rfc9580'] as const).map((profile) => ({
  name: `sizes: contents of every length around a boundary, ${profile}`,
  async run() {
    const by = await fresh('rfc9580');
    for (const size of SIZES) {
      const content = noise(size);
      const sealed = await seal({ content, to: [by], by, profile });
      const { message, content: read } = await open(sealed, {
        keys: [by.secret],
        signers: [by.certificate.bytes],
      });
      assert.ok(read.equals(content), `${size} bytes`);
      assert.equal(message.profile, profile);
    }
  },
}));

const streaming: Check[] = [
  {
    name: 'streaming: however the content and the file are cut, the result is the same',
    async run() {
      const by = await fresh('rfc9580');
      const content = noise(300_000);
      for (const profile of ['rfc4880', 'rfc9580'] as const) {
        for (const size of [1, 7, 997, 65_536, 100_000]) {
          const parts = size === 1 ? cut(content.subarray(0, 3000), 1) : cut(content, size);
          const sealed = await seal({ content: parts, to: [by], by, profile });
          const chunk = size === 1 ? 1 : size + 3;
          const { content: read } = await open(sealed, {
            keys: [by.secret],
            signers: [by.certificate.bytes],
            chunk,
          });
          assert.ok(read.equals(Buffer.concat(parts)));
        }
      }
    },
  },
  {
    name: 'streaming: stops when asked, and tells how far it is',
    async run() {
      const by = await fresh('interop');
      const content = noise(500_000);
      const progress: Progress[] = [];
      const sealed = await seal(
        { content, to: [by], by },
        { report: (step) => progress.push(step) },
      );
      assert.equal(progress.at(-1)?.done, content.length);
      progress.length = 0;
      const reader = { keys: [by.secret], signers: [by.certificate.bytes], chunk: 50_000 };
      await open(sealed, { ...reader, work: { report: (step) => progress.push(step) } });
      assert.deepEqual(progress.at(-1), {
        stage: 'opening',
        done: sealed.length,
        total: sealed.length,
      });

      const stop = new AbortController();
      const report = () => stop.abort();
      const work = { signal: stop.signal, report };
      await refuses('cancelled', seal({ content, to: [by], by }, work));
      const again = new AbortController();
      await refuses(
        'cancelled',
        open(sealed, { ...reader, work: { signal: again.signal, report: () => again.abort() } }),
      );
    },
  },
  {
    name: 'streaming: a source that fails, fails the work, and is told when it is no longer read',
    async run() {
      const by = await fresh('interop');
      let closed = false;
      const failing = async function* (): AsyncGenerator<Uint8Array, void> {
        try {
          yield noise(100_000);
          throw new Error('the disk is gone');
        } finally {
          closed = true;
        }
      };
      const request = {
        recipients: [by.certificate.bytes],
        signer: by.secret,
        compress: true,
        at: AT,
      };
      await assert.rejects(async () => {
        await drained(
          engine.seal({
            ...request,
            profile: 'rfc4880',
            content: failing(),
          }),
        );
      }, /the disk is gone/);
      assert.ok(closed);

      closed = false;
      const sealed = await seal({ content: noise(200_000), to: [by], by });
      const watched = async function* (): AsyncGenerator<Uint8Array, void> {
        try {
          yield* stream(...cut(sealed, 10_000));
        } finally {
          closed = true;
        }
      };
      await refuses(
        'not-for-us',
        open(sealed, { keys: [], signers: [], options: { source: watched() } }),
      );
      assert.ok(closed);
    },
  },
  {
    name: 'streaming: a sink that fails, fails the work at once',
    async run() {
      const by = await fresh('interop');
      const sealed = await seal({ content: noise(3_000_000), to: [by], by });
      for (const failure of [new DomainError('disk-full', { path: 'x' }), new Error('gone')]) {
        let read = 0;
        const source = async function* (): AsyncGenerator<Uint8Array, void> {
          for (const chunk of cut(sealed, 100_000)) {
            read += chunk.length;
            yield chunk;
          }
        };
        const sink = () => {
          throw failure;
        };
        const reader = { keys: [by.secret], signers: [by.certificate.bytes] };
        await assert.rejects(
          open(sealed, { ...reader, options: { source: source(), sink } }),
          (error: unknown) => error === failure,
        );
        assert.ok(read < 500_000);
      }
    },
  },
  {
    name: 'outline: read without any key',
    async run() {
      const [a, b] = [await fresh('rfc9580'), await fresh('rfc9580', 'Bela Kovacs')];
      const sealed = await seal({ content: noise(1000), to: [a, b], by: a, profile: 'rfc9580' });
      const outline = await engine.inspect(stream(sealed), sealed.length);
      assert.deepEqual(outline, {
        sessionKeys: [a, b].map(({ certificate }) => ({
          version: 6,
          key: certificate.facts.subkeys[0]?.fingerprint,
        })),
        profile: 'rfc9580',
        sealedDigest: createHash('sha256').update(sealed).digest('hex'),
        bytes: sealed.length,
      });
      await refuses('trailing-data', engine.inspect(stream(sealed, noise(1)), sealed.length + 1));
    },
  },
];

/** The library on its own, as a second implementation of the bulk. */
const library: Check[] = [
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

/** Made by GnuPG 2.2 and Sequoia, to P-256, by another key. */
const ACCEPTED = [
  'plain',
  'zip',
  'zlib',
  'hidden',
  'aes128',
  'sha512',
  'sqPadded',
  'sqPlain',
] as const;

const foreign: Check[] = [
  ...ACCEPTED.map((name) => ({
    name: `foreign message ${name}: is opened`,
    async run() {
      const [reader, signer] = [await own('nistp256'), await own('trustee')];
      const sealed = Buffer.from(MESSAGES[name], 'base64');
      for (const chunk of [1, 64, 1 << 20]) {
        const { message, content } = await open(sealed, {
          keys: [(await own('rsa2048')).secret, reader.secret],
          signers: [signer.certificate.bytes],
          chunk,
        });
        assert.equal(content.toString(), TEXT);
        assert.equal(message.signer, signer.certificate.facts.fingerprint);
        assert.equal(message.openedWith, reader.certificate.facts.fingerprint);
        // Sequoia's command line dates signatures with the day on which the fixture was made.
        if (!name.startsWith('sq')) assert.match(message.signedAt, /^2024-06-01T/);
        const verdict = await engine.verify(
          Buffer.from(TEXT),
          message.signature,
          [signer.certificate.bytes],
          AT,
        );
        assert.equal(verdict.signedAt, message.signedAt);
      }
    },
  })),
  {
    name: 'foreign message hidden: names nobody',
    async run() {
      const sealed = Buffer.from(MESSAGES.hidden, 'base64');
      const outline = await engine.inspect(stream(sealed), sealed.length);
      assert.deepEqual(outline.sessionKeys, [{ version: 3 }]);
      await refuses(
        'not-for-us',
        open(sealed, { keys: [(await own('nistp384')).secret], signers: [] }),
      );
    },
  },
];

async function drained(source: AsyncIterable<unknown>): Promise<void> {
  const all = source[Symbol.asyncIterator]();
  while ((await all.next()).done !== true);
}

export const messageChecks: readonly Check[] = [
  ...roundTrips,
  ...sizes,
  ...streaming,
  ...library,
  ocb,
  ...foreign,
];
