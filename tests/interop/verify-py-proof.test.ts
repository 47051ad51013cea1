import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProof, type ProofVerdict } from '../../main/adapters/evidence/verify-proof.ts';
import type { Proof } from '../../main/domain/ledger/proof.ts';
import { exportBundle } from '../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../fixtures/ledger/lived-in.ts';
import { engine, unlocked } from '../fixtures/ledger/office.ts';
import { MUTATIONS, numbers } from '../fixtures/mutations.ts';
import { changeProof, continuationProof, entryProof, writeProof } from '../fixtures/proofs.ts';
import { askVerifyPy, placesOf, runVerifyPy, type Said } from './verify-py.ts';

const root = mkdtempSync(join(tmpdir(), 'valise-proof-'));
const path = (name: string) => join(root, name);
let ledger: LivedIn;
let other: LivedIn;

beforeAll(async () => {
  ledger = await livedIn();
  other = await livedIn();
  await ledger.office.journal.checkpoint({ leaves: true });
  writeProof(path('entry'), await entryProof(ledger.office, 6));
  writeProof(path('continuation'), await continuationProof(ledger.office, 8));
  await exportBundle(ledger.office, ledger.aminaAnew, path('bundle'));
  await exportBundle(other.office, other.aminaAnew, path('other-bundle'));
});

afterAll(() => {
  ledger.office.dispose();
  other.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

interface Judged {
  readonly exit: number;
  readonly places: readonly string[];
  readonly ours: ProofVerdict;
  readonly theirs: Said;
}

/** What both verifiers say of proofs: the same, or the test ends. */
async function judge(
  asked: readonly { file: string; trust?: readonly string[]; previous?: string }[],
): Promise<Judged[]> {
  const all = asked.map(({ file, trust = [ledger.aminaAnew.fingerprint], ...rest }) => ({
    folder: file,
    trust,
    ...rest,
  }));
  const asking = askVerifyPy(all);
  const verdicts: ProofVerdict[] = [];
  for (const { folder, ...options } of all)
    verdicts.push(await verifyProof(readFileSync(folder), { ...options, engine }));
  const theirs = await asking;
  return verdicts.map((ours, index) => {
    const said = theirs[index] as Said;
    const found = { exit: ours.exit, places: placesOf(ours) };
    expect(found).toEqual({ exit: said.exit, places: said.places });
    return { ...found, ours, theirs: said };
  });
}

const one = async (...asked: Parameters<typeof judge>[0]): Promise<Judged> =>
  (await judge(asked))[0] as Judged;

describe('a proof of an entry', () => {
  test('is good for every entry under every kept checkpoint', async () => {
    const files = [];
    for (const { size } of ledger.office.store.checkpoints())
      for (let seq = 0; seq < size; seq += 1) {
        const file = path(`${seq}-${size}`);
        writeProof(file, await entryProof(ledger.office, seq, size));
        files.push({ file, trust: [ledger.amina, ledger.aminaAnew, ledger.ben].map(fingerprint) });
      }
    expect(files.length).toBeGreaterThan(30);
    for (const { exit, places } of await judge(files)) expect({ exit, places }).toEqual(GOOD);
  });

  test('says which entry it is, what it says, and who signed', async () => {
    const { ours, theirs } = await one({ file: path('entry') });
    expect(ours).toMatchObject({ exit: 0, size: 12, confirmed: 12, entry: { seq: 6 } });
    for (const lines of [ours.lines, theirs.lines]) {
      expect(lines).toContain('It is entry 6 of a ledger of 12.');
      expect(lines.some((line) => line.includes('"type":"receipt-in"'))).toBe(true);
      expect(lines.at(-1)).toContain(`signed by ${ledger.aminaAnew.fingerprint}, whom you trust`);
    }
  });

  test('does not make a stranger’s key the right one', async () => {
    writeProof(path('anew'), await entryProof(other.office, 6));
    for (const trust of [[], [ledger.aminaAnew.fingerprint]]) {
      const { exit, ours, theirs } = await one({ file: path('anew'), trust });
      expect(exit).toBe(3);
      for (const lines of [ours.lines, theirs.lines])
        expect(lines.at(-1)).toContain('signer NOT confirmed');
    }
  });

  test('may end with the LF that a terminal leaves, and with nothing else', async () => {
    const bytes = readFileSync(path('entry'));
    writeFileSync(path('lf'), Buffer.concat([bytes, Buffer.from('\n')]));
    writeFileSync(path('two'), Buffer.concat([bytes, Buffer.from('\n\n')]));
    const [lf, two] = await judge([{ file: path('lf') }, { file: path('two') }]);
    expect(lf).toMatchObject(GOOD);
    expect(two).toMatchObject({ exit: 4, places: ['proof not-canonical'] });
  });
});

describe('a proof that a ledger continues', () => {
  test('is good from every kept checkpoint to every later one', async () => {
    const sizes = ledger.office.store.checkpoints().map(({ size }) => size);
    const files = [];
    for (const from of sizes)
      for (const to of sizes.filter((size) => size >= from)) {
        const file = path(`from-${from}-${to}`);
        writeProof(file, await continuationProof(ledger.office, from, to));
        files.push({ file, trust: [ledger.amina, ledger.aminaAnew, ledger.ben].map(fingerprint) });
      }
    expect(files.length).toBeGreaterThan(8);
    for (const { exit, places } of await judge(files)) expect({ exit, places }).toEqual(GOOD);
  });

  test('says from where to where, and how far a key vouches', async () => {
    const { ours, theirs } = await one({ file: path('continuation') });
    expect(ours).toMatchObject({ exit: 0, from: 8, size: 12, confirmed: 12 });
    const sentence = 'The ledger of 12 entries continues the one of 8 entries.';
    for (const lines of [ours.lines, theirs.lines]) expect(lines).toContain(sentence);
    const earlier = await one({ file: path('continuation'), trust: [ledger.ben.fingerprint] });
    expect(earlier.ours).toMatchObject({ exit: 0, confirmed: 8 });
    expect(earlier.theirs.lines.at(-1)).toContain('Verified up to size 8');
  });

  test('is not made to a smaller size, nor from one that was not kept', async () => {
    const proving = (from: number, to?: number) => continuationProof(ledger.office, from, to);
    await expect(proving(12, 8)).rejects.toMatchObject({ code: 'checkpoint-order' });
    await expect(proving(5)).rejects.toMatchObject({ code: 'checkpoint-not-kept' });
    await expect(proving(9)).rejects.toThrow('8, 11');
    await expect(entryProof(ledger.office, 12)).rejects.toMatchObject({ code: 'entry-unknown' });
    await expect(entryProof(ledger.office, 9, 8)).rejects.toMatchObject({ code: 'entry-unknown' });
  });
});

describe('with an older bundle', () => {
  test('a proof fits when it is of the same ledger at that size', async () => {
    const previous = path('bundle');
    expect(await one({ file: path('entry'), previous })).toMatchObject(GOOD);
    expect(await one({ file: path('entry'), previous: path('other-bundle') })).toMatchObject({
      exit: 4,
      places: ['previous previous-other'],
    });
    await ledger.office.journal.commit({ acts: [unlocked] });
    writeProof(path('later'), await entryProof(ledger.office, 6));
    expect((await one({ file: path('later'), previous })).places).toEqual([
      'previous previous-unclear',
    ]);
  });

  test('a proof from its size on shows that nothing was rewritten', async () => {
    const previous = path('bundle');
    writeProof(path('from-bundle'), await continuationProof(ledger.office, 12));
    expect(await one({ file: path('from-bundle'), previous })).toMatchObject(GOOD);
  });
});

const GOOD = { exit: 0, places: [] };
const fingerprint = (person: { readonly fingerprint: string }) => person.fingerprint;

type Change = (proof: Proof) => object;
const entries =
  (change: (all: Proof['entries']) => unknown[]): Change =>
  (proof) => ({
    ...proof,
    entries: change(proof.entries),
  });
const swapped = ([a, b, ...rest]: readonly string[]) => [b ?? '', a ?? '', ...rest];

const TAMPERINGS: readonly (readonly [
  name: string,
  file: 'entry' | 'continuation',
  change: Change,
  place: string,
])[] = [
  ['another entry named', 'entry', (proof) => ({ ...proof, seq: 7 }), 'seq entry-missing'],
  [
    'a word changed in the entry',
    'entry',
    entries((all) =>
      all.map((each) => ({ ...each, text: each.text.replace('"accepted"', '"rejected"') })),
    ),
    'entries[2] proof-wrong',
  ],
  [
    'hashes changed about',
    'entry',
    entries((all) => all.map((each) => ({ ...each, hashes: swapped(each.hashes) }))),
    'entries[2] proof-wrong',
  ],
  [
    'a hash less',
    'entry',
    entries((all) => all.map((each) => ({ ...each, hashes: each.hashes.slice(1) }))),
    'entries[2] proof-wrong',
  ],
  [
    'a keys entry left out',
    'entry',
    entries((all) => all.filter((_, at) => at !== 1)),
    'entries[2] keys-chain',
  ],
  ['genesis left out', 'entry', entries((all) => all.slice(1)), 'entries[0] seq-wrong'],
  [
    'the last entry left out',
    'entry',
    entries((all) => all.slice(0, -1)),
    'checkpoint checkpoint-beyond',
  ],
  ['entries changed about', 'entry', entries((all) => [...all].reverse()), 'entries[1] seq-wrong'],
  ['no entries', 'entry', entries(() => []), 'proof document-refused'],
  [
    'a certificate left out',
    'entry',
    (proof) => ({ ...proof, certificates: proof.certificates.slice(1) }),
    'entries[* evidence-missing',
  ],
  [
    'a certificate under another name',
    'entry',
    (proof) => ({
      ...proof,
      certificates: proof.certificates.map((each, at) =>
        at === 0 ? { ...each, fingerprint: 'A'.repeat(40) } : each,
      ),
    }),
    'certificates[0] file-mismatch',
  ],
  [
    'the statement of a rotation left out',
    'entry',
    (proof) => ({ ...proof, statements: [] }),
    'entries[3] evidence-missing',
  ],
  [
    'another root in the checkpoint',
    'entry',
    (proof) => ({
      ...proof,
      checkpoint: {
        ...proof.checkpoint,
        body: proof.checkpoint.body.replace(/\n[A-Za-z0-9+/]{4}/, '\nAAAA'),
      },
    }),
    'entries[0] proof-wrong',
  ],
  [
    'another signature',
    'entry',
    (proof) => ({ ...proof, checkpoint: { ...proof.checkpoint, signature: 'x' } }),
    'checkpoint file-malformed',
  ],
  [
    'the signature of another checkpoint',
    'continuation',
    (proof) => ({
      ...proof,
      checkpoint: { ...proof.checkpoint, signature: proof.earlier?.signature },
    }),
    'checkpoint checkpoint-signature',
  ],
  [
    'another size in the earlier checkpoint',
    'continuation',
    (proof) => ({
      ...proof,
      earlier: { ...proof.earlier, body: proof.earlier?.body.replace('\n8\n', '\n7\n') },
    }),
    'earlier proof-wrong',
  ],
  [
    'hashes of the consistency changed about',
    'continuation',
    (proof) => ({
      ...proof,
      earlier: { ...proof.earlier, hashes: [...(proof.earlier?.hashes ?? []), 'a'.repeat(64)] },
    }),
    'earlier proof-wrong',
  ],
  [
    'the earlier checkpoint in the place of the later',
    'continuation',
    (proof) => ({
      ...proof,
      checkpoint: { body: proof.earlier?.body, signature: proof.earlier?.signature },
    }),
    'earlier proof-wrong',
  ],
  ['nothing proved', 'continuation', ({ earlier: _, ...proof }) => proof, 'proof document-refused'],
  [
    'two things proved',
    'continuation',
    (proof) => ({ ...proof, seq: 6 }),
    'proof document-refused',
  ],
  ['a member more', 'entry', (proof) => ({ ...proof, note: 'x' }), 'proof document-refused'],
  [
    'a version to come',
    'entry',
    (proof) => ({ ...proof, format: 'valise.proof/2' }),
    'proof version-unknown',
  ],
];

describe('a proof that was tampered with', () => {
  const judged = new Map<string, Judged>();

  beforeAll(async () => {
    const copies = TAMPERINGS.map(([name, file, change]) => {
      const copy = path(name.replaceAll(' ', '-'));
      copyFileSync(path(file), copy);
      changeProof(copy, change);
      return { file: copy };
    });
    for (const [index, verdict] of (await judge(copies)).entries())
      judged.set(TAMPERINGS[index]?.[0] ?? '', verdict);
  });

  test.each(TAMPERINGS)('is seen: %s', (name, _file, _change, place) => {
    const { exit, places = [] } = judged.get(name) ?? {};
    expect(exit).toBe(4);
    const [before = '', after = ''] = place.split('*');
    const isNamed = (found: string) =>
      place.includes('*') ? found.startsWith(before) && found.endsWith(after) : found === place;
    expect({ places, isNamed: places.some(isNamed) }).toEqual({ places, isNamed: true });
  });
});

test('verify.py and the program agree on 80 proofs that were damaged anywhere', async () => {
  const damaged = Array.from({ length: 80 }, (_, seed) => {
    const pick = numbers(seed + 1);
    const bytes = readFileSync(path(seed % 2 === 0 ? 'entry' : 'continuation'));
    const file = path(`damaged-${seed}`);
    const changed = MUTATIONS[pick(MUTATIONS.length)]?.change(bytes, pick) ?? bytes;
    writeFileSync(file, changed);
    return { file, isSame: changed.equals(bytes) };
  });
  const verdicts = await judge(damaged);
  damaged.forEach(({ isSame }, at) => {
    expect(verdicts[at]?.exit).toBe(isSame ? 0 : 4);
  });
});

test('a proof has not a hash too many', async () => {
  const more = path('superfluous');
  copyFileSync(path('continuation'), more);
  changeProof(more, (proof) => {
    const { earlier, ...rest } = proof;
    if (earlier === undefined) throw new Error('it continues nothing');
    return { ...rest, earlier: { ...earlier, hashes: ['0'.repeat(64), ...earlier.hashes] } };
  });
  const [verdict] = await judge([{ file: more }]);
  expect(verdict?.exit).toBe(4);
});

test('verify.py takes a proof’s file as it takes a folder', () => {
  const { exit, out } = runVerifyPy(path('entry'), '--trust', ledger.aminaAnew.fingerprint);
  expect({ exit, out }).toMatchObject({ exit: 0 });
  expect(out).toContain('It is entry 6 of a ledger of 12.');
  expect(runVerifyPy('--trust', ledger.aminaAnew.fingerprint, path('entry')).exit).toBe(0);
  writeFileSync(path('letter'), 'Dear colleague');
  expect(runVerifyPy(path('letter')).exit).toBe(2);
});
