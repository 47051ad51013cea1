import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliOffice, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { handMadeBag, type HandMade } from '../support/hand-made.ts';

interface Failed {
  error: { code: string };
}

/** Bags made by hand, with tar and gpg: what the receiver makes of the approvals in them. */
describe('approvals in a bag made by hand', () => {
  const place = new Workplace();
  const receiver = new CliOffice(place, 'receiver');
  const gpg = new Gpg();
  let peer = '';
  let other = '';
  let again = '';

  beforeAll(() => {
    receiver.init();
    peer = gpg.makeKey('Peer');
    other = gpg.makeKey('Other Person');
    // The sender's second key: another one with the same address.
    gpg.ok([
      '--quick-generate-key',
      'Second Self <peer@gpg.example>',
      'rsa3072',
      'default',
      'never',
    ]);
    again =
      /^fpr:+([0-9A-F]{40}):/m.exec(
        gpg.ok(['--with-colons', '--list-keys', 'Second Self']).toString('utf8'),
      )?.[1] ?? '';
    gpg.importKey(readFileSync(receiver.certificate()));
    receiver.trust(place.write('peer.asc', gpg.exportKey(peer)));
  });

  afterAll(() => {
    gpg.stop();
    place.clean();
  });

  function pack(approvers: readonly string[], meddle: (bag: string) => void): string {
    const maker = new Workplace();
    try {
      const bag: HandMade = {
        id: v7(),
        sender: peer,
        recipients: [receiver.fingerprint],
        files: { 'a.txt': 'a' },
        change: (manifest) => {
          manifest['approval'] = {
            required: 1,
            approvers: approvers.map((fingerprint) => ({ name: 'Second', fingerprint })),
          };
        },
        meddle: (folder) => {
          mkdirSync(join(folder, 'approvals'));
          meddle(folder);
        },
      };
      const tar = handMadeBag(maker.folder, bag);
      const sealed = gpg.seal(peer, receiver.fingerprint, readFileSync(tar));
      return place.write(`in/${bag.id}.pgp`, sealed);
    } finally {
      maker.clean();
    }
  }
  const approve = (folder: string, named: string, by: string, over?: string) => {
    const signed = over ?? readFileSync(join(folder, 'release.json'));
    writeFileSync(
      join(folder, `approvals/${named}.asc`),
      gpg.ok(['--armor', '--local-user', by, '--detach-sign'], { input: signed }),
    );
    writeFileSync(join(folder, `approvals/${named}.cert.asc`), gpg.exportKey(by));
  };
  const taken = (path: string) => {
    const ran = receiver.run<Partial<Failed>>('inbox', 'add', path);
    return [ran.code, ran.json.error?.code];
  };

  it('takes none whose key is blocked here', () => {
    const blocked = gpg.makeKey('Blocked');
    receiver.trust(place.write('blocked.asc', gpg.exportKey(blocked)));
    receiver.ok('contact', 'block', blocked, '--reason', 'It was stolen');
    const path = pack([blocked], (bag) => {
      approve(bag, blocked, blocked);
    });
    expect(taken(path)[1]).toBe('signer-blocked');
  });

  it('takes one that is good', () => {
    const path = pack([other], (bag) => {
      approve(bag, other, other);
    });
    expect(taken(path)).toEqual([0, undefined]);
  });

  it.each<[string, () => string, string]>([
    ['none at all', () => pack([other], () => undefined), 'approvals-too-few'],
    [
      'by somebody who is not named',
      () =>
        pack([other], (bag) => {
          approve(bag, again, again);
        }),
      'bag-approval-unlisted',
    ],
    [
      'by the sender’s second key',
      () =>
        pack([again], (bag) => {
          approve(bag, again, again);
        }),
      'approval-by-sender',
    ],
    [
      'over other bytes',
      () =>
        pack([other], (bag) => {
          approve(bag, other, other, 'something else');
        }),
      'approval-invalid',
    ],
    [
      'under the name of somebody else',
      () =>
        pack([other], (bag) => {
          approve(bag, other, again);
        }),
      'approval-invalid',
    ],
  ])('%s', (_what, make, code) => {
    expect(taken(make())).toEqual([4, code]);
  });
});
