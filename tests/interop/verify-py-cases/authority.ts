import { rmSync } from 'node:fs';
import type { Act } from '../../../main/domain/vault/journal.ts';
import {
  entriesOf,
  exportBundle,
  linesOf,
  remakeBundle,
  resignBundle,
  writeLines,
} from '../../fixtures/bundles.ts';
import { Person, TestOffice } from '../../fixtures/ledger/office.ts';
import type { Case } from './cases.ts';
import { covered, peopleOf, remade } from './changes.ts';

export const AUTHORITY: readonly Case[] = [
  {
    name: 'an entry by a key that was never added',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 7
          ? { ...entry, actor: { ...entry.actor, fingerprint: 'C'.repeat(40) } }
          : entry,
      ),
    ),
    exit: 4,
    places: ['entry 7 actor-not-authorised', 'entry 7 checkpoint-missing'],
  },
  {
    name: 'a key rotated by somebody else',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 10
          ? { ...entry, actor: { ...entry.actor, fingerprint: entries[7]?.actor.fingerprint } }
          : entry,
      ),
    ),
    exit: 4,
    places: ['entry 10 member-wrong'],
  },
  {
    name: 'a keys entry that passes over another',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 10 ? { ...entry, detail: { ...entry.detail, prevKeys: 0 } } : entry,
      ),
    ),
    exit: 4,
    places: ['entry 10 keys-chain'],
  },
  {
    name: 'a member with another role than they were given',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 2 ? { ...entry, detail: { ...entry.detail, role: 'auditor' } } : entry,
      ),
    ),
    exit: 4,
    places: ['entry 7 actor-not-authorised'],
  },
  {
    name: 'an auditor who does more than look',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 2
          ? { ...entry, detail: { ...entry.detail, role: 'auditor' } }
          : entry.seq === 7
            ? {
                ...entry,
                actor: { ...entry.actor, role: 'auditor' },
                type: 'case-closed',
                detail: {},
              }
            : entry,
      ),
    ),
    exit: 4,
    places: ['entry 7 role-exceeded'],
  },
  {
    name: 'a new key without a word of the old one',
    make: async (folder, ledger) => {
      const stranger = await Person.called('Stranger');
      const entries = entriesOf(folder).map((entry) =>
        entry.seq === 10
          ? { ...entry, detail: { ...entry.detail, to: stranger.fingerprint } }
          : entry.seq === 11
            ? { ...entry, actor: { ...entry.actor, fingerprint: stranger.fingerprint } }
            : entry,
      );
      const people = new Map([...peopleOf(ledger), [stranger.fingerprint, stranger]]);
      await remakeBundle(folder, entries, people, ledger.amina);
    },
    exit: 4,
    places: ['statements/*.json rotation-unproven'],
  },
  {
    name: 'the only officer’s lost key replaced by a new one, for which nobody vouches',
    make: async (folder, { aminaAnew }) => {
      const lost = await Person.called('Lost');
      const office = await TestOffice.founded(lost);
      await office.journal.become(aminaAnew.as('officer'));
      const { certificate, fingerprint: to } = aminaAnew;
      const detail = {
        member: lost.member,
        from: lost.fingerprint,
        to,
        certificate: certificate.sha256,
        header: 'a'.repeat(64),
      };
      const acts: Act[] = [{ type: 'key-replaced', detail }];
      await office.journal.commit({ acts, evidence: [certificate] });
      rmSync(folder, { recursive: true });
      await exportBundle(office, aminaAnew, folder);
      office.dispose();
    },
    exit: 0,
  },
  {
    name: 'nobody signed the end of a run',
    make: covered('checkpoints.jsonl', (text) =>
      text
        .split('\n')
        .filter((each) => !each.includes('\\n8\\n'))
        .join('\n'),
    ),
    exit: 4,
    places: ['entry 7 checkpoint-missing'],
  },
  {
    name: 'the end of a run signed by another',
    make: async (folder, ledger) => {
      const lines = linesOf(folder, 'checkpoints.jsonl').map(
        (each) => JSON.parse(each) as { body: string; signature: string },
      );
      const signature = (body: string) => ledger.aminaAnew.sign(body);
      const forged = await Promise.all(
        lines.map(async ({ body, signature: old }) =>
          JSON.stringify({ body, signature: body.includes('\n8\n') ? await signature(body) : old }),
        ),
      );
      writeLines(folder, 'checkpoints.jsonl', forged);
      await resignBundle(folder, ledger.aminaAnew);
    },
    exit: 4,
    places: ['checkpoints.jsonl line * checkpoint-signature', 'entry 7 checkpoint-missing'],
  },
];
