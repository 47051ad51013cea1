import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Indicators } from '../../main/domain/reports/indicators.ts';
import { releaseFor, runCli } from '../support/cli.ts';
import { twoOffices, type OpenedOffice, type TwoOffices } from '../support/two-offices.ts';

const SCRIPT = resolve(import.meta.dirname, 'indicators.py');
const CATEGORIES = resolve(
  import.meta.dirname,
  '../../main/domain/packages/vocabularies/data-category.json',
);

describe('indicators of two offices', () => {
  let both: TwoOffices;
  let sender: OpenedOffice;
  let receiver: OpenedOffice;

  /** A year of work: answers early and late, refusals, holds, dates that passed, remedies. */
  beforeAll(async () => {
    both = await twoOffices('2025-03-03T08:00:00Z');
    ({ sender, receiver } = both);
    const { clock, place } = both;
    place.write('payload/records.csv', 'name\nAwa Sample\n');
    const payload = [place.path('payload')];
    const open = (office: OpenedOffice, reference: string, more: object = {}) =>
      office.open.cases.open({ reference, title: 'Records', counterpart: ['FR'], ...more });
    const release = async (
      reference: string,
      change: object = {},
      from = sender,
    ): Promise<string> => {
      const to = from === sender ? receiver : sender;
      const form = { ...releaseFor([to.fingerprint]), transferBasis: ['A45-3'], ...change };
      const { id } = await from.open.drafts.make(reference, form, payload);
      await from.open.sealing.seal(id);
      return id;
    };
    const sent = async (reference: string, change: object = {}, from = sender) => {
      const id = await release(reference, change, from);
      await from.open.exchange.send(id, 'share');
      return id;
    };
    const short = { retention: { deleteBy: '2025-05-01', action: 'destroy' } };

    await open(sender, 'A', {
      receivedOn: '2025-03-01',
      affectedIndividuals: { count: 200, method: 'exact' },
      deadlines: [{ name: '72 hours', at: '2025-03-04T00:00:00Z' }],
    });
    await open(sender, 'B', { affectedIndividuals: { count: 40, method: 'estimated' } });
    await open(sender, 'C', { affectedIndividuals: { count: 9, method: 'unknown' } });
    const first = await sent('A', { ...short, purposeCodes: ['ReturnToOwner'] });
    clock.wait(5);
    await both.exchange();
    clock.wait(20);
    await receiver.open.decisions.accept(first);
    await both.exchange();
    clock.wait(100);
    const second = await sent('B', { ...short, instrument: 'MLAT' });
    const third = await sent('B', { instrument: 'MLAT' });
    clock.wait(2);
    await both.exchange();
    clock.wait(3);
    await receiver.open.decisions.reject(second, 'not-as-agreed');
    await receiver.open.decisions.accept(third);
    await both.exchange();
    clock.wait(24 * 30);
    await receiver.open.extraction.extract(third, place.path('out'));
    await receiver.open.decisions.hold(third, 'legal-hold');
    await sender.open.cases.remedy('A', remedy('RET-DATA', 150, 90, '2025-04-10T00:00:00Z'));
    await sender.open.cases.remedy('A', remedy('CRED-MON', 40, 12, '2025-04-11T00:00:00Z'));
    await sender.open.cases.remedy('A', remedy('RET-DATA', 160, 100, '2025-04-20T00:00:00Z'));
    await sender.open.cases.remedy('C', remedy('NONE-ELIG', 3, 0, '2025-04-20T00:00:00Z'));
    clock.set('2025-05-02T08:00:00Z');
    await receiver.open.decisions.destroy(first);
    await both.exchange();
    const later = { retention: { deleteBy: '2025-06-15', action: 'destroy' } };
    const unheard = await release('B', later);
    await sender.open.exchange.sentByHand(unheard, 'by courier');
    const order = await sent('C', { kind: 'request' }, sender);
    clock.wait(1);
    await both.exchange();
    const { case: opened = '' } = await receiver.open.decisions.accept(order);
    await receiver.open.packageNotices.delay(order, 'legal-review', '2025-06-30');
    clock.wait(200);
    await sent(opened, { inReplyTo: order, ...later }, receiver);
    await both.exchange();
    clock.wait(2000);
    await sender.open.ledger.verify();
    await receiver.open.ledger.verify();
    for (const { open: office, fingerprint } of [sender, receiver])
      await office.evidence.export(place.path(`bundle-${fingerprint}`));
  });
  afterAll(() => both.close());

  function independently({ fingerprint }: OpenedOffice, ...period: string[]): Indicators {
    const bundle = both.place.path(`bundle-${fingerprint}`);
    const said = execFileSync('python3', ['-B', SCRIPT, bundle, CATEGORIES, ...period]);
    return JSON.parse(said.toString('utf8')) as Indicators;
  }

  it.each([
    ['of everything', undefined, undefined],
    ['from a day on', '2025-03-08', undefined],
    ['until a day', undefined, '2025-04-30'],
    ['of a day before anything was', undefined, '2024-01-01'],
    ['of a quarter', '2025-04-01', '2025-06-30'],
  ])('are those that a script of its own computes from the bundle: %s', async (_, since, until) => {
    for (const office of [sender, receiver]) {
      // The export itself is an entry that the bundle does not have: the end is said outright.
      const end = until === undefined ? '2026-06-30' : until;
      const report = await office.open.reports.indicators({ since, until: end });
      const from = since === undefined ? '' : `${since}T00:00:00Z`;
      expect(report.indicators).toEqual(independently(office, from, `${end}T23:59:59Z`));
    }
  });

  it('are what happened', async () => {
    const { indicators: found } = await sender.open.reports.indicators({ until: '2025-08-31' });
    const hour = 3600;
    expect(found).toMatchObject({
      volume: { released: 4, requested: 1, received: 1, cases: 3 },
      recovery: { of: 2, among: 4 },
      offers: { of: 160, among: 240 },
      acceptance: { of: 112, among: 200 },
      refusals: { ours: [], theirs: [{ code: 'not-as-agreed', count: 1 }] },
      certificates: { of: 1, among: 2 },
      outstandingReceipts: { of: 1, among: 4 },
      within72Hours: { of: 1, among: 3 },
    });
    // The first request came on 1 March, so 2 days and 13 hours passed; the others 5 days and 7.
    expect(found.timeToRepatriation).toMatchObject({ count: 3, p90: 127 * hour });
    expect(found.timeToRepatriation.byInstrument).toMatchObject([
      { code: 'COE-185', median: 61 * hour },
      { code: 'MLAT', median: 127 * hour },
    ]);
    const { indicators: theirs } = await receiver.open.reports.indicators({ until: '2025-06-30' });
    expect(theirs.overdueRetention).toEqual({ of: 1, among: 4 });
    expect(theirs.refusals).toEqual({ ours: [{ code: 'not-as-agreed', count: 1 }], theirs: [] });
    expect(theirs.decisionTime).toMatchObject({ count: 4, p90: 20 * hour });
  });

  it('hide what could be somebody in their public form', async () => {
    const report = await sender.open.reports.indicators({ isPublic: true });
    expect(report.public).toBe(true);
    const text = JSON.stringify(report.indicators);
    for (const [, number] of text.matchAll(/"(?:count|of|among|released|received)":(\d+)/gu))
      expect(Number(number) === 0 || Number(number) >= 5, `${String(number)} in ${text}`).toBe(
        true,
      );
    expect(report.indicators.timeToRepatriation.count).toBe('<5');
    expect(report.indicators.timeToRepatriation).not.toHaveProperty('median');
    expect(report.indicators.offers).toEqual({ of: 160, among: 240 });
  });

  it('carry nobody: no name, no fingerprint, no id', async () => {
    const text = JSON.stringify((await sender.open.reports.indicators({})).indicators);
    expect(text).not.toMatch(/[0-9A-Fa-f]{16}|Officer|Awa|CASE/u);
  });

  it('have a disclosure log: who, when, why, to whom', async () => {
    const ours = await sender.open.reports.disclosures({});
    expect(ours.map(({ act }) => act)).toEqual([
      'transfer',
      'transfer',
      'transfer',
      'transfer',
      'collection',
    ]);
    expect(ours[0]).toMatchObject({
      at: '2025-03-03T08:00:00Z',
      by: { name: 'Officer sender' },
      reference: 'A',
      instrument: 'COE-185',
      legalBasis: ['A6-1-c'],
      purposes: ['ReturnToOwner'],
      people: [{ fingerprint: receiver.fingerprint, name: 'Officer receiver' }],
      countries: ['FR'],
      categories: ['Name', 'EmailAddress'],
      affected: 12,
    });
    const theirs = await receiver.open.reports.disclosures({ since: '2025-03-05' });
    expect(theirs.map(({ act }) => act)).toEqual([
      'collection',
      'collection',
      'consultation',
      'erasure',
      'transfer',
    ]);
  });

  it('are told by the command line, and written for a spreadsheet', async () => {
    await sender.office.lock('quit');
    const env = {
      ...both.place.env,
      VALISE_VAULT: sender.vault,
      VALISE_PASSPHRASE: sender.passphrase,
      XDG_STATE_HOME: both.place.path('state-of-another-user'),
    };
    const path = both.place.path('kpi.csv');
    const args = ['report', 'kpi', '--since', '2025-03-01', '--until', '2025-08-31', '--csv', path];
    const ran = runCli<{ indicators: Indicators }>(args, env);
    expect(ran.code).toBe(0);
    expect(ran.json.indicators.offers).toEqual({ of: 160, among: 240 });
    const table = readFileSync(path, 'utf8');
    expect(table).toContain('offers,,,of,160\r\n');
    expect(table).toContain('timeToRepatriation,byInstrument,MLAT,count,2\r\n');
    expect(table).toContain('refusals,theirs,not-as-agreed,count,1\r\n');
    expect(runCli(args, env).json).toMatchObject({ error: { code: 'file-exists' } });
    const wrong = runCli(['report', 'kpi', '--since', 'yesterday'], env);
    expect([wrong.code, wrong.json]).toMatchObject([1, { error: { code: 'input-refused' } }]);
    const log = both.place.path('log.csv');
    const shown = runCli<{ items: unknown[] }>(['report', 'disclosures', '--csv', log], env);
    expect(shown.json.items).toHaveLength(5);
    expect(readFileSync(log, 'utf8').split('\r\n')).toHaveLength(7);
  });
});

const remedy = (kind: string, offered: number, accepted: number, at: string) => ({
  kind,
  offered,
  accepted,
  declined: 1,
  unreachable: 2,
  fulfilled: 0,
  at,
});
