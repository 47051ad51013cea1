import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Apache, PASSWORD, USER } from '../support/apache.ts';
import { acquainted, CliOffice, Workplace } from '../support/cli.ts';
import { LIMIT_KIB, peakMemory } from '../support/peak-memory.ts';
import { Sshd } from '../support/sshd.ts';

/** More than all the memory that the work may take. */
const BYTES = 1024 ** 3;

/** One package for two offices, each of which fetches it from a server of another kind. */
describe('a package of 1 GiB', () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const overSftp = new CliOffice(place, 'sftp');
  const overWebdav = new CliOffice(place, 'webdav');
  let sshd: Sshd;
  let apache: Apache;
  let id = '';

  beforeAll(async () => {
    for (const office of [sender, overSftp, overWebdav]) office.init();
    acquainted(place, sender, overSftp);
    sender.trust(overWebdav.certificate());
    overWebdav.trust(place.path('sender.asc'));
    sshd = await Sshd.start(place.path('sshd'));
    apache = await Apache.start(place.path('apache'));
    place.write('password', `${PASSWORD}\n`);
    const channels = {
      sftp: {
        ...{ kind: 'sftp', host: '127.0.0.1', port: sshd.port, user: sshd.user },
        ...{ path: place.path('share'), privateKeyFile: sshd.key },
      },
      webdav: {
        ...{ kind: 'webdav', url: apache.url(), user: USER },
        ...{ passwordFile: place.path('password'), authorityFile: apache.authority },
      },
    };
    for (const [name, channel] of Object.entries(channels)) {
      const file = place.json(`${name}.json`, { name, ...channel });
      for (const office of [sender, name === 'sftp' ? overSftp : overWebdav])
        office.ok('channel', 'add', '--file', file);
    }
    const block = randomBytes(16 << 20);
    const file = openSync(place.path('large.bin'), 'w');
    for (let written = 0; written < BYTES; written += block.length) {
      block.writeUInt32LE(written / block.length, 0);
      writeSync(file, block);
    }
    closeSync(file);
    const recipients = [overSftp.fingerprint, overWebdav.fingerprint];
    id = sender.draft(recipients, [place.path('large.bin')]);
    sender.seal(id, place.path('out'));
  });
  afterAll(async () => {
    await sshd.stop();
    await apache.stop();
    place.clean();
  });

  for (const [kind, receiver] of [
    ['sftp', overSftp],
    ['webdav', overWebdav],
  ] as const)
    it(`is sent and fetched over ${kind} in flat memory`, { timeout: 600_000 }, async () => {
      const began = Date.now();
      const sending = await peakMemory(sender, ['package', 'send', id, '--channel', kind]);
      const sent = Date.now();
      const fetching = await peakMemory(receiver, ['exchange']);
      console.info(
        `VmHWM over ${kind}: send ${String(sending)}, fetch and verify ${String(fetching)} KiB; ` +
          `${String(sent - began)} and ${String(Date.now() - sent)} ms`,
      );
      for (const peak of [sending, fetching]) {
        expect(peak).toBeGreaterThan(0);
        expect(peak).toBeLessThan(LIMIT_KIB);
      }
      expect(receiver.ok('package', 'show', id)).toMatchObject({ state: 'delivered' });
    });
});
