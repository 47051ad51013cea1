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
import { askVerifyPy, placesOf } from './verify-py.ts';

const COUNT = 200;

let root: string;
let ledger: LivedIn;
let original: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'valise-agree-'));
  ledger = await livedIn();
  original = join(root, 'bundle');
  await exportBundle(ledger.office, ledger.aminaAnew, original);
});

afterAll(() => {
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

/** mulberry32: the same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Pick = (below: number) => number;

interface Mutation {
  readonly name: string;
  readonly change: (bytes: Buffer, pick: Pick) => Buffer;
}

const MUTATIONS: readonly Mutation[] = [
  {
    name: 'one bit',
    change: (bytes, pick) => {
      const at = pick(bytes.length);
      return replaced(bytes, at, (bytes[at] ?? 0) ^ (1 << pick(8)));
    },
  },
  {
    name: 'another letter',
    change: (bytes, pick) => replaced(bytes, pick(bytes.length), 0x20 + pick(95)),
  },
  {
    name: 'another digit',
    change: (bytes, pick) => {
      const digits = [...bytes.keys()].filter((at) => HEX.includes(bytes[at] ?? 0));
      return replaced(bytes, digits[pick(digits.length)] ?? 0, HEX[pick(16)] ?? 0);
    },
  },
  {
    name: 'a byte less',
    change: (bytes, pick) => {
      const at = pick(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    },
  },
  {
    name: 'a byte more',
    change: (bytes, pick) => {
      const at = pick(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.of(pick(256)), bytes.subarray(at)]);
    },
  },
  { name: 'cut off', change: (bytes, pick) => bytes.subarray(0, pick(bytes.length)) },
  {
    name: 'a line less',
    change: (bytes, pick) => {
      const all = linesOf(bytes);
      const gone = pick(all.length);
      return ofLines(all.filter((_, at) => at !== gone));
    },
  },
  {
    name: 'a line twice',
    change: (bytes, pick) => {
      const all = linesOf(bytes);
      const twice = pick(all.length);
      return ofLines(all.flatMap((line, at) => (at === twice ? [line, line] : [line])));
    },
  },
  {
    name: 'two lines changed about',
    change: (bytes, pick) => {
      const all = linesOf(bytes);
      const [first, second] = [pick(all.length), pick(all.length)];
      return ofLines(
        all.map(
          (line, at) => (at === first ? all[second] : at === second ? all[first] : line) ?? '',
        ),
      );
    },
  },
];

const HEX = [...Buffer.from('0123456789abcdef')];

function replaced(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split('\n').slice(0, -1);
}

function ofLines(all: readonly string[]): Buffer {
  return Buffer.from(all.map((line) => `${line}\n`).join(''), 'latin1');
}

/** Changes one file of a copy; sometimes its exporter covers that with a new list. */
async function mutated(seed: number): Promise<{ folder: string; what: string }> {
  const pick = numbers(seed);
  const folder = join(root, String(seed));
  cpSync(original, folder, { recursive: true });
  const names = [...Object.keys(bundleOf(original).files), 'bundle.json', 'bundle.json.asc'];
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
  return { folder, what: `${name}: ${mutation?.name ?? ''}, ${kind}` };
}

interface Damaged {
  readonly folder: string;
  readonly what: string;
}

/** What the two verifiers say of damaged bundles, where it is not the same. */
async function differences(damaged: readonly Damaged[], trust: readonly string[]) {
  const asking = askVerifyPy(damaged.map(({ folder }) => ({ folder, trust })));
  const ours: BundleVerdict[] = [];
  for (const { folder } of damaged) ours.push(await verifyBundle(folder, { trust, engine }));
  const theirs = await asking;
  expect(theirs).toHaveLength(damaged.length);
  return damaged
    .map(({ what }, index) => ({
      what,
      ours: ours[index] && { exit: ours[index].exit, places: placesOf(ours[index]) },
      theirs: theirs[index] && { exit: theirs[index].exit, places: theirs[index].places },
    }))
    .filter((each) => !isDeepStrictEqual(each.ours, each.theirs));
}

test(`verify.py and the program agree on ${COUNT} damaged bundles`, async () => {
  const damaged = [];
  for (let seed = 1; seed <= COUNT; seed += 1) damaged.push(await mutated(seed));
  expect(await differences(damaged, [ledger.aminaAnew.fingerprint])).toEqual([]);
});

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
