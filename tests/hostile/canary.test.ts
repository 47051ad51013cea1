import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, filesBelow, releaseFor, Workplace } from '../support/cli.ts';
import { formsOf } from '../support/canary.ts';

/**
 * What a thief of the vault's folder, of the anchors and of the temporary folder must not find:
 * looked for as UTF-8, as UTF-16 and in base64 at each of its three alignments.
 */
describe('nothing readable is left on the disk', () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const receiver = new CliOffice(place, 'receiver');
  const canaries = {
    passphrase: sender.passphrase,
    person: 'Officer sender',
    address: 'sender@office.example',
    office: 'Office receiver',
    caseName: 'CANARY-CASE-4411',
    caseTitle: 'Canary title of the case',
    fileName: 'canary-file-name.csv',
    description: 'canary description of the file',
    purpose: 'canary purpose of this release',
    payload: 'canary payload line one',
    note: 'canary note of the comparison',
    channel: 'canary channel name',
  };

  beforeAll(() => {
    sender.init();
    receiver.init();
    acquainted(place, sender, receiver);
    sender.ok(
      'contact',
      'verify',
      receiver.fingerprint,
      '--method',
      'video',
      '--note',
      canaries.note,
    );
    sender.ok(
      'case',
      'new',
      '--file',
      place.json('in/case.json', {
        reference: canaries.caseName,
        title: canaries.caseTitle,
        counterpart: [],
      }),
    );
    place.write(`in/${canaries.fileName}`, `${canaries.payload}\n`);
    const release = place.json('in/release.json', {
      ...releaseFor([receiver.fingerprint]),
      purpose: canaries.purpose,
      descriptions: { [canaries.fileName]: canaries.description },
    });
    const { id } = sender.ok<{ id: string }>(
      'package',
      'new',
      '--case',
      canaries.caseName,
      '--file',
      release,
      place.path('in', canaries.fileName),
    );
    const channel = place.json('in/channel.json', {
      name: canaries.channel,
      kind: 'folder',
      path: place.path('share'),
    });
    sender.ok('channel', 'add', '--file', channel);
    receiver.ok('channel', 'add', '--file', channel);
    sender.seal(id, place.path('in/out'));
    sender.ok('package', 'send', id, '--channel', canaries.channel);
    receiver.ok('exchange');
    receiver.ok('package', 'accept', id);
    receiver.ok('package', 'extract', id, '--out', place.path('in/extracted'));
    receiver.ok('exchange');
    sender.ok('exchange');
    sender.ok('ledger', 'verify');
  });
  afterAll(() => {
    place.clean();
  });

  it('finds its canaries where they are meant to be, so that the search itself is known to work', () => {
    const found = filesBelow(place.path('in')).some((file) =>
      readFileSync(place.path('in', file)).includes(canaries.payload),
    );
    expect(found).toBe(true);
  });

  for (const [what, text] of Object.entries(canaries))
    it(`no ${what} in vaults, anchors, shares or temporary files`, () => {
      const forms = formsOf(text);
      for (const file of filesBelow(place.folder)) {
        // The officer's own inputs and outputs, and the certificates that were handed out.
        if (file.startsWith('in/') || file.endsWith('.asc') || file.endsWith('.json')) continue;
        const bytes = readFileSync(place.path(file));
        for (const form of forms) expect(bytes.includes(form), `${what} in ${file}`).toBe(false);
        expect(file.includes(text), `${what} as a name: ${file}`).toBe(false);
      }
      for (const file of filesBelow(place.folder).filter((name) =>
        /^(?:vault-|state\/)/.test(name),
      )) {
        const bytes = readFileSync(place.path(file));
        for (const form of forms) expect(bytes.includes(form), `${what} in ${file}`).toBe(false);
      }
    });
});
