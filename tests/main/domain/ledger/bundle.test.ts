import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../../../main/domain/json/canonical.ts';
import {
  Bundle,
  decodeBundlePart,
  FIXED_FILES,
  ReceiptOutline,
} from '../../../../main/domain/ledger/bundle.ts';
import {
  BundleProblems,
  describeBundleProblem,
} from '../../../../main/domain/ledger/bundle-problems.ts';
import { readmeOf } from '../../../../main/domain/ledger/bundle-readme.ts';

const A = 'A'.repeat(40);
const digest = 'a'.repeat(64);
const bundle = {
  format: 'valise.bundle/1',
  scope: 'whole',
  filters: { redacted: false },
  by: { fingerprint: A },
  at: '2026-06-01T00:00:00Z',
  files: { checkpoint: digest, [`certificates/${A}-${digest}.asc`]: digest },
};

describe('bundle.json', () => {
  test('is read as it was written', () => {
    expect(decodeBundlePart(Bundle, encodeCanonical(bundle), 'bundle.json')).toEqual(bundle);
  });

  test.each([
    ['another version', { ...bundle, format: 'valise.bundle/2' }],
    ['a member more', { ...bundle, note: 'x' }],
    ['a file with a name of its own', { ...bundle, files: { 'letter.txt': digest } }],
    ['a file outside', { ...bundle, files: { '../checkpoint': digest } }],
    ['a digest that is none', { ...bundle, files: { checkpoint: 'A'.repeat(64) } }],
    ['no word on redaction', { ...bundle, filters: {} }],
  ])('refuses %s', (_name, value) => {
    const read = () => decodeBundlePart(Bundle, encodeCanonical(value), 'bundle.json');
    expect(read).toThrow(expect.objectContaining({ code: 'document-refused' }));
  });
});

test('files have names that say what they hold', () => {
  const takes = (name: string) =>
    Bundle.safeParse({ ...bundle, files: { [name]: digest } }).success;
  for (const name of [
    ...FIXED_FILES,
    `certificates/${'B'.repeat(64)}-${digest}.asc`,
    `receipts/${digest}.json`,
    `receipts/${digest}.asc`,
    `approvals/${digest}.sig`,
    `statements/${digest}.json`,
    `recorded/${digest}.bin`,
  ])
    expect({ name, takes: takes(name) }).toEqual({ name, takes: true });
  for (const name of [
    'bundle.json',
    `certificates/${digest}.asc`,
    `receipts/${digest}.txt`,
    `receipts/../${digest}.json`,
    `/receipts/${digest}.json`,
    `receipts/${digest}.json\n`,
    'entriesXjsonl',
    'toString',
  ])
    expect({ name, takes: takes(name) }).toEqual({ name, takes: false });
});

test('a receipt says all that it saw, or nothing', () => {
  const receipt = {
    format: 'valise.receipt/1',
    id: '0190a000-0000-7000-8000-000000000001',
    kind: 'accepted',
    packageId: '0190a000-0000-7000-8000-000000000002',
    manifestDigest: digest,
    sealedDigest: digest,
    at: '2026-06-01T00:00:00Z',
    by: { name: 'Amina', organisation: 'Ministry', fingerprint: A },
    witnessed: { result: 'none' },
  };
  expect(ReceiptOutline.safeParse(receipt).success).toBe(true);
  const seen = { result: 'same', origin: `valise/${digest}`, size: 3, root: digest, head: digest };
  expect(ReceiptOutline.safeParse({ ...receipt, witnessed: seen }).success).toBe(true);
  const { head, ...less } = seen;
  expect(head).toBe(digest);
  expect(ReceiptOutline.safeParse({ ...receipt, witnessed: less }).success).toBe(false);
});

test('README.txt tells of a part and of what was left out only where it is so', () => {
  const whole = readmeOf({ scope: 'whole', filters: { redacted: false }, files: {} });
  expect(whole).toContain('your own copy of verify.py');
  expect(whole).toContain('--trust FINGERPRINT');
  expect(whole).toContain('A certificate shows the name');
  expect(whole).toContain('That there were no other acts');
  expect(whole).not.toContain('A PART OF A LEDGER');
  expect(whole).not.toContain('What was left out');
  const part = readmeOf({
    scope: 'part',
    filters: { redacted: true, since: '2026-05-01T00:00:00Z' },
    files: {},
  });
  expect(part).toContain('A PART OF A LEDGER, WITHOUT NAMES AND TEXTS');
  expect(part).toContain('not before       2026-05-01T00:00:00Z');
  expect(part).toContain('It does not prove that there are no other acts');
  expect(part).not.toContain('That there were no other acts');
  expect(part).toContain('What was left out');
});

test('README.txt names the folders that few bundles have where they are', () => {
  const facts = { scope: 'whole' as const, filters: { redacted: false } };
  const of = (name: string) => readmeOf({ ...facts, files: { [name]: digest } });
  expect(of('entries.jsonl')).not.toMatch(/^(complaints|timestamps)\//m);
  expect(of(`complaints/${digest}.json`)).toMatch(/^complaints\/ {9}complaints about/m);
  expect(of(`timestamps/${digest}.tsr`)).toMatch(/^timestamps\/ {9}when an authority/m);
});

describe('problems', () => {
  test('name their place', () => {
    const problems = new BundleProblems();
    problems.atEntry(17, 'prev-mismatch');
    problems.atFile('checkpoints.jsonl', 'checkpoint-signature', 3);
    problems.atFile('previous', 'previous-other');
    expect(problems.list.map(describeBundleProblem)).toEqual([
      'entry 17: Entry 17 does not continue the entry before it: one of the two was changed. [prev-mismatch]',
      expect.stringMatching(/^checkpoints\.jsonl line 3: .* \[checkpoint-signature\]$/),
      'previous: The older bundle is of another ledger. [previous-other]',
    ]);
  });

  test('are not told a million times', () => {
    const problems = new BundleProblems();
    for (let seq = 0; seq < 1000; seq += 1) {
      problems.atEntry(seq, 'seq-wrong');
      problems.atFile('checkpoints.jsonl', 'checkpoint-root', seq);
    }
    expect(problems.list).toHaveLength(21);
    expect(problems.has('seq-wrong')).toBe(true);
    expect(problems.has('fork')).toBe(false);
  });
});
