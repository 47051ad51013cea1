import { afterAll, describe, expect, test } from 'vitest';
import { openNow, Peer, sealNow } from './pgp-peers.ts';
import { engine, fresh, noise } from './pgp-suite/support.ts';

const CONTENT = noise(300_000);

const peers: Peer[] = [];
afterAll(() => {
  for (const peer of peers) peer.close();
});
const peer = (): Peer => {
  const made = new Peer();
  peers.push(made);
  return made;
};

async function withGosop(): Promise<void> {
  const gosop = peer();
  const must = (args: readonly string[], input: Uint8Array | string = '') => {
    const ran = gosop.run('gosop', args, input);
    if (ran.exit !== 0) throw new Error(`gosop ${args.join(' ')}: ${ran.errors}`);
    return ran.out;
  };
  const ours = await fresh('interop');
  const secret = must(['generate-key', 'Officer <officer@example.org>']);
  const theirs = await engine.importKey(secret, undefined, new Date(Date.now() + 1000));
  const key = gosop.file('key', secret);
  const ourCert = gosop.file('ours', engine.armor(ours.certificate.bytes));

  // This version prints what it decrypts as text, so only text comes out as it went in.
  const text = Buffer.from('It opens at the other end.\n'.repeat(9000));
  const sealed = await sealNow({ content: text, to: [theirs], by: ours });
  const verifications = gosop.file('verifications', '');
  const read = must(
    ['decrypt', '--verify-with', ourCert, '--verify-out', verifications, key],
    sealed,
  );
  expect(read.equals(text)).toBe(true);
  expect(gosop.read('verifications').toString()).toContain(ours.certificate.facts.fingerprint);

  const back = must(['encrypt', '--no-armor', '--sign-with', key, ourCert], CONTENT);
  const opened = await openNow(back, { keys: [ours.secret], signers: [theirs.certificate.bytes] });
  expect(opened.content.equals(CONTENT)).toBe(true);

  const signature = must(['sign', key], CONTENT);
  const verdict = await engine.verify(CONTENT, signature, [theirs.certificate.bytes], new Date());
  expect(verdict.signer).toBe(theirs.certificate.facts.fingerprint);
  const ourSignature = gosop.file('signature', await engine.sign(CONTENT, ours.secret, new Date()));
  must(['verify', ourSignature, ourCert], CONTENT);
}

async function withRnp(): Promise<void> {
  const rnp = peer();
  const must = (program: string, args: readonly string[], input: Uint8Array | string = '') => {
    const ran = rnp.run(
      program,
      ['--homedir', rnp.home, '--password', 'secret', '--notty', ...args],
      input,
    );
    if (ran.exit !== 0) throw new Error(`${program} ${args.join(' ')}: ${ran.errors}`);
    return ran.out;
  };
  const ours = await fresh('interop');
  must('rnpkeys', ['--generate-key', '--userid', 'Officer <officer@example.org>']);
  must('rnpkeys', ['--import-keys', rnp.file('ours', ours.certificate.bytes)]);
  const exported = must('rnpkeys', ['--export-key', '--secret', 'officer@example.org']);
  const theirs = await engine.importKey(exported, 'secret', new Date(Date.now() + 1000));

  const sealed = await sealNow({ content: CONTENT, to: [theirs], by: ours });
  const read = must('rnp', ['--decrypt', '--output', '-', rnp.file('sealed', sealed)]);
  expect(read.equals(CONTENT)).toBe(true);

  const content = rnp.file('content', CONTENT);
  for (const form of [
    ['-z', '0'],
    ['--zip', '-z', '6'],
    ['--zlib', '-z', '6'],
  ]) {
    const to = [
      '--recipient',
      ours.certificate.facts.fingerprint,
      '--userid',
      'officer@example.org',
    ];
    const back = must('rnp', [
      '--encrypt',
      '--sign',
      ...to,
      ...form,
      '--cipher',
      'AES256',
      '--output',
      '-',
      content,
    ]);
    const opened = await openNow(back, {
      keys: [ours.secret],
      signers: [theirs.certificate.bytes],
    });
    expect(opened.content.equals(CONTENT)).toBe(true);
  }
}

describe('other OpenPGP programs', () => {
  test('gosop: messages and signatures both ways', withGosop);
  test('rnp: messages and signatures both ways', withRnp);
});
