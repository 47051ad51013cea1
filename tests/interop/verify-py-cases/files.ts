import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resignBundle } from '../../fixtures/bundles.ts';
import { type LivedIn } from '../../fixtures/ledger/lived-in.ts';
import { edited, fileOf } from './changes.ts';
import type { Case } from './cases.ts';

/** The first small letter is another one. A signature may be without any given letter. */
const otherLetter = (text: string) => text.replace(/[a-z]/, (found) => (found === 'z' ? 'y' : 'z'));

export const FILES: readonly Case[] = [
  ...[
    'entries.jsonl',
    'checkpoint',
    'checkpoint.asc',
    'checkpoints.jsonl',
    'openings.jsonl',
    'README.txt',
    'verify.py',
  ].map((name) => ({
    name: `a letter in ${name}`,
    make: edited(name, otherLetter),
    exit: 4 as const,
    places: [`${name} file-mismatch`],
  })),
  ...['proofs.jsonl', 'witnesses.jsonl'].map((name) => ({
    name: `a line in ${name}`,
    make: edited(name, () => '{}\n'),
    exit: 4 as const,
    places: [`${name} file-mismatch`, `${name} line 1 document-refused`],
  })),
  {
    name: 'a letter in receipts/',
    // Within the numbers of the signature: elsewhere readers may differ in what they still take.
    make: (at: string, ledger: LivedIn) =>
      edited(fileOf(at, 'receipts/'), (text) =>
        text.replace(/\n(.)(?=[^\n]*\n(?:=[^\n]*\n)?-----END)/, (_, first: string) =>
          first === 'B' ? '\nC' : '\nB',
        ),
      )(at, ledger),
    exit: 4 as const,
    places: ['receipts/* file-mismatch', 'receipts/* receipt-signature'],
  },
  ...['certificates/', 'statements/'].map((folder) => ({
    name: `a letter in ${folder}`,
    make: (at: string, ledger: LivedIn) =>
      edited(fileOf(at, folder), (text) => text.replace('a', 'b'))(at, ledger),
    exit: 4 as const,
    places: [`${folder}* file-mismatch`],
  })),
  ...['entries.jsonl', 'checkpoint', 'README.txt', 'certificates/', 'receipts/', 'statements/'].map(
    (name) => ({
      name: `${name} taken away`,
      make: (folder: string) => rmSync(join(folder, fileOf(folder, name))),
      exit: 4 as const,
      places: [`${name}* file-missing`],
    }),
  ),
  ...['bundle.json', 'bundle.json.asc'].map((name) => ({
    name: `${name} taken away`,
    make: (folder: string) => rmSync(join(folder, name)),
    exit: 4 as const,
    places: [`${name} file-missing`],
  })),
  {
    name: 'another file put in',
    make: (folder) => writeFileSync(join(folder, 'receipts', 'note.txt'), 'x'),
    exit: 4,
    places: ['receipts/note.txt file-extra'],
  },
  {
    name: 'a link in the place of a file',
    make: (folder) => {
      renameSync(join(folder, 'README.txt'), join(folder, '..', 'readme-outside'));
      symlinkSync(join(folder, '..', 'readme-outside'), join(folder, 'README.txt'));
    },
    exit: 4,
    places: ['README.txt file-missing'],
  },
  {
    name: 'a folder in the place of a file',
    make: (folder) => {
      rmSync(join(folder, 'openings.jsonl'));
      mkdirSync(join(folder, 'openings.jsonl'));
    },
    exit: 4,
    places: ['openings.jsonl file-missing'],
  },
  {
    name: 'a letter in bundle.json',
    make: edited('bundle.json', (text) => text.replace('2026-06-01', '2026-06-02')),
    exit: 4,
    places: ['bundle.json.asc bundle-signature'],
  },
  {
    name: 'a file with a name of its own',
    make: async (folder, { aminaAnew }) => {
      writeFileSync(join(folder, 'letter.txt'), 'x');
      await resignBundle(folder, aminaAnew, ({ files, ...rest }) => ({
        ...rest,
        files: { ...files, 'letter.txt': '' },
      }));
    },
    exit: 4,
    places: ['bundle.json document-refused'],
  },
  {
    name: 'a list signed by somebody else',
    make: (folder, { ben }) => resignBundle(folder, ben),
    exit: 4,
    places: ['bundle.json.asc bundle-signature'],
  },
  {
    name: 'an exporter who is no member',
    make: (folder, { peer }) =>
      resignBundle(folder, peer, (bundle) => ({
        ...bundle,
        by: { fingerprint: peer.fingerprint },
      })),
    exit: 4,
    places: ['bundle.json exporter-unknown'],
  },
];
