import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DomainError } from '../../../main/domain/errors/index.ts';
import type { NewKey } from '../../../main/domain/pgp/engine.ts';
import type { Progress } from '../../../main/domain/ports.ts';
import { MESSAGES, TEXT } from '../../fixtures/pgp/messages.ts';
import {
  AT,
  cut,
  engine,
  fresh,
  noise,
  open,
  own,
  refuses,
  seal,
  SIZES,
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

export const messageChecks: readonly Check[] = [...roundTrips, ...sizes, ...streaming, ...foreign];
