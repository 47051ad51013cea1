import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, filesBelow, Workplace, type Sealed } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';

interface Shown {
  state: string;
  recipients: { fingerprint: string; state: string; at: string }[];
  receipts: { kind: string }[];
  manifest: { id: string };
}

describe('two offices exchange a package through a folder', () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const receiver = new CliOffice(place, 'receiver');
  let id = '';
  let sealed: Sealed;

  beforeAll(() => {
    sender.init();
    receiver.init();
    acquainted(place, sender, receiver);
    const channel = place.json('channel.json', {
      name: 'share',
      kind: 'folder',
      path: place.path('share'),
    });
    sender.ok('channel', 'add', '--file', channel);
    receiver.ok('channel', 'add', '--file', channel);
    place.write('payload/records.csv', 'name,email\nAwa Sample,awa@people.example\n');
    place.write('payload/notes/one.txt', 'first\n');
  });
  afterAll(() => {
    place.clean();
  });

  it('composes, checks and seals', () => {
    id = sender.draft([receiver.fingerprint], [place.path('payload')]);
    expect(sender.ok('package', 'check', id)).toMatchObject({ ready: true, items: [] });
    sealed = sender.seal(id, place.path('out'));
    expect(sealed.path).toBe(place.path('out', `VAL-${sealed.sha256.slice(0, 16)}.pgp`));
    expect(sealed.profile).toBe('rfc4880');
    expect(filesBelow(place.path('out'))).toEqual([`VAL-${sealed.sha256.slice(0, 16)}.pgp`]);
    expect(sender.run('package', 'seal', id, '--out', place.path('out')).code).toBe(1);
  });

  it('sends and fetches, never the same thing twice', () => {
    expect(sender.ok('package', 'send', id, '--channel', 'share')).toMatchObject({
      state: 'dispatched',
    });
    const first = receiver.ok<{ taken: { id: string; state: string; warnings: string[] }[] }>(
      'exchange',
    );
    expect(first.taken).toMatchObject([{ id, state: 'delivered', warnings: [] }]);
    expect(receiver.ok('exchange')).toMatchObject({ taken: [], sent: [] });
    expect(receiver.ok('inbox', 'add', sealed.path)).toMatchObject({
      repeated: true,
      id,
      state: 'delivered',
    });
  });

  it('leaves a half-copied file for later', () => {
    const whole = readFileSync(sealed.path);
    place.write('share/VAL-0123456789abcdef.pgp', whole.subarray(0, 1000));
    expect(receiver.ok('exchange')).toMatchObject({ incomplete: ['VAL-0123456789abcdef.pgp'] });
  });

  it('extracts the bag, once', () => {
    receiver.ok('package', 'extract', id, '--out', place.path('received'));
    expect(readFileSync(place.path('received', id, 'data/payload/records.csv'), 'utf8')).toContain(
      'Awa',
    );
    execFileSync('sha256sum', ['-c', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'], {
      cwd: place.path('received', id),
    });
    const again = receiver.run<{ error: { code: string } }>(
      'package',
      'extract',
      id,
      '--out',
      place.path('received'),
    );
    expect([again.code, again.json.error.code]).toEqual([1, 'file-exists']);
  });

  it('accepts and destroys, and the sender hears it signed', () => {
    expect(receiver.ok('package', 'accept', id)).toMatchObject({ state: 'accepted' });
    receiver.ok('exchange');
    sender.ok('exchange');
    const accepted = sender.ok<Shown>('package', 'show', id);
    expect(accepted.state).toBe('accepted');
    expect(accepted.recipients).toMatchObject([
      { fingerprint: receiver.fingerprint, state: 'accepted' },
    ]);
    expect(receiver.ok('package', 'destroy', id)).toMatchObject({ state: 'destroyed' });
    receiver.ok('exchange');
    sender.ok('exchange');
    const destroyed = sender.ok<Shown>('package', 'show', id);
    expect(destroyed.state).toBe('destroyed');
    expect(destroyed.receipts.map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      'delivered',
      'destroyed',
    ]);
    expect(receiver.run('package', 'extract', id, '--out', place.path('again')).code).toBe(1);
    expect(readdirSync(`${receiver.vault}/sealed`)).not.toContain(
      `VAL-${sealed.sha256.slice(0, 16)}.pgp`,
    );
  });

  it('is one readable page on each side', () => {
    for (const office of [sender, receiver]) {
      const path = place.path(`page-${office.name}.html`);
      office.ok('package', 'page', id, '--out', path);
      const page = readFileSync(path, 'utf8');
      for (const said of [sealed.sha256, sealed.manifestDigest, 'destroyed', 'Receipts, each'])
        expect(page).toContain(said);
      expect(page).not.toContain('<script');
      const again = office.run<{ error: { code: string } }>('package', 'page', id, '--out', path);
      expect([again.code, again.json.error.code]).toEqual([1, 'file-exists']);
    }
  });

  it('proves it: both ledgers verify, the evidence stands, and the two sides agree', () => {
    for (const office of [sender, receiver]) {
      const verdict = office.ok<{ verified: boolean; entries: number; problems: unknown[] }>(
        'ledger',
        'verify',
      );
      expect(verdict).toMatchObject({ verified: true, problems: [] });
      const bundle = place.path(`bundle-${office.name}`);
      office.ok('ledger', 'export', '--out', bundle);
      const checked = execFileSync(
        'python3',
        [`${bundle}/verify.py`, bundle, '--trust', office.fingerprint],
        {
          encoding: 'utf8',
          env: { ...process.env, TMPDIR: '/tmp' },
        },
      );
      expect(checked).not.toMatch(/NOT confirmed/);
      expect(office.run('verify', bundle, '--trust', office.fingerprint).code).toBe(0);
      expect(office.run('verify', bundle).code).toBe(3);
    }
    const reconciled = sender.run(
      'reconcile',
      place.path('bundle-sender'),
      place.path('bundle-receiver'),
    );
    expect(reconciled.stdout).toContain('"findings":[]');
    expect(reconciled.code).toBe(0);
  });

  it('has a chain that three lines of shell can follow', () => {
    const script = `p=$(printf '0%.0s' $(seq 64))
      while IFS= read -r line; do case "$line" in *"\\"prev\\":\\"$p\\""*) p=$(printf %s "$line" | sha256sum | cut -d' ' -f1);; *) exit 1;; esac; done < entries.jsonl
      grep -qx "head $p" checkpoint`;
    execFileSync('bash', ['-c', script], { cwd: place.path('bundle-sender') });
  });

  it('keeps the witness: the second package carries a proof from what the first receipt saw', () => {
    place.write('second/a.txt', 'second');
    const second = sender.draft([receiver.fingerprint], [place.path('second')]);
    sender.seal(second, place.path('out2'));
    sender.ok('package', 'send', second, '--channel', 'share');
    receiver.ok('exchange');
    const entries = receiver.ok<{ entries: { type: string; detail: { witnessed?: string } }[] }>(
      'ledger',
      'show',
      '--package',
      second,
      '--type',
      'arrived',
    );
    expect(entries.entries[0]?.detail.witnessed).toBe('consistent');
  });
});

describe('a recipient who has only gpg', () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const gpg = new Gpg();
  const fingerprints: string[] = [];

  beforeAll(() => {
    sender.init();
    sender.openCase();
    gpg.importKey(readFileSync(sender.certificate()));
    for (const kind of ['ed25519', 'rsa3072'] as const) {
      const fingerprint = gpg.makeKey(`Peer ${kind}`, kind);
      sender.trust(place.write(`${kind}.asc`, gpg.exportKey(fingerprint)));
      fingerprints.push(fingerprint);
    }
    place.write('payload/a.txt', 'for gpg\n');
  });
  afterAll(() => {
    gpg.stop();
    place.clean();
  });

  it('opens it with gpg, tar and sha256sum as the README says', () => {
    for (const fingerprint of fingerprints) {
      const id = sender.draft([fingerprint], [place.path('payload')]);
      const sealed = sender.seal(id, place.path('out'));
      const bag = place.path(`${id}.tar`);
      const opened = gpg.run(['-o', bag, '-d', sealed.path]);
      expect(opened.code).toBe(0);
      for (const word of ['GOODSIG', 'VALIDSIG', 'DECRYPTION_OKAY'])
        expect(opened.status).toContain(`[GNUPG:] ${word}`);
      execFileSync('tar', ['xf', bag], { cwd: place.folder });
      execFileSync('sha256sum', ['-c', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'], {
        cwd: place.path(id),
      });
    }
  });

  it('is recorded by hand, as what we wrote down and nobody signed', () => {
    const [first = ''] = fingerprints;
    const id = sender.draft([first], [place.path('payload')]);
    sender.seal(id, place.path('out'));
    sender.ok('package', 'sent', id, '--by', 'courier');
    const letter = place.write('letter.txt', 'We have it.');
    sender.ok(
      'package',
      'record',
      id,
      '--outcome',
      'accepted',
      '--evidence',
      letter,
      '--note',
      'Letter of today',
    );
    const shown = sender.ok<{ state: string; recipients: { by: string; state: string }[] }>(
      'package',
      'show',
      id,
    );
    expect(shown).toMatchObject({
      state: 'accepted',
      recipients: [{ by: 'recorded', state: 'accepted' }],
    });
  });
});
