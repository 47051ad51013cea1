import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeOffice } from '../../../main/compose.ts';
import { DomainError } from '../../../main/domain/errors/index.ts';
import { officeCalls } from '../../../main/workers/office-calls.ts';
import type { CallContext } from '../../../main/workers/rpc.ts';
import { contract } from '../../../preload/contract/index.ts';
import type { Page } from '../../../preload/contract/kinds.ts';

/**
 * The whole surface of the contract, asked by an auditor: each call is either in this list or
 * refused. A call that is new has to be put into one of the two by somebody who thought about it.
 */
const ALLOWED = [
  'vault.unlock',
  'vault.lock',
  'vault.useRecovery',
  'vault.changePassphrase',
  'keys.own',
  'keys.save',
  'members.list',
  'ledger.status',
  'ledger.page',
  'ledger.count',
  'ledger.choices',
  'ledger.places',
  'ledger.entry',
  'ledger.timeline',
  'ledger.list',
  'ledger.verify',
  'ledger.anchors',
  'ledger.earlier',
  'ledger.exportEarlier',
  'ledger.export',
  'ledger.prove',
  'reports.indicators',
  'reports.disclosures',
  'reports.save',
  'audit.sample',
  'audit.saveSample',
  'audit.note',
  'audit.notes',
  'bundles.open',
  'bundles.trust',
  'bundles.page',
  'bundles.count',
  'bundles.entry',
  'bundles.compare',
  'bundles.pairs',
  'bundles.save',
  'bundles.close',
  'vocabularies.all',
];

/** Main answers these itself: what they touch is the window, a picker, a token. */
const OF_MAIN = ['app', 'files', 'work'];
/** Main's too, from what it remembers. */
const OF_THE_GATE = ['vault.state', 'vault.choose'];
/** Main asks these for itself, to print a page: the window cannot. */
const FOR_MAIN = ['pages.text', 'pages.keep'];

const OFFICER = 'four unrelated words here';
const AUDITOR = 'reads the ledger and no more';
const folder = mkdtempSync(join(tmpdir(), 'valise-allowance-'));
const office = composeOffice({ program: 'test', stateFolder: join(folder, 'state') });
const calls = officeCalls(office, join(folder, 'samples'), () => undefined);
const context: CallContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  work: '0'.repeat(32),
};

const surface = Object.entries(contract)
  .filter(([area]) => !OF_MAIN.includes(area))
  .flatMap(([area, page]) =>
    Object.entries(page as Page)
      .filter(([, { kind }]) => kind !== 'event')
      .map(([name]) => `${area}.${name}`),
  )
  .filter((name) => !OF_THE_GATE.includes(name))
  .concat(FOR_MAIN);

const ask = (name: string, input: unknown) =>
  Promise.resolve().then(() => calls[name]?.(input as never, context));
const codeOf = async (name: string, input: unknown) => {
  try {
    await ask(name, input);
    return 'answered';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'failed';
  }
};
/** Files that this process has open. */
const openFiles = () =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });

beforeAll(async () => {
  const vault = join(folder, 'vault');
  await ask('vault.create', {
    folder: vault,
    name: 'Amina Diallo',
    email: 'amina@justice.example',
    organisation: 'Ministry of Justice',
    country: 'SN',
    passphrase: OFFICER,
  });
  await ask('cases.open', { reference: 'SN-1', title: 'Returned', counterpart: ['FR'] });
  const who = { name: 'Jean Moreau', email: 'jean@audit.example' };
  await ask('members.add', { ...who, role: 'auditor', passphrase: AUDITOR });
  expect(openFiles()).toContain(join(vault, 'vault.db'));
  await ask('vault.lock', { reason: 'asked' });
  await ask('vault.unlock', { folder: vault, passphrase: AUDITOR });
}, 60_000);

afterAll(async () => {
  await office.lock('quit');
  rmSync(folder, { recursive: true, force: true });
});

describe('an auditor’s office', () => {
  it('answers every call of the contract, two of main’s, and no other', () => {
    expect(Object.keys(calls).sort()).toEqual([...surface].sort());
    expect(ALLOWED.filter((name) => !surface.includes(name))).toEqual([]);
  });

  it.each(surface.filter((name) => !ALLOWED.includes(name)))('refuses %s', async (name) => {
    const size = office.open.session.ledger.size();
    expect(await codeOf(name, {})).toBe('not-allowed');
    expect(office.open.session.ledger.size()).toBe(size);
  });

  it.each([
    ['keys.own', undefined],
    ['members.list', undefined],
    ['ledger.status', undefined],
    ['ledger.page', { limit: 5 }],
    ['ledger.count', {}],
    ['ledger.choices', undefined],
    ['ledger.places', { at: ['2026-05-03T10:00:00Z'] }],
    ['ledger.entry', { seq: 0 }],
    ['ledger.verify', {}],
    ['ledger.anchors', undefined],
    ['ledger.earlier', undefined],
    ['ledger.export', { out: { place: folder, use: 'out' } }],
    ['audit.sample', { seed: 's', count: 2 }],
    ['audit.note', { entry: 0, text: 'Seen.' }],
    ['audit.notes', undefined],
    ['vocabularies.all', undefined],
    ['vault.changePassphrase', { current: AUDITOR, next: 'reads the ledger and no less' }],
  ])('answers %s', async (name, input) => {
    expect(await codeOf(name, input)).toBe('answered');
  });

  it('has no key to vault.db, and does not have it open', () => {
    const { session } = office.open;
    expect(session.member.role).toBe('auditor');
    expect(session.keyring.keys.v).toEqual([]);
    expect(session.keyring.keys.l.length).toBeGreaterThan(0);
    const open = openFiles().map((path) => path.split('/').at(-1));
    expect(open).toContain('ledger.db');
    expect(open).not.toContain('vault.db');
    expect(() => session.records.list('packages')).toThrow('may not');
  });

  it('shows the names that the ledger itself has, and no title of a package', async () => {
    const { rows } = (await ask('ledger.page', { limit: 50, order: 'ascending' })) as {
      rows: { type: string; actor: { name?: string }; case?: { reference?: string } }[];
    };
    expect(rows[0]).toMatchObject({ type: 'genesis', actor: { name: 'Amina Diallo' } });
    const opened = rows.find(({ type }) => type === 'case-opened');
    expect(opened?.case?.reference).toBe('SN-1');
  });
});
