import { rmSync } from 'node:fs';
import type { Role } from '../../../main/domain/identifiers.ts';
import type { Entry } from '../../../main/domain/ledger/entry.ts';
import type { Act } from '../../../main/domain/vault/journal.ts';
import {
  entriesOf,
  exportBundle,
  linesOf,
  remakeBundle,
  resignBundle,
  writeLines,
} from '../../fixtures/bundles.ts';
import {
  finding,
  locked,
  memberAdded,
  Person,
  TestOffice,
  unlocked,
} from '../../fixtures/ledger/office.ts';
import type { Case } from './cases.ts';
import { covered, peopleOf, remade } from './changes.ts';

/** Ben with another role from the start, and his one entry (7) changed. */
const benAs = (role: Role, change: object) => (entries: readonly Entry[]) =>
  entries.map((entry) =>
    entry.seq === 2
      ? { ...entry, detail: { ...entry.detail, role } }
      : entry.seq === 7
        ? { ...entry, actor: { ...entry.actor, role }, ...change }
        : entry,
  );

/** Whom the genesis or a keys entry is about. */
const memberIn = (entries: readonly Entry[], seq: number) =>
  (entries[seq]?.detail as { readonly member?: string }).member;

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
    name: 'an entry by a key after another took its place',
    make: remade((entries) =>
      entries.map((entry) =>
        entry.seq === 11 ? { ...entry, actor: entries[10]?.actor ?? entry.actor } : entry,
      ),
    ),
    exit: 4,
    places: ['entry 11 actor-not-authorised'],
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
    make: remade(benAs('auditor', { type: 'case-closed', detail: {} })),
    exit: 4,
    places: ['entry 7 role-exceeded'],
  },
  {
    name: 'an approver who does what an officer does',
    make: remade(benAs('approver', { type: 'case-closed', detail: {} })),
    exit: 4,
    places: ['entry 7 role-exceeded'],
  },
  {
    name: 'an approver and an auditor who do what their roles may',
    make: async (folder, { aminaAnew, amina, ben }) => {
      const office = await TestOffice.founded(aminaAnew);
      const slot = (person: Person) => ({ member: person.member, header: 'a'.repeat(64) });
      await office.journal.commit(memberAdded(amina, 'approver'));
      await office.journal.commit(memberAdded(ben, 'auditor'));
      await office.journal.become(amina.as('approver'));
      const renewed: Act = { type: 'recovery-renewed', detail: slot(amina) };
      await office.journal.commit({ acts: [unlocked, renewed] });
      await office.journal.become(ben.as('auditor'));
      const changed: Act = { type: 'passphrase-changed', detail: slot(ben) };
      const { acts, openings } = finding(1, 'an approver came');
      await office.journal.commit({ acts: [changed, ...acts], openings });
      await office.journal.become(aminaAnew.as('officer'));
      await office.journal.commit({ acts: [locked] });
      rmSync(folder, { recursive: true });
      await exportBundle(office, aminaAnew, folder);
      office.dispose();
    },
    exit: 0,
  },
  {
    name: 'an auditor who changes somebody else’s passphrase',
    make: remade((entries) =>
      benAs('auditor', {
        type: 'passphrase-changed',
        detail: { member: memberIn(entries, 0), header: 'a'.repeat(64) },
      })(entries),
    ),
    exit: 4,
    places: ['entry 7 member-wrong'],
  },
  {
    name: 'a second key beside the first, made and not rotated',
    make: remade((entries) =>
      entries.map((entry) => {
        if (entry.type !== 'key-rotated') return entry;
        const { member, to: fingerprint, certificate, prevKeys } = entry.detail;
        const detail = { member, fingerprint, certificate, profile: 'interop', prevKeys };
        return { ...entry, type: 'key-made', detail };
      }),
    ),
    exit: 4,
    places: ['entry 10 member-wrong'],
  },
  {
    name: 'an officer who leaves by themselves',
    make: remade((entries) =>
      entries.map((entry) => {
        if (entry.type !== 'key-rotated') return entry;
        const { member, from: fingerprint, header, prevKeys } = entry.detail;
        const detail = { member, fingerprint, header, prevKeys };
        return { ...entry, type: 'member-removed', detail };
      }),
    ),
    exit: 4,
    places: ['entry 10 member-wrong'],
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
