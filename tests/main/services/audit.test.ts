import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeEntry } from '../../../main/domain/ledger/entry.ts';
import { sampleRank } from '../../../main/domain/ledger/sample.ts';
import type { OpenVault } from '../../../main/domain/vault/open-vault.ts';
import { Audit } from '../../../main/services/audit.ts';
import { History } from '../../../main/services/history.ts';
import {
  Bench,
  OFFICER,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  refused,
} from '../../support/vault-bench.ts';

let bench: Bench;
let session: OpenVault;
const JEAN = { name: 'Jean Moreau', email: 'jean.moreau@audit.example' };

const auditOf = (open: OpenVault) => {
  const desk = bench.desk(open);
  return new Audit(desk, new History(desk));
};
const turnTo = async (passphrase: string) => {
  await bench.service.lock(session, 'quit');
  bench.later(60);
  session = await bench.unlock(passphrase);
};

/** An auditor in front of a ledger that an officer filled. */
beforeEach(async () => {
  bench = new Bench();
  ({ session } = await bench.create());
  await bench.members(session).add({ ...JEAN, role: 'auditor', passphrase: OTHER_PASSPHRASE });
  for (let number = 0; number < 20; number += 1)
    await session.journal.commit({
      acts: [{ type: 'policy-changed', detail: { policy: 'a'.repeat(64) } }],
    });
  await turnTo(OTHER_PASSPHRASE);
});
afterEach(async () => {
  await session.close();
  bench.end();
});

describe('a sample', () => {
  it('is drawn by rank, and says what it takes to draw it again', async () => {
    const before = session.ledger.size();
    const sample = await auditOf(session).sample({ seed: 'dice 1', count: 5 });
    const all = Array.from({ length: before }, (_, seq) => seq);
    all.sort((a, b) => (sampleRank('dice 1', a) < sampleRank('dice 1', b) ? -1 : 1));
    expect(sample.items.map(({ seq }) => seq)).toEqual(all.slice(0, 5));
    expect(sample).toMatchObject({ seed: 'dice 1', count: 5, size: before, among: before });
    expect(sample.root).toMatch(/^[0-9a-f]{64}$/);
    expect(sample.items[0]).toMatchObject({ draw: 1, rank: sampleRank('dice 1', all[0] ?? -1) });
    expect(session.ledger.size()).toBe(before);
  });

  it('is drawn again as the ledger was', async () => {
    const audit = auditOf(session);
    const first = await audit.sample({ seed: 'dice 1', count: 5 });
    await audit.note({ entry: 0, text: 'The ledger grows.' });
    const { size } = first;
    expect(await audit.sample({ seed: 'dice 1', count: 5, size })).toEqual(first);
    expect((await audit.sample({ seed: 'dice 1', count: 5 })).root).not.toBe(first.root);
  });

  it('is drawn from what a filter lets through', async () => {
    const filter = { types: ['policy-changed'] as const };
    const sample = await auditOf(session).sample({ seed: 's', count: 500, filter });
    expect(sample).toMatchObject({ among: 20, filter });
    expect(new Set(sample.items.map(({ type }) => type))).toEqual(new Set(['policy-changed']));
    const seqs = sample.items.map(({ seq }) => seq).sort((a, b) => a - b);
    const early = await auditOf(session).sample({ seed: 's', count: 500, filter, size: seqs[3]! });
    expect(early.among).toBe(3);
  });

  it('is refused where there is nothing to draw from', async () => {
    const audit = auditOf(session);
    const size = session.ledger.size() + 1;
    await expect(audit.sample({ seed: 's', count: 1, size })).rejects.toEqual(
      refused('sample-beyond'),
    );
    await expect(audit.sample({ seed: '', count: 1 })).rejects.toEqual(refused('input-refused'));
    await expect(audit.sample({ seed: 's', count: 0 })).rejects.toEqual(refused('input-refused'));
    const stop = AbortSignal.abort();
    await expect(audit.sample({ seed: 's', count: 1 }, { signal: stop })).rejects.toEqual(
      refused('cancelled'),
    );
  });
});

describe('a finding', () => {
  it('is an entry of the auditor’s, and its text a commitment', async () => {
    const audit = auditOf(session);
    const finding = await audit.note({ entry: 3, text: '  The approval is missing.  ' });
    const { bytes, seq } = session.ledger.entry(session.ledger.size() - 1)!;
    const entry = decodeEntry(bytes, seq);
    expect(entry).toMatchObject({
      type: 'finding',
      actor: { fingerprint: session.member.fingerprint, role: 'auditor' },
      detail: { entry: 3 },
    });
    expect(Buffer.from(bytes).toString()).not.toContain('approval');
    expect(finding).toMatchObject({
      seq,
      entry: 3,
      text: 'The approval is missing.',
      by: { name: JEAN.name, role: 'auditor' },
    });
    expect(audit.notes()).toEqual([finding]);
    const checkpoint = session.ledger.lastCheckpoint()!;
    const { certificate } = session;
    const verdict = await bench.engine.verify(
      Buffer.from(checkpoint.body),
      checkpoint.signature,
      [certificate.bytes],
      bench.clock.now(),
    );
    expect(verdict.signer).toBe(session.member.fingerprint);
  });

  it('is read by the officer, with the auditor’s name', async () => {
    await auditOf(session).note({ entry: 0, text: 'Two keys, one person.' });
    await turnTo(PASSPHRASE);
    expect(auditOf(session).notes()).toMatchObject([
      { entry: 0, text: 'Two keys, one person.', by: { name: JEAN.name, role: 'auditor' } },
    ]);
  });

  it('is about an entry that there is, and says something', async () => {
    const audit = auditOf(session);
    const before = session.ledger.size();
    await expect(audit.note({ entry: before, text: 'x' })).rejects.toEqual(
      refused('entry-unknown'),
    );
    await expect(audit.note({ entry: 0, text: '   ' })).rejects.toEqual(refused('input-refused'));
    expect(session.ledger.size()).toBe(before);
  });
});

describe('an auditor’s history', () => {
  it('has the names that the ledger itself knows', () => {
    const [genesis] = new History(bench.desk(session)).rows({ types: ['genesis'] });
    expect(genesis?.actor.name).toBe(OFFICER.name);
  });
});
