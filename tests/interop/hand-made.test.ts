import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliOffice, filesBelow, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { handMadeBag, type HandMade } from '../support/hand-made.ts';

interface Refused {
  error: { code: string; message: string };
}

/**
 * A company that has gpg, tar and sha256sum and nothing else. What it sends by the rules is taken
 * in; each departure from the rules has its own code, and leaves no plaintext anywhere.
 */
describe('a package made by hand', () => {
  const place = new Workplace();
  const officer = new CliOffice(place, 'officer');
  const gpg = new Gpg();
  let peer = '';
  let stranger = '';
  const MARK = 'PLAINTEXT-MARK-6f1d';

  beforeAll(() => {
    officer.init();
    gpg.importKey(readFileSync(officer.certificate()));
    peer = gpg.makeKey('Peer');
    stranger = gpg.makeKey('Stranger');
    officer.trust(place.write('peer.asc', gpg.exportKey(peer)));
  });
  afterAll(() => {
    gpg.stop();
    place.clean();
  });

  /** Packs outside the workplace's searched folders, and answers with the sealed file. */
  function pack(
    bag: Partial<HandMade> = {},
    options: { signer?: string; to?: readonly string[]; sign?: boolean } = {},
  ): { id: string; path: string } {
    const id = bag.id ?? v7();
    const maker = new Workplace();
    try {
      const tar = handMadeBag(maker.folder, {
        id,
        sender: peer,
        recipients: [officer.fingerprint],
        files: { 'letter.txt': MARK, 'deep/er/two.txt': `${MARK} two` },
        ...bag,
      });
      const to = options.to ?? [officer.fingerprint];
      const sealed = gpg.ok([
        '--trust-model',
        'always',
        '--local-user',
        options.signer ?? peer,
        ...to.flatMap((fingerprint) => ['--recipient', fingerprint]),
        '--set-filename',
        '',
        '-z',
        '0',
        ...(options.sign === false ? [] : ['--sign']),
        '--encrypt',
        '--output',
        '-',
        tar,
      ]);
      return { id, path: place.write(`in/${id}-${String(Math.random()).slice(2)}.pgp`, sealed) };
    } finally {
      maker.clean();
    }
  }

  function refused(path: string): { exit: number; code: string } {
    const ran = officer.run<Refused>('inbox', 'add', path);
    expect(ran.json.error.message.length).toBeGreaterThan(10);
    expectNoPlaintext();
    return { exit: ran.code, code: ran.json.error.code };
  }

  function expectNoPlaintext(): void {
    for (const file of filesBelow(place.folder))
      if (!file.startsWith('extracted/'))
        expect(readFileSync(place.path(file)).includes(MARK), file).toBe(false);
  }

  it('is taken in, verified and extracted', () => {
    const { id, path } = pack();
    expect(officer.ok('inbox', 'add', path)).toMatchObject({
      id,
      state: 'delivered',
      repeated: false,
    });
    expectNoPlaintext();
    officer.ok('package', 'extract', id, '--out', place.path('extracted'));
    expect(readFileSync(place.path('extracted', id, 'data/letter.txt'), 'utf8')).toBe(MARK);
    expect(officer.ok('inbox', 'add', path)).toMatchObject({ repeated: true });
  });

  it('is refused when a file is more, less or other than the manifest says', () => {
    const more = pack({
      meddle: (bag) => {
        meddleWith(bag, 'data/extra.txt', 'more');
      },
    });
    expect(refused(more.path)).toMatchObject({ exit: 4 });
    const less = pack({
      change: (manifest) => {
        (manifest['files'] as unknown[]).push({
          path: 'data/zzz.txt',
          size: 1,
          sha256: '0'.repeat(64),
          mediaType: 'text/plain',
        });
      },
    });
    expect(refused(less.path)).toMatchObject({ exit: 4 });
    const other = pack({
      meddle: (bag) => {
        meddleWith(bag, 'data/letter.txt', 'something else');
      },
    });
    expect(refused(other.path)).toMatchObject({ exit: 4 });
    const codes = [more, less, other].map(({ path }) => refused(path).code);
    expect(new Set(codes).size).toBe(3);
  });

  it('is refused when it was meant for somebody else, and a warning when somebody else can read it', () => {
    const forwarded = pack({ recipients: [stranger] });
    expect(refused(forwarded.path)).toEqual({ exit: 4, code: 'recipient-mismatch' });
    const tooMany = pack({}, { to: [officer.fingerprint, stranger] });
    expect(officer.ok<{ warnings: string[] }>('inbox', 'add', tooMany.path).warnings).toContain(
      'extra-recipient',
    );
    const notUs = pack({}, { to: [stranger] });
    expect(refused(notUs.path)).toEqual({ exit: 1, code: 'not-for-us' });
  });

  it('is refused unsigned, signed by another than it names, or by nobody we know', () => {
    expect(refused(pack({}, { sign: false }).path)).toEqual({ exit: 4, code: 'not-signed' });
    const unknown = pack({ sender: stranger }, { signer: stranger });
    expect(refused(unknown.path)).toEqual({ exit: 4, code: 'unknown-signer' });
    const items = officer.ok<{ items: { id: string; code?: string }[] }>('inbox', 'list').items;
    const waiting = items.find(({ code }) => code === 'unknown-signer')?.id ?? '';
    expect(officer.run<Refused>('inbox', 'retry', waiting).json.error.code).toBe('unknown-signer');
    officer.ok('contact', 'add', place.write('stranger.asc', gpg.exportKey(stranger)));
    expect(refused(pack({ sender: peer }, { signer: stranger }).path)).toEqual({
      exit: 4,
      code: 'sender-mismatch',
    });
    expect(officer.ok('inbox', 'retry', waiting)).toMatchObject({
      id: unknown.id,
      warnings: expect.arrayContaining(['signer-unverified']) as unknown,
    });
  });

  it('is refused with another content under an id that is here already', () => {
    const first = pack();
    officer.ok('inbox', 'add', first.path);
    const second = pack({ id: first.id, files: { 'other.txt': MARK } });
    expect(refused(second.path)).toEqual({ exit: 4, code: 'package-conflict' });
    expect(officer.ok('package', 'show', first.id)).toMatchObject({ state: 'delivered', files: 2 });
  });

  it('is refused after any flipped byte, and the good copy is still taken in', () => {
    const good = pack();
    const bytes = readFileSync(good.path);
    const places = [
      8,
      20,
      60,
      110,
      130,
      200,
      Math.floor(bytes.length / 2),
      bytes.length - 30,
      bytes.length - 1,
    ];
    for (const at of places) {
      const bad = Buffer.from(bytes);
      bad[at] = (bad[at] ?? 0) ^ 0x01;
      const ran = refused(place.write(`in/flipped-${String(at)}.pgp`, bad));
      expect([1, 4]).toContain(ran.exit);
    }
    for (const length of [0, 1, 100, bytes.length - 1]) {
      const ran = refused(place.write(`in/cut-${String(length)}.pgp`, bytes.subarray(0, length)));
      expect([1, 4]).toContain(ran.exit);
    }
    expect(refused(place.write('in/two.pgp', Buffer.concat([bytes, bytes]))).exit).toBeGreaterThan(
      0,
    );
    expect(officer.ok('inbox', 'add', good.path)).toMatchObject({ id: good.id, repeated: false });
    expect(officer.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });

  it('may not hold a link', () => {
    const linked = pack({
      meddle: (bag) => {
        symlinkSync('/etc/passwd', join(bag, 'data', 'link'));
      },
    });
    expect(refused(linked.path).exit).toBeGreaterThan(0);
  });
});

function meddleWith(bag: string, path: string, text: string): void {
  writeFileSync(join(bag, path), text);
}
