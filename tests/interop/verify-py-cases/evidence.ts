import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../../main/domain/digest.ts';
import {
  bundleOf,
  exportBundle,
  linesOf,
  resignBundle,
  writeLines,
} from '../../fixtures/bundles.ts';
import { caseId, type LivedIn } from '../../fixtures/ledger/lived-in.ts';
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

/** Puts the part that belongs to the case in the place of the whole bundle. */
const cut = async (folder: string, { office, aminaAnew }: LivedIn, redacted = false) => {
  rmSync(folder, { recursive: true });
  await exportBundle(office, aminaAnew, folder, { case: caseId, redacted });
};

export const PART: readonly Case[] = [
  {
    name: 'a part of a ledger',
    make: cut,
    exit: 0,
  },
  {
    name: 'a part of a ledger, by a signer that nobody named',
    make: cut,
    trust: ({ ben }) => [ben.fingerprint],
    exit: 3,
  },
  {
    name: 'a part with an entry that is not in the tree',
    make: async (folder, ledger) => {
      await cut(folder, ledger);
      const path = join(folder, 'entries.jsonl');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"FR"', '"DE"'));
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line 3 proof-wrong'],
  },
  {
    name: 'a part without one of the keys entries',
    make: async (folder, ledger) => {
      await cut(folder, ledger);
      for (const name of ['entries.jsonl', 'proofs.jsonl'])
        writeLines(
          folder,
          name,
          linesOf(folder, name).filter((_, at) => at !== 1),
        );
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line 5 keys-chain'],
  },
  {
    name: 'a part with proofs changed about',
    make: async (folder, ledger) => {
      await cut(folder, ledger);
      const swapped = (text: string) => text.replace(/\["([0-9a-f]+)","([0-9a-f]+)"/, '["$2","$1"');
      writeLines(folder, 'proofs.jsonl', linesOf(folder, 'proofs.jsonl').map(swapped));
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line 1 proof-wrong', 'entries.jsonl line 3 proof-wrong'],
  },
  {
    name: 'a part without names and texts',
    make: (folder, ledger) => cut(folder, ledger, true),
    exit: 0,
  },
  {
    name: 'a part without its last entry',
    make: async (folder, ledger) => {
      await cut(folder, ledger);
      for (const name of ['entries.jsonl', 'proofs.jsonl'])
        writeLines(folder, name, linesOf(folder, name).slice(0, -1));
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['checkpoint checkpoint-beyond'],
  },
  {
    name: 'a part that leaves out a text and does not say so',
    make: async (folder, ledger) => {
      await cut(folder, ledger);
      writeLines(folder, 'openings.jsonl', linesOf(folder, 'openings.jsonl').slice(1));
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['entries.jsonl line * opening-missing'],
  },
  {
    name: 'a part that passes for a whole ledger',
    make: async (folder, ledger) => {
      await cut(folder, ledger);
      await resignBundle(folder, ledger.aminaAnew, (bundle) => ({
        ...bundle,
        scope: 'whole',
        filters: { redacted: false },
      }));
    },
    exit: 4,
    places: ['entry 1 seq-wrong', 'proofs.jsonl line 1 proof-wrong'],
  },
  {
    name: 'a whole ledger that passes for a part',
    make: (folder, { aminaAnew }) =>
      resignBundle(folder, aminaAnew, (bundle) => ({ ...bundle, scope: 'part' })),
    exit: 4,
    places: ['entries.jsonl line 1 proof-wrong'],
  },
  {
    name: 'a part that cannot be compared with what was before',
    make: cut,
    previous: 'before',
    exit: 4,
    places: ['previous previous-unclear'],
  },
];
