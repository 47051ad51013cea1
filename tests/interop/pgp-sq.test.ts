import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewKey } from '../../main/domain/pgp/engine.ts';
import { Peer, openNow, sealNow } from './pgp-peers.ts';
import { engine, fresh, noise } from './pgp-suite/support.ts';

const SUITES = ['cv25519', 'rsa3k'] as const;

describe('Sequoia', () => {
  const sq = new Peer();
  const theirs = new Map<string, NewKey>();
  let ours: NewKey;

  const must = (args: readonly string[], input: Uint8Array | string = '') => {
    const ran = sq.run('sq', args, input);
    if (ran.exit !== 0) throw new Error(`sq ${args.join(' ')}: ${ran.errors}`);
    return ran.out;
  };
  const path = (name: string) => `${sq.home}/${name}`;
  const made = (suite: string) => {
    const found = theirs.get(suite);
    if (!found) throw new Error(suite);
    return found;
  };

  beforeAll(async () => {
    for (const suite of SUITES) {
      const key = path(`${suite}.key`);
      must([
        'key',
        'generate',
        '--cipher-suite',
        suite,
        '--userid',
        `Officer <${suite}@example.org>`,
        '--export',
        key,
      ]);
      must(['key', 'extract-cert', '--output', path(`${suite}.cert`), key]);
      theirs.set(suite, await engine.importKey(sq.read(`${suite}.key`), undefined, new Date()));
    }
    ours = await fresh('interop');
    sq.file('ours.cert', engine.armor(ours.certificate.bytes));
    sq.file('ours.key', ours.secret.bytes);
  });
  afterAll(() => sq.close());

  test.each(SUITES)('opens and verifies what is sealed to its %s key', async (suite) => {
    for (const size of [0, 1, 65_536, 1_000_001])
      for (const compress of [false, true]) {
        const content = noise(size);
        const sealed = await sealNow({ content, to: [made(suite), ours], by: ours, compress });
        for (const key of [`${suite}.key`, 'ours.key']) {
          const args = ['--recipient-key', path(key), '--signer-cert', path('ours.cert')];
          const read = must(['decrypt', '--signatures', '1', ...args], sealed);
          expect(read.equals(content)).toBe(true);
        }
      }
  });

  test.each(SUITES)('signs with a subkey of %s and encrypts to us', async (suite) => {
    const { certificate } = made(suite);
    for (const compression of ['none', 'pad', 'zip', 'zlib'])
      for (const size of [0, 1, 5000, 1_000_001]) {
        const content = Buffer.concat([noise(size), Buffer.alloc(size)]);
        const args = ['--signer-key', path(`${suite}.key`), '--recipient-cert', path('ours.cert')];
        const sealed = must(
          ['encrypt', '--binary', '--compression', compression, ...args],
          content,
        );
        const read = await openNow(sealed, { keys: [ours.secret], signers: [certificate.bytes] });
        expect(read.content.equals(content)).toBe(true);
        expect(read.message.signer).toBe(certificate.facts.fingerprint);
      }
  });

  test('verifies our detached signatures, and we verify its', async () => {
    const content = noise(5000);
    sq.file('content', content);
    sq.file('content.asc', await engine.sign(content, ours.secret, new Date()));
    must([
      'verify',
      '--signer-cert',
      path('ours.cert'),
      '--detached',
      path('content.asc'),
      path('content'),
    ]);
    for (const suite of SUITES) {
      const { certificate } = made(suite);
      const signature = must([
        'sign',
        '--detached',
        '--signer-key',
        path(`${suite}.key`),
        path('content'),
      ]);
      const candidates = [ours.certificate.bytes, certificate.bytes];
      const verdict = await engine.verify(content, signature, candidates, new Date());
      expect(verdict.signer).toBe(certificate.facts.fingerprint);
    }
  });
});
