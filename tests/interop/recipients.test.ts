import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliOffice, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';
import { within } from '../support/in-process.ts';
import { engine } from './pgp-suite/support.ts';

/** One sealed file, many readers: the first has GnuPG, the last has Sequoia, each opens it alone. */
describe('a package for several recipients', () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const gpg = new Gpg();
  const sq = (...args: string[]) => execFileSync('sq', args, { env: place.env, stdio: 'pipe' });
  const others: string[] = [];
  let first = '';
  let last = '';

  beforeAll(async () => {
    sender.init();
    sender.openCase();
    gpg.importKey(readFileSync(sender.certificate()));
    first = gpg.makeKey('First');
    sender.trust(place.write('first.asc', gpg.exportKey(first)));
    const key = place.path('last.key');
    sq('key', 'generate', '--userid', 'Last <last@sq.example>', '--export', key);
    sq('key', 'extract-cert', '--output', place.path('last.asc'), key);
    last = sender.trust(place.path('last.asc'));
    await within(sender, async (open) => {
      for (let number = 2; number < 50; number += 1) {
        const email = `officer.${String(number)}@many.example`;
        const at = new Date();
        const made = await engine.makeKey({ name: 'Officer', email, profile: 'interop', at });
        const { fingerprint } = await open.contacts.add({
          certificate: made.certificate.bytes,
          name: `Officer ${String(number)}`,
          organisation: 'Many',
          via: 'paste',
        });
        await open.contacts.verify(fingerprint, 'in-person', undefined);
        others.push(fingerprint);
      }
    });
    place.write('payload/a.txt', 'for all of them\n');
  });
  afterAll(() => {
    gpg.stop();
    place.clean();
  });

  it.each([1, 8, 50])('opens for each of %i', (count) => {
    const between = others.slice(0, Math.max(0, count - 2));
    const recipients = count === 1 ? [[first], [last]] : [[first, ...between, last]];
    for (const [number, to] of recipients.entries()) {
      const id = sender.draft(to, [place.path('payload')]);
      const { path } = sender.seal(id, place.path('out'));
      const bags: string[] = [];
      if (to.includes(first)) {
        const bag = place.path(`gpg-${id}.tar`);
        const opened = gpg.run(['-o', bag, '-d', path]);
        expect(opened.code).toBe(0);
        for (const word of ['GOODSIG', 'VALIDSIG', 'DECRYPTION_OKAY'])
          expect(opened.status).toContain(`[GNUPG:] ${word}`);
        // Everybody named, and the sender last: nobody is hidden, nobody is there twice.
        expect(opened.status.match(/^\[GNUPG:\] ENC_TO /gm)).toHaveLength(to.length + 1);
        bags.push(bag);
      }
      if (to.includes(last)) {
        const bag = place.path(`sq-${id}-${String(number)}.tar`);
        const signer = place.path('sender.asc');
        const reader = ['--recipient-key', place.path('last.key'), '--signer-cert', signer];
        sq('decrypt', '--signatures', '1', ...reader, '--output', bag, path);
        bags.push(bag);
      }
      for (const bag of bags) {
        const folder = `${bag}.out`;
        execFileSync('mkdir', [folder]);
        execFileSync('tar', ['xf', bag, '-C', folder]);
        const lists = ['manifest-sha256.txt', 'tagmanifest-sha256.txt'];
        execFileSync('sha256sum', ['--quiet', '-c', ...lists], { cwd: `${folder}/${id}` });
      }
    }
  });
});
