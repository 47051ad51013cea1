import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBundle, type BundleVerdict } from '../../main/adapters/evidence/verify-bundle.ts';
import type { Entry } from '../../main/domain/ledger/entry.ts';
import {
  bundleOf,
  entriesOf,
  exportBundle,
  remakeBundle,
  resignBundle,
} from '../fixtures/bundles.ts';
import { entrySamples } from '../fixtures/entry-samples.ts';
import { livedIn, type LivedIn } from '../fixtures/ledger/lived-in.ts';
import { engine } from '../fixtures/ledger/office.ts';
import { MUTATIONS, numbers, type Pick } from '../fixtures/mutations.ts';
import { askVerifyPy, placesOf } from './verify-py.ts';

/** How many of each kind of bundle are damaged; the seeds are the numbers from 1 on. */
const COUNTS = { whole: 200, part: 60, redacted: 60 } as const;

let root: string;
let ledger: LivedIn;
let original: string;
let partial: string;
let redacted: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'valise-agree-'));
  ledger = await livedIn();
  original = join(root, 'bundle');
  await exportBundle(ledger.office, ledger.aminaAnew, original);
  partial = join(root, 'part');
  const { at } = entriesOf(original)[5] as Entry;
  const filters = { since: at, redacted: false };
  await exportBundle(ledger.office, ledger.aminaAnew, partial, filters);
  expect(bundleOf(partial).scope).toBe('part');
  redacted = join(root, 'redacted');
  await exportBundle(ledger.office, ledger.aminaAnew, redacted, { redacted: true });
});

afterAll(() => {
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

/** Changes one file of a copy; sometimes its exporter covers that with a new list. */
async function mutated(from: string, seed: number): Promise<Damaged> {
  const pick = numbers(seed);
  const folder = `${from}-${seed}`;
  cpSync(from, folder, { recursive: true });
  const names = [...Object.keys(bundleOf(from).files), 'bundle.json', 'bundle.json.asc'];
  const name = names[pick(names.length)] ?? '';
  const mutation = MUTATIONS[pick(MUTATIONS.length)];
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const changed =
    bytes.length === 0 ? Buffer.from('{}\n') : (mutation?.change(bytes, pick) ?? bytes);
  writeFileSync(path, changed);
  const isCovered = !name.startsWith('bundle.json') && pick(2) === 1;
  if (isCovered) await resignBundle(folder, ledger.aminaAnew);
  const kind = isCovered ? 'covered' : changed.equals(bytes) ? 'unchanged' : 'open';
  return { folder, name, what: `${name}: ${mutation?.name ?? ''}, ${kind}` };
}

interface Damaged {
  readonly folder: string;
  readonly what: string;
  /** The file that was changed, when it is one. */
  readonly name?: string;
}

/** What the two verifiers say of damaged bundles, where it is not the same. */
async function differences(damaged: readonly Damaged[], trust: readonly string[]) {
  const asking = askVerifyPy(damaged.map(({ folder }) => ({ folder, trust })));
  const ours: BundleVerdict[] = [];
  for (const { folder } of damaged) ours.push(await verifyBundle(folder, { trust, engine }));
  const theirs = await asking;
  expect(theirs).toHaveLength(damaged.length);
  // What a list covers that is signed anew is good or not; what none covers never is.
  for (const [index, { what, name }] of damaged.entries())
    if (what.endsWith(', open')) {
      expect({ what, exit: ours[index]?.exit }).toEqual({ what, exit: 4 });
      const places = ours[index] ? placesOf(ours[index]) : [];
      // A list that was changed blames what it lists, or its signature.
      const named = name?.startsWith('bundle.json')
        ? places.length > 0
        : places.some((each) => each.startsWith(name ?? ''));
      expect({ what, named }).toEqual({ what, named: true });
    }
  return damaged
    .map(({ what }, index) => ({
      what,
      ours: ours[index] && { exit: ours[index].exit, places: placesOf(ours[index]) },
      theirs: theirs[index] && { exit: theirs[index].exit, places: theirs[index].places },
    }))
    .filter((each) => !isDeepStrictEqual(each.ours, each.theirs));
}

test.each(['whole', 'part', 'redacted'] as const)(
  'verify.py and the program agree on damaged bundles: %s',
  async (kind) => {
    const from = { whole: original, part: partial, redacted }[kind];
    const damaged: Damaged[] = [];
    for (let seed = 1; seed <= COUNTS[kind]; seed += 1) damaged.push(await mutated(from, seed));
    expect(await differences(damaged, [ledger.aminaAnew.fingerprint])).toEqual([]);
  },
);

/** Members that entries never have, and values that fit nowhere, or only somewhere. */
const VALUES = [
  -1,
  0,
  2 ** 53 - 1,
  true,
  '',
  'x',
  'Amina Diallo',
  'É',
  'a'.repeat(49),
  'b'.repeat(64),
  'B'.repeat(64),
  'C'.repeat(40),
  '0190A000-0000-7000-8000-00000000000A',
  '0190a000-0000-4000-8000-000000000001',
  '2026-02-29',
  '2024-02-29',
  '2026-05-03T24:00:00Z',
  '2026-05-03T12:00:60Z',
  '2026-05-03T12:00:00+00:00',
  'unknown',
  'officer',
  'none',
  [],
  ['x', 'y'],
  {},
  { name: 'Amina' },
];

/** Changes one member somewhere in an entry, takes it away, or adds one. */
function bent(entry: object, pick: Pick): object {
  const copy = structuredClone(entry) as Record<string, unknown>;
  let place: Record<string, unknown> = copy;
  for (;;) {
    const keys = Object.keys(place);
    const key = keys[pick(keys.length)];
    const member = key === undefined ? undefined : place[key];
    const isInner = typeof member === 'object' && member !== null && Object.keys(member).length > 0;
    if (isInner && pick(3) > 0) place = member as Record<string, unknown>;
    else {
      const how = pick(6);
      if (how === 0 && key !== undefined && !Array.isArray(place))
        Reflect.deleteProperty(place, key);
      else if (how === 1 && !Array.isArray(place)) place['note'] = 'Amina Diallo';
      else if (key !== undefined) place[key] = VALUES[pick(VALUES.length)];
      return copy;
    }
  }
}

test('they agree on what an entry of every type may hold', async () => {
  const { aminaAnew } = ledger;
  const people = new Map([[aminaAnew.fingerprint, aminaAnew]]);
  const genesis = entriesOf(original)[0] as Entry;
  const mine = {
    ...genesis,
    actor: { fingerprint: aminaAnew.fingerprint, role: 'officer' },
    detail: { ...genesis.detail, fingerprint: aminaAnew.fingerprint },
  };
  const samples = entrySamples(aminaAnew.fingerprint).filter(({ type }) => type !== 'genesis');
  const damaged: Damaged[] = [];
  for (let seed = 1; seed <= 50; seed += 1) {
    const pick = numbers(1000 + seed);
    const chosen = new Set(Array.from({ length: 12 }, () => pick(samples.length)));
    const folder = join(root, `bent-${seed}`);
    cpSync(original, folder, { recursive: true });
    const entries = [mine, ...samples].map((entry, seq) =>
      chosen.has(seq - 1) && seq < samples.length ? bent(entry, pick) : entry,
    );
    await remakeBundle(folder, entries, people, aminaAnew);
    damaged.push({ folder, what: `bent ${seed}: ${[...chosen].join(' ')}` });
  }
  expect(await differences(damaged, [aminaAnew.fingerprint])).toEqual([]);
});
