import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDomainError } from '../../main/domain/errors/index.ts';
import type { PackageView } from '../../main/services/packages.ts';
import { filesBelow, releaseFor } from '../support/cli.ts';
import { twoOffices, type OpenedOffice, type TwoOffices } from '../support/two-offices.ts';

const SECRET = 'Awa Sample lives in the Rue des Exemples';

describe('after delivery', () => {
  let both: TwoOffices;
  let sender: OpenedOffice;
  let receiver: OpenedOffice;

  beforeAll(async () => {
    both = await twoOffices('2026-02-01T09:00:00Z');
    ({ sender, receiver } = both);
    await sender.open.cases.open({ reference: 'CASE-1', title: 'Records', counterpart: ['FR'] });
    both.place.write('payload/records.csv', `name\n${SECRET}\n`);
  });
  afterAll(() => both.close());

  /** Sealed, sent and fetched: the package's id. */
  async function delivered(
    change: Record<string, unknown> = {},
    from: OpenedOffice = sender,
    reference = 'CASE-1',
  ): Promise<string> {
    const to = from === sender ? receiver : sender;
    const release = {
      ...releaseFor([to.fingerprint]),
      transferBasis: ['A45-3'],
      ...change,
    };
    const { id } = await from.open.drafts.make(reference, release, [both.place.path('payload')]);
    await from.open.sealing.seal(id);
    await from.open.exchange.send(id, 'share');
    await both.exchange();
    return id;
  }
  const ours = (id: string): PackageView => sender.open.packages.show(id);
  const theirs = (id: string): PackageView => receiver.open.packages.show(id);
  const codes = async ({ open }: OpenedOffice, id: string) =>
    (await open.overview.attention()).filter((item) => item.id === id).map(({ code }) => code);
  const refusal = async (work: () => Promise<unknown>): Promise<string> => {
    try {
      await work();
    } catch (error) {
      if (isDomainError(error)) return error.code;
      throw error;
    }
    return 'none';
  };

  it('keeps what is held beyond its date, and destroys it when the hold ends', async () => {
    const id = await delivered({ retention: { deleteBy: '2026-02-10', action: 'destroy' } });
    await receiver.open.decisions.accept(id);
    await both.exchange();
    expect(await codes(receiver, id)).toEqual([]);
    both.clock.set('2026-02-11T09:00:00Z');
    expect(await codes(receiver, id)).toEqual(['retention-due']);
    await both.exchange();
    expect(await codes(sender, id)).toEqual(['destruction-overdue']);

    await receiver.open.decisions.hold(id, 'legal-hold');
    expect(theirs(id).hold?.reason).toBe('legal-hold');
    expect(await codes(receiver, id)).toEqual([]);
    expect(await refusal(() => receiver.open.decisions.destroy(id))).toBe('package-held');
    expect(theirs(id).can).not.toContain('destroy');
    expect(await refusal(() => receiver.open.decisions.hold(id, 'audit'))).toBe(
      'package-hold-state',
    );
    expect(await refusal(() => receiver.open.decisions.hold(id, 'because'))).toBe(
      'package-hold-state',
    );

    await receiver.open.decisions.hold(id, undefined);
    await receiver.open.decisions.destroy(id);
    await both.exchange();
    expect(ours(id).recipients[0]).toMatchObject({ state: 'destroyed', by: 'signed' });
    expect(await codes(sender, id)).toEqual([]);
    const certificate = ours(id).receipts.find(({ kind }) => kind === 'destroyed');
    expect(certificate?.reason?.text).toContain('cannot promise');
  });

  it('leaves no file and no row of a payload that was destroyed', async () => {
    const id = await delivered();
    const sealed = theirs(id).sealed?.fileName ?? '';
    expect(readdirSync(`${receiver.vault}/sealed`)).toContain(sealed);
    await receiver.open.decisions.accept(id);
    await receiver.open.decisions.destroy(id);
    expect(readdirSync(`${receiver.vault}/sealed`)).not.toContain(sealed);
    const { records } = receiver.open.session;
    const rows = (['packages', 'draft_files', 'cases', 'settings', 'outgoing', 'seen'] as const)
      .flatMap((table) => records.list(table))
      .map((row) => JSON.stringify(row))
      .join('\n');
    expect(rows).not.toContain(SECRET);
    expect(records.count('draft_files', { idPrefix: id })).toBe(0);
    for (const file of filesBelow(receiver.vault))
      expect(readFileSync(`${receiver.vault}/${file}`).includes(SECRET)).toBe(false);
    expect(await refusal(() => receiver.open.extraction.extract(id, both.place.path('x')))).toBe(
      'package-gone',
    );
    expect((await receiver.open.ledger.verify()).verified).toBe(true);
  });

  it('points out what files hold, when they are added and when they arrive', async () => {
    both.place.write('odd/run.txt', '#!/bin/sh\n');
    both.place.write('odd/old.zip', Buffer.from('504b0304140000000000', 'hex'));
    both.place.write('odd/plain.csv', 'a,b\n');
    const release = { ...releaseFor([receiver.fingerprint]), transferBasis: ['A45-3'] };
    const paths = [both.place.path('odd')];
    const { id } = await sender.open.drafts.make('CASE-1', release, paths);
    const expected = [
      { path: 'data/odd/old.zip', kinds: ['archive'] },
      { path: 'data/odd/run.txt', kinds: ['script'] },
    ];
    expect(ours(id).contents).toEqual(expected);
    const warned = sender.open.draftCheck.warnings(id).map(({ code }) => code);
    expect(warned).toEqual(expect.arrayContaining(['content-script', 'content-archive']));
    await sender.open.sealing.seal(id);
    await sender.open.exchange.send(id, 'share');
    await both.exchange();
    expect(theirs(id).contents).toEqual(expected);
    expect(theirs(id).arrival?.warnings).toContain('content-to-know');
  });

  it('tells the sender that it is disputed, or went back', async () => {
    const disputed = await delivered();
    expect(await refusal(() => receiver.open.decisions.dispute(disputed, 'no such code'))).toBe(
      'reason-unknown',
    );
    await receiver.open.decisions.dispute(disputed, 'not-as-sealed', 'Two files cannot be read.');
    const returned = await delivered();
    await receiver.open.decisions.giveBack(returned);
    await both.exchange();
    expect(ours(disputed).recipients[0]).toMatchObject({
      state: 'disputed',
      reason: { code: 'not-as-sealed', text: 'Two files cannot be read.' },
    });
    expect(ours(returned).state).toBe('returned');
    expect(await refusal(() => receiver.open.decisions.accept(returned))).toBe('package-state');
  });

  it('recalls a package, before and after it was decided about', async () => {
    const id = await delivered();
    const decided = await delivered();
    await receiver.open.decisions.accept(decided);
    const gone = await delivered();
    await receiver.open.decisions.destroy(gone);
    expect(await refusal(() => sender.open.packageNotices.recall(id, 'no such code'))).toBe(
      'reason-unknown',
    );
    for (const one of [id, decided, gone]) {
      const given = await sender.open.packageNotices.recall(one, 'too-much-data');
      expect(given).toMatchObject({ state: 'recalled', notTold: [] });
      expect(given.notices.map(({ to }) => to)).toEqual([receiver.fingerprint]);
    }
    await both.exchange();
    for (const one of [id, decided]) {
      expect(theirs(one).state).toBe('recalled');
      expect(theirs(one).recall?.reason?.code).toBe('too-much-data');
      expect(await codes(receiver, one)).toEqual(['recalled']);
    }
    expect(theirs(gone).state).toBe('destroyed');
    expect(await refusal(() => receiver.open.decisions.accept(id))).toBe('package-state');
    expect(await refusal(() => sender.open.packageNotices.recall(id, 'other'))).toBe(
      'package-state',
    );
    await receiver.open.decisions.destroy(id);
    await both.exchange();
    expect(ours(id)).toMatchObject({ state: 'recalled', recipients: [{ state: 'destroyed' }] });
  });

  it('takes no recall of a package from anybody but its sender', async () => {
    const id = await delivered();
    const notices = receiver.open.packageNotices;
    const stranger = { ...receiver.open.contacts.record(sender.fingerprint) };
    const notice = {
      format: 'valise.notice/1',
      id,
      at: '2026-02-11T09:00:00Z',
      by: { name: 'X', organisation: 'Y', fingerprint: sender.fingerprint },
      packageId: id,
      manifestDigest: ours(id).manifestDigest ?? '',
      kind: 'recall',
    } as const;
    const other = { ...stranger, fingerprint: 'F'.repeat(40) };
    const entries = receiver.open.session.ledger.size();
    expect(await refusal(() => notices.takeIn(notice, other, [], []))).toBe('notice-not-theirs');
    const elsewhere = { ...notice, manifestDigest: '0'.repeat(64) };
    expect(await refusal(() => notices.takeIn(elsewhere, stranger, [], []))).toBe(
      'notice-wrong-manifest',
    );
    const unknown = { ...notice, packageId: '019a0000-0000-7000-8000-000000000000' };
    expect(await refusal(() => notices.takeIn(unknown, stranger, [], []))).toBe(
      'notice-unknown-package',
    );
    expect(receiver.open.session.ledger.size()).toBe(entries);
    expect(theirs(id).state).toBe('delivered');
  });

  it('opens a case by a request, delays the answer, and answers', async () => {
    const id = await delivered({ kind: 'request' });
    await receiver.open.cases.open({ reference: 'CASE-1', title: 'Ours', counterpart: ['SN'] });
    const accepted = await receiver.open.decisions.accept(id);
    expect(accepted.case).toBe('CASE-1 (2)');
    const opened = receiver.open.cases.show('CASE-1 (2)');
    expect(opened).toMatchObject({
      theirReference: 'CASE-1',
      counterpart: ['SN'],
      instrument: 'COE-185',
      receivedOn: '2026-02-11',
      packages: [{ id, direction: 'in', state: 'accepted' }],
    });
    const delay = (until: string, reason = 'legal-review') =>
      receiver.open.packageNotices.delay(id, reason, until);
    expect(await refusal(() => delay('2026-02-01'))).toBe('input-refused');
    expect(await refusal(() => delay('soon'))).toBe('input-refused');
    expect(await refusal(() => delay('2026-03-01', 'no such code'))).toBe('reason-unknown');
    await delay('2026-03-01');
    await both.exchange();
    expect(ours(id).recipients[0]?.delay).toEqual({
      reason: { code: 'legal-review' },
      until: '2026-03-01',
    });
    const release = await delivered();
    expect(
      await refusal(() =>
        receiver.open.packageNotices.delay(release, 'legal-review', '2026-03-01'),
      ),
    ).toBe('not-a-request');

    const answer = await delivered({ inReplyTo: id }, receiver, 'CASE-1 (2)');
    expect(sender.open.packages.show(answer)).toMatchObject({ case: 'CASE-1', direction: 'in' });
    expect(receiver.open.cases.show('CASE-1 (2)').packages).toHaveLength(2);
  });

  it('puts a package in the place of another, on both sides', async () => {
    const first = await delivered();
    const second = await delivered({ supersedes: first });
    for (const view of [ours(first), theirs(first)])
      expect(view).toMatchObject({ state: 'superseded', supersededBy: second });
    expect(theirs(second).state).toBe('delivered');
    const foreign = await delivered({ supersedes: first }, receiver, 'CASE-1');
    expect(ours(first).supersededBy).toBe(second);
    expect(theirs(first).supersededBy).toBe(second);
    expect(sender.open.packages.show(foreign).state).toBe('delivered');
  });

  it('is proved by both ledgers', async () => {
    for (const { open, fingerprint, office } of [sender, receiver]) {
      expect(await open.ledger.verify()).toMatchObject({ verified: true, problems: [] });
      const bundle = both.place.path(`bundle-${fingerprint}`);
      await open.evidence.export(bundle);
      const said = execFileSync(
        'python3',
        [`${bundle}/verify.py`, bundle, '--trust', fingerprint],
        { encoding: 'utf8' },
      );
      expect(said).toContain('Verified');
      const verdict = await office.evidence.verify(bundle, { trust: [fingerprint] });
      expect(verdict.exit).toBe(0);
      expect(readdirSync(`${bundle}/notices`).length).toBeGreaterThan(0);
    }
  });
});
