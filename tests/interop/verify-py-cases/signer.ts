import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportBundle, linesOf, resignBundle, writeLines } from '../../fixtures/bundles.ts';
import { livedIn } from '../../fixtures/ledger/lived-in.ts';
import { unlocked } from '../../fixtures/ledger/office.ts';
import { remade } from './changes.ts';
import type { Case } from './cases.ts';

export const WITHOUT_TRUST: readonly Case[] = [
  { name: 'a good bundle', make: () => undefined, exit: 0, says: 'Verified: consistent' },
  {
    name: 'nobody trusted',
    make: () => undefined,
    trust: () => [],
    exit: 3,
    says: 'signer NOT confirmed: compare',
  },
  {
    name: 'somebody else trusted',
    make: () => undefined,
    trust: ({ peer }) => [peer.fingerprint],
    exit: 3,
    says: 'signer NOT confirmed',
  },
  {
    name: 'an earlier signer trusted',
    make: () => undefined,
    trust: ({ ben }) => [ben.fingerprint],
    exit: 0,
    says: 'Verified up to size 8',
  },
  {
    name: 'the key before the rotation trusted',
    make: () => undefined,
    trust: ({ amina }) => [amina.fingerprint],
    exit: 0,
    says: 'Verified up to size 11',
  },
  {
    name: 'a ledger made anew under another key',
    make: async (folder) => {
      const { office, aminaAnew } = await livedIn();
      rmSync(folder, { recursive: true });
      await exportBundle(office, aminaAnew, folder);
      office.dispose();
    },
    exit: 3,
  },
];

export const PREVIOUS: readonly Case[] = [
  { name: 'the same ledger before', make: () => undefined, previous: 'bundle', exit: 0 },
  {
    name: 'the ledger goes on',
    make: async (folder, { office, aminaAnew }) => {
      rmSync(folder, { recursive: true });
      await office.journal.commit({ acts: [unlocked] });
      await exportBundle(office, aminaAnew, folder);
    },
    previous: 'bundle',
    exit: 0,
  },
  {
    name: 'another ledger before',
    make: () => undefined,
    previous: 'another',
    exit: 4,
    places: ['previous previous-other'],
  },
  {
    name: 'the end cut off, and an older genuine checkpoint used',
    make: async (folder, ledger) => {
      const [kept = ''] = linesOf(folder, 'checkpoints.jsonl').filter((each) =>
        each.includes('\\n11\\n'),
      );
      const { body, signature } = JSON.parse(kept) as { body: string; signature: string };
      writeLines(folder, 'entries.jsonl', linesOf(folder, 'entries.jsonl').slice(0, 11));
      const lines = linesOf(folder, 'checkpoints.jsonl');
      writeLines(
        folder,
        'checkpoints.jsonl',
        lines.filter((each) => !each.includes('\\n12\\n')),
      );
      writeFileSync(join(folder, 'checkpoint'), body);
      writeFileSync(join(folder, 'checkpoint.asc'), signature);
      await resignBundle(folder, ledger.aminaAnew);
    },
    trust: ({ amina }) => [amina.fingerprint],
    previous: 'bundle',
    exit: 4,
    places: ['previous rollback'],
  },
  {
    name: 'other entries with the same keys',
    make: remade((entries) =>
      entries.map((entry) => (entry.seq === 7 ? { ...entry, at: '2026-05-03T12:50:59Z' } : entry)),
    ),
    previous: 'bundle',
    exit: 4,
    places: ['previous fork'],
  },
  {
    name: 'other entries with the same keys, where a counterparty saw the first ones',
    make: remade((entries) =>
      entries.map((entry) => (entry.seq === 4 ? { ...entry, at: '2026-05-03T12:05:59Z' } : entry)),
    ),
    exit: 4,
    places: ['receipts/*.json fork'],
  },
  {
    name: 'fewer entries than a counterparty saw',
    make: remade((entries) => entries.slice(0, 4)),
    trust: () => [],
    exit: 4,
    places: ['receipts/*.json rollback'],
  },
];
