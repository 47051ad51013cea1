import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeOffice } from '../../../main/compose.ts';
import { caseCalls } from '../../../main/workers/calls/cases.ts';
import { contactCalls } from '../../../main/workers/calls/contacts.ts';
import { exchangeCalls } from '../../../main/workers/calls/exchange.ts';
import { inboxCalls } from '../../../main/workers/calls/inbox.ts';
import { keyCalls } from '../../../main/workers/calls/keys.ts';
import { ledgerCalls } from '../../../main/workers/calls/ledger.ts';
import { memberCalls } from '../../../main/workers/calls/members.ts';
import { overviewCalls, vocabularyCalls } from '../../../main/workers/calls/overview.ts';
import { packageCalls } from '../../../main/workers/calls/packages.ts';
import { sampleCalls } from '../../../main/workers/calls/samples.ts';
import { vaultCalls } from '../../../main/workers/calls/vault.ts';
import type { CallContext } from '../../../main/workers/rpc.ts';
import { withTokens } from '../../../main/ipc/places.ts';
import { FileTokens } from '../../../main/shell/file-tokens.ts';
import { contract } from '../../../preload/contract/index.ts';
import type { Page } from '../../../preload/contract/kinds.ts';

/**
 * The office's answers, given by the real services on a real vault, in plain Node: each has to
 * fit the contract, as it will have to when it crosses to the window.
 */

const PASSPHRASE = 'four unrelated words here';
const folder = mkdtempSync(join(tmpdir(), 'valise-calls-'));
const office = composeOffice({ program: 'test', stateFolder: join(folder, 'state') });
const tokens = new FileTokens();

const context: CallContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  work: '0'.repeat(32),
};

const pages = {
  keys: keyCalls(office),
  members: memberCalls(office),
  contacts: contactCalls(office),
  cases: caseCalls(office),
  packages: packageCalls(office),
  inbox: inboxCalls(office),
  exchange: exchangeCalls(office),
  ledger: ledgerCalls(office),
  overview: overviewCalls(office),
  vocabularies: vocabularyCalls(),
};

/** Checks an answer as the counter does: paths become tokens, the schema has to accept it. */
function fits<Area extends keyof typeof contract>(area: Area, name: string, answer: unknown): void {
  const entry = (contract[area] as Page)[name];
  if (entry === undefined || entry.kind === 'event') throw new Error(`no call ${area}.${name}`);
  const shown = entry.output.safeParse(withTokens(answer, tokens));
  expect(shown.error?.issues ?? []).toEqual([]);
  expect(JSON.stringify(shown.data)).not.toContain(folder);
}

beforeAll(async () => {
  await vaultCalls(office).create({
    folder: join(folder, 'vault'),
    name: 'Amina Diallo',
    email: 'amina@justice.example',
    organisation: 'Ministry of Justice',
    country: 'SN',
    passphrase: PASSPHRASE,
  });
  for (let number = 1; number <= 25; number += 1)
    await pages.cases.open(
      { reference: `SN-${String(number)}`, title: 'Returned', counterpart: ['FR'] },
      context,
    );
}, 60_000);

afterAll(async () => {
  await office.lock('quit');
  rmSync(folder, { recursive: true, force: true });
});

describe('what the office answers fits the contract', () => {
  it.each([
    ['keys', 'own'],
    ['members', 'list'],
    ['contacts', 'list'],
    ['cases', 'list'],
    ['inbox', 'list'],
    ['exchange', 'channels'],
    ['exchange', 'queue'],
    ['ledger', 'status'],
    ['ledger', 'choices'],
    ['ledger', 'anchors'],
    ['ledger', 'earlier'],
    ['overview', 'items'],
    ['vocabularies', 'all'],
  ] as const)('%s.%s', async (area, name) => {
    const page = pages[area] as Record<string, (input: undefined, c: CallContext) => unknown>;
    fits(area, name, await page[name]?.(undefined, context));
  });

  it('ledger.entry, ledger.count and ledger.verify', async () => {
    fits('ledger', 'entry', await pages.ledger.entry({ seq: 3 }, context));
    fits('ledger', 'count', await pages.ledger.count({ filter: {} }, context));
    const at = ['2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z'];
    const places = await pages.ledger.places({ at }, context);
    fits('ledger', 'places', places);
    expect(places.older).toEqual([0, office.open.session.ledger.size()]);
    const verdict = await pages.ledger.verify({}, context);
    fits('ledger', 'verify', verdict);
    expect(verdict.verified).toBe(true);
  });

  it('views of History', async () => {
    const view = await pages.ledger.saveView({ name: 'Mine', filter: { text: 'x' } }, context);
    fits('ledger', 'saveView', view);
    fits('ledger', 'views', await pages.ledger.views(undefined, context));
    fits('ledger', 'dropView', await pages.ledger.dropView({ id: view.id }, context));
  });

  it('a draft from chosen files, named without their place', async () => {
    const chosen = join(folder, 'chosen');
    mkdirSync(join(chosen, 'empty'), { recursive: true });
    writeFileSync(join(chosen, 'customers.csv'), 'name\nAmina\n');
    const made = await pages.packages.make(
      { case: 'SN-1', files: [{ place: chosen, use: 'payload' }], release: { purpose: 'Return.' } },
      context,
    );
    fits('packages', 'make', made);
    const { id } = made.package;
    fits('packages', 'check', await pages.packages.check({ id }, context));
    fits('packages', 'show', await pages.packages.show({ id }, context));
    fits('packages', 'list', await pages.packages.list({ direction: 'out' }, context));
    const stamps = await pages.ledger.timeline({ package: id }, context);
    fits('ledger', 'timeline', stamps);
    expect(stamps.map(({ side, signature }) => [side, signature])).toEqual(
      stamps.map(() => ['ours', 'signed']),
    );
    expect(stamps).not.toHaveLength(0);
    fits('packages', 'discard', await pages.packages.discard({ id }, context));
  });

  it('what is written, as a place that becomes a token', async () => {
    const out = join(folder, 'out');
    const given = { place: out, use: 'out' } as const;
    const saved = await pages.keys.save({ out: given, what: 'certificate' }, context);
    fits('keys', 'save', saved);
    fits('ledger', 'export', await pages.ledger.export({ out: given }, context));
    const proof = { place: join(folder, 'proof.json'), use: 'save' } as const;
    fits('ledger', 'prove', await pages.ledger.prove({ seq: 0, out: proof }, context));
    const list = { place: join(folder, 'list.csv'), use: 'save' } as const;
    fits('ledger', 'list', await pages.ledger.list({ format: 'csv', out: list }, context));
  });

  it('files that fail, each with its reason', async () => {
    const path = join(folder, 'broken.pgp');
    writeFileSync(path, 'no message');
    const taken = await pages.inbox.take({ files: [{ place: path, use: 'sealed' }] }, context);
    fits('inbox', 'take', taken);
    expect(taken.files).toMatchObject([{ ok: false, name: 'broken.pgp', code: 'not-openpgp' }]);
  });

  it('a channel, by the last part of its folder', async () => {
    const place = join(folder, 'shared');
    mkdirSync(place);
    const added = await pages.exchange.addChannel(
      { name: 'usb', kind: 'folder', folder: { place, use: 'channel' } },
      context,
    );
    fits('exchange', 'addChannel', added);
    fits('exchange', 'run', await pages.exchange.run({}, context));
    fits('exchange', 'testChannel', await pages.exchange.testChannel({ name: 'usb' }, context));
  });

  it('a whole exchange between two sample offices', async () => {
    const steps: unknown[] = [];
    const samples = sampleCalls(office, join(folder, 'samples'), (_name, payload) => {
      steps.push(contract.samples.step.payload.parse(payload));
    });
    fits('samples', 'start', await samples.start({}, context));
    expect(steps.length).toBeGreaterThan(10);
  }, 60_000);
});

describe('pages of the ledger', () => {
  const seqs = async (asked: object) => {
    const { rows } = await pages.ledger.page({ limit: 500, ...asked }, context);
    return rows.map(({ seq }) => seq);
  };

  it.each([
    ['newest first', {}],
    ['oldest first', { order: 'ascending' }],
    ['of one type', { filter: { types: ['case-opened'] } }],
    ['of one type, oldest first', { filter: { types: ['case-opened'] }, order: 'ascending' }],
    ['with words in them', { filter: { text: 'case-opened' } }],
  ])('%s: page by page and by a jump they are what they are at once', async (_what, asked) => {
    const whole = await seqs(asked);
    expect(whole.length).toBeGreaterThan(20);
    const pieces: number[] = [];
    for (let skip = 0; skip < whole.length; skip += 7)
      pieces.push(...(await seqs({ ...asked, skip, limit: 7 })));
    expect(pieces).toEqual(whole);
    expect(await seqs({ ...asked, skip: 13, limit: 4 })).toEqual(whole.slice(13, 17));
    expect(await seqs({ ...asked, skip: 5, limit: 4 })).toEqual(whole.slice(5, 9));
    expect(await seqs({ ...asked, skip: 100_000, limit: 4 })).toEqual([]);
  });

  it('follow what is appended', async () => {
    const before = await seqs({ skip: 1, limit: 1 });
    await pages.cases.open({ reference: 'SN-new', title: 'x', counterpart: [] }, context);
    expect(await seqs({ skip: 2, limit: 1 })).toEqual(before);
  });
});

describe('the vault', () => {
  it('changes its passphrase only for who knows the present one', async () => {
    const vault = vaultCalls(office);
    const next = 'four other words here';
    await expect(vault.changePassphrase({ current: 'not the one', next })).rejects.toThrow(
      'opens no slot',
    );
    await vault.changePassphrase({ current: PASSPHRASE, next });
    await expect(vault.renewRecovery({ passphrase: PASSPHRASE })).rejects.toThrow('opens no slot');
    expect((await vault.renewRecovery({ passphrase: next })).recoveryCode.length).toBeGreaterThan(
      30,
    );
  }, 60_000);
});
