import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../../main/domain/digest.ts';
import { bundleOf, linesOf, resignBundle, writeLines } from '../../fixtures/bundles.ts';
import { cutBundle } from '../../fixtures/part-bundle.ts';
import { covered, fileOf, remade } from './changes.ts';
import type { Case } from './cases.ts';

export const EVIDENCE: readonly Case[] = [
  {
    name: 'a receipt taken out, and not listed',
    make: async (folder, ledger) => {
      const gone = Object.keys(bundleOf(folder).files).filter((name) =>
        name.startsWith('receipts/'),
      );
      for (const name of gone) rmSync(join(folder, name));
      await resignBundle(folder, ledger.aminaAnew, ({ files, ...rest }) => ({
        ...rest,
        files: Object.fromEntries(Object.entries(files).filter(([name]) => !gone.includes(name))),
      }));
    },
    exit: 4,
    places: ['entry 6 evidence-missing'],
  },
  {
    name: 'a receipt signed by somebody else',
    make: async (folder, ledger) => {
      const receipt = fileOf(folder, 'receipts/').replace('.asc', '.json');
      const signature = await ledger.ben.sign(readFileSync(join(folder, receipt)));
      writeFileSync(join(folder, receipt.replace('.json', '.asc')), signature);
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['receipts/*.asc receipt-signature'],
  },
  {
    name: 'a receipt moved to another package',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 6
          ? {
              ...entry,
              subject: { ...entry.subject, package: '0190a000-0000-7000-8000-000000000009' },
            }
          : entry,
      ),
    ),
    exit: 4,
    places: ['entry 6 receipt-mismatch'],
  },
  {
    name: 'another outcome than the receipt’s',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 6 ? { ...entry, detail: { ...entry.detail, kind: 'destroyed' } } : entry,
      ),
    ),
    exit: 4,
    places: ['entry 6 receipt-mismatch'],
  },
  {
    name: 'another text behind a commitment',
    make: covered('openings.jsonl', (text) => text.replace('Baobab', 'Acacia')),
    exit: 4,
    places: ['openings.jsonl line * opening-mismatch'],
  },
  {
    name: 'a text that nobody committed to',
    make: covered('openings.jsonl', (text) => {
      const salt = '0'.repeat(32);
      const digest = sha256Hex(Buffer.concat([Buffer.alloc(16), Buffer.from('Free text')]));
      return `${text}${JSON.stringify({ digest, salt, value: 'Free text' })}\n`;
    }),
    exit: 4,
    places: ['openings.jsonl line * opening-unnamed'],
  },
  {
    name: 'a text left out of a bundle that is not redacted',
    make: covered('openings.jsonl', (text) => text.split('\n').slice(1).join('\n')),
    exit: 4,
    places: ['entry * opening-missing'],
  },
  {
    name: 'all texts left out of a bundle that says so',
    make: async (folder, ledger) => {
      writeFileSync(join(folder, 'openings.jsonl'), '');
      await resignBundle(folder, ledger.aminaAnew, (bundle) => ({
        ...bundle,
        filters: { redacted: true },
      }));
    },
    exit: 0,
  },
  {
    name: 'a checkpoint of another ledger that nobody signed',
    make: covered(
      'witnesses.jsonl',
      () => `${JSON.stringify({ by: 'C'.repeat(40), checkpoint: 'x', signature: 'x' })}\n`,
    ),
    exit: 4,
    places: ['witnesses.jsonl line 1 file-malformed'],
  },
];

export const PART: readonly Case[] = [
  {
    name: 'a part of a ledger',
    make: (folder, { office, aminaAnew }) => cutBundle(folder, office, [3, 6], aminaAnew),
    exit: 0,
  },
  {
    name: 'a part of a ledger, by a signer that nobody named',
    make: (folder, { office, aminaAnew }) => cutBundle(folder, office, [3, 6], aminaAnew),
    trust: ({ ben }) => [ben.fingerprint],
    exit: 3,
  },
  {
    name: 'a part with an entry that is not in the tree',
    make: async (folder, { office, aminaAnew }) => {
      await cutBundle(folder, office, [3, 6], aminaAnew);
      const path = join(folder, 'entries.jsonl');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"FR"', '"DE"'));
      await resignBundle(folder, aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line 3 proof-wrong'],
  },
  {
    name: 'a part without one of the keys entries',
    make: async (folder, { office, aminaAnew }) => {
      await cutBundle(folder, office, [3, 6], aminaAnew);
      for (const name of ['entries.jsonl', 'proofs.jsonl'])
        writeLines(
          folder,
          name,
          linesOf(folder, name).filter((_, at) => at !== 1),
        );
      await resignBundle(folder, aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line 4 keys-chain'],
  },
  {
    name: 'a part with proofs changed about',
    make: async (folder, { office, aminaAnew }) => {
      await cutBundle(folder, office, [3, 6], aminaAnew);
      const swapped = (text: string) => text.replace(/\["([0-9a-f]+)","([0-9a-f]+)"/, '["$2","$1"');
      writeLines(folder, 'proofs.jsonl', linesOf(folder, 'proofs.jsonl').map(swapped));
      await resignBundle(folder, aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line 1 proof-wrong', 'entries.jsonl line 3 proof-wrong'],
  },
  {
    name: 'a part that cannot be compared with what was before',
    make: (folder, { office, aminaAnew }) => cutBundle(folder, office, [3, 6], aminaAnew),
    previous: 'before',
    exit: 4,
    places: ['previous previous-unclear'],
  },
];
