// The ledger when it is long: unlocking, an append, looks, searches, and the whole verification,
// beside the same with a short one.
//
//   BENCH_ENTRIES   how many entries, 1000000 unless told
//   BENCH_VAULT     a folder that keeps the vaults: taken as they are when they are there, so that
//                   a second run measures at once, and the window can be shown one
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeOffice } from '../../main/compose.ts';
import type { LedgerQuery } from '../../main/domain/ledger/ledger-store.ts';
import type { Problem } from '../../main/domain/ledger/problems.ts';
import type { OpenOffice } from '../../main/services/office.ts';
import { LedgerPages } from '../../main/workers/calls/ledger-pages.ts';
import { longLedger, PASSPHRASE } from './long-ledger.ts';
import { printTable, type Row } from './table.ts';

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000);
const FEW = Math.min(10_000, ENTRIES);
const PAGE = 50;
const BATCH = 5000;
const APPENDS = 100;
const LOOKS = 9;

/** Figures by what was measured, in milliseconds but where the name of the work says otherwise. */
type Figures = Map<string, number>;

async function timed(work: () => unknown): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}

async function timesOf(samples: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) times.push(await timed(work));
  return times.sort((a, b) => a - b);
}

const at = (times: readonly number[], part: number): number =>
  times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

const note = (text: string): void => {
  const load = loadavg().map((number) => number.toFixed(1));
  process.stderr.write(`${text} (load ${load.join(' ')})\n`);
};

/** What is asked, each once without being prepared for it, and then again. */
function questions(open: OpenOffice): [string, LedgerQuery][] {
  const { ledger } = open.session;
  const size = ledger.size();
  const middle = ledger.query({ types: ['accepted'], limit: 1, after: Math.floor(size / 2) })[0];
  const oldest = ledger.query({ types: ['sealed'], limit: 1, order: 'ascending' })[0];
  const month = middle?.at.slice(0, 8) ?? '';
  return [
    ['of a package', { package: middle?.package ?? '' }],
    ['of an old package', { package: oldest?.package ?? '' }],
    ['of a case', { case: middle?.case ?? '' }],
    ['of a contact', { contact: middle?.contact ?? '' }],
    ['of a type', { types: ['accepted'] }],
    ['of a rare type', { types: ['member-added'] }],
    ['of six types', { types: ['held', 'sealed', 'arrived', 'verified', 'extracted', 'frozen'] }],
    ['of an actor', { actor: oldest?.actor ?? '' }],
    ['of a country', { country: 'SN' }],
    ['of an outcome', { outcome: 'delivered' }],
    ['of a month', { since: `${month}01T00:00:00Z`, until: `${month}28T23:59:59Z` }],
    ['of a month and a type', { since: `${month}01T00:00:00Z`, types: ['accepted'] }],
    ['of a text', { text: 'magistrate' }],
    ['of the beginning of a word', { text: 'cour' }],
    ['of three words', { text: 'court-order held' }],
    ['of a package by its beginning', { text: middle?.package?.slice(0, 13) ?? '' }],
    ['of what is not there', { text: 'zanzibar' }],
  ];
}

async function looks(open: OpenOffice, figures: Figures): Promise<void> {
  const { history } = open.ledger;
  const asked = questions(open);
  for (const [name, filter] of asked) {
    const rows = () => history.rows({ ...filter, order: 'descending', limit: PAGE });
    figures.set(`rows ${name}`, at(await timesOf(LOOKS, rows), 0.5));
    figures.set(`count ${name}`, at(await timesOf(LOOKS, () => history.count(filter)), 0.5));
  }
  const size = open.session.ledger.size();
  for (const [name, filter] of [
    ['', {}],
    [' of a type', { types: ['accepted'] }],
    [' of an actor', { actor: asked.find(([, { actor }]) => actor)?.[1].actor ?? '' }],
    [' of a country', { country: 'SN' }],
    [' of a word', { text: 'court-order' }],
  ] as [string, LedgerQuery][]) {
    const count = Object.keys(filter).length === 0 ? size : history.count(filter);
    for (const [place, skip] of [
      ['the middle', Math.floor(count / 2)],
      ['the end', count - PAGE],
    ] as const) {
      // Each time somebody who jumps there without having seen anything before.
      const jump = () =>
        new LedgerPages().rows(open, { ...filter, order: 'descending' }, Math.max(0, skip), PAGE);
      figures.set(`page at ${place}${name}`, at(await timesOf(3, jump), 0.5));
    }
  }
}

/** Reads the same bytes from the same database and hashes them, and does nothing else. */
function readAndHash(open: OpenOffice): void {
  const size = open.session.ledger.size();
  for (let from = 0; from < size; from += BATCH) {
    for (const bytes of open.session.ledger.bytesBetween(from, Math.min(size, from + BATCH))) {
      createHash('sha256').update(bytes).digest();
    }
  }
}

async function measure(root: string, entries: number): Promise<Figures> {
  const figures: Figures = new Map();
  note(`Making a ledger of ${String(entries)} entries`);
  const made = await timed(() => longLedger(root, entries));
  const { folder, stateFolder } = await longLedger(root, entries);
  note(`Made, or found, in ${(made / 1000).toFixed(0)} s: ${folder}, passphrase “${PASSPHRASE}”`);
  const office = composeOffice({ stateFolder });
  try {
    figures.set('unlock', await timed(() => office.unlock({ folder, passphrase: PASSPHRASE })));
    const { open } = office;
    const newest: LedgerQuery = { order: 'descending', limit: PAGE };
    figures.set('first rows', await timed(() => open.ledger.history.rows(newest)));
    const lastSeen = { ...newest, after: 0 };
    figures.set('count all', await timed(() => open.ledger.history.count({})));
    figures.set(
      'an entry with its proof',
      await timed(() => open.ledger.history.entry(lastSeen.after)),
    );
    const act = { type: 'policy-changed', detail: { policy: 'ab'.repeat(32) } } as const;
    const appends = await timesOf(APPENDS, () => open.session.journal.commit({ acts: [act] }));
    figures.set('append, median', at(appends, 0.5));
    figures.set('append, 95 of 100', at(appends, 0.95));
    note('Looking');
    await looks(open, figures);
    note('Verifying');
    figures.set(
      'read and hash',
      await timed(() => {
        readAndHash(open);
      }),
    );
    let problems: readonly Problem[] = [];
    figures.set('verify', await timed(async () => ({ problems } = await open.ledger.verify())));
    if (problems.length > 0) throw new Error(`It is not good: ${JSON.stringify(problems[0])}`);
    note('Verified');
  } finally {
    await office.lock('quit');
  }
  return figures;
}

const barOf = (work: string): string => {
  if (work.startsWith('append')) return 'under 15 ms at the median';
  if (work === 'unlock') return 'the passphrase, and hardly more';
  return work === 'first rows' ? 'under 200 ms' : 'under 150 ms';
};

async function main(): Promise<void> {
  const kept = process.env['BENCH_VAULT'];
  const root = kept ?? mkdtempSync(join(tmpdir(), 'valise-bench-'));
  try {
    const few = await measure(join(root, String(FEW)), FEW);
    const many = await measure(join(root, String(ENTRIES)), ENTRIES);
    const rows = [...many].flatMap(([work, ours]): Row[] =>
      work === 'verify' || work === 'read and hash'
        ? []
        : [{ work, unit: 'ms', ours, peer: few.get(work) ?? 0, bar: barOf(work) }],
    );
    rows.push({
      work: 'verify (limit: read and hash)',
      unit: 's',
      ours: (many.get('verify') ?? 0) / 1000,
      peer: (few.get('verify') ?? 0) / 1000,
      limit: (many.get('read and hash') ?? 0) / 1000,
      bar: 'under 10 s for a million; within 4 times of the limit',
    });
    printTable(`A ledger of ${String(ENTRIES)} entries; peer: the same with ${String(FEW)}`, rows);
  } finally {
    if (kept === undefined) rmSync(root, { recursive: true, force: true });
  }
}

void main();
