import { expect, test } from 'vitest';
import { sha256Hex } from '../../../../main/domain/digest.ts';
import { encodeCanonical } from '../../../../main/domain/json/canonical.ts';
import { encodeEntry } from '../../../../main/domain/ledger/entry.ts';
import { releaseFacts } from '../../../../main/domain/packages/facts.ts';
import {
  checkManifest,
  decodeManifest,
  encodeManifest,
  MAX_MANIFEST_BYTES,
} from '../../../../main/domain/packages/manifest.ts';
import { failureOf } from '../../../fixtures/failure.ts';
import { APPROVER, manifest, PACKAGE_ID, RECIPIENT, SENDER } from '../../../fixtures/release.ts';

type Tree = Record<string, unknown>;

/** A complete manifest with every optional member, as plain data. */
function complete(): Tree {
  const made = manifest({
    approval: { required: 1, approvers: [{ name: 'Ousmane Fall', fingerprint: APPROVER }] },
    transferBasis: ['LED-36'],
    purposeCodes: ['ReturnToOwner'],
    transformations: [
      {
        file: 'data/customers.csv',
        tool: 'valise 0.1.0',
        kept: ['name', 'email'],
        masked: ['phone'],
        pseudonymised: [],
        rowsIn: 10,
        rowsOut: 8,
      },
    ],
    supersedes: '0198f2a0-7c1e-7000-8000-000000000001',
    inReplyTo: '0198f2a0-7c1e-7000-8000-000000000002',
  });
  return structuredClone(made);
}

/** The same with the member at `path` (`a.b[0].c`) replaced, or taken out when `value` is undefined. */
function changed(path: string, value: unknown): Tree {
  const tree = complete();
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  let place: Tree = tree;
  for (const key of keys) place = place[key] as Tree;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return tree;
}

const decode = (value: unknown) => decodeManifest(encodeCanonical(value));
const refusal = (value: unknown) => failureOf(() => decode(value));

test('reads what it wrote; its digest is that of the bytes', () => {
  const bytes = encodeManifest(manifest());
  const read = decodeManifest(bytes);
  expect(read.manifest).toEqual(manifest());
  expect(read.digest).toBe(sha256Hex(bytes));
  expect(decode(complete()).manifest).toEqual(complete());
});

test.each([
  'format',
  'id',
  'createdAt',
  'kind',
  'sender',
  'sender.name',
  'sender.organisation',
  'sender.fingerprint',
  'recipients',
  'recipients[0].name',
  'recipients[0].fingerprint',
  'approval',
  'approval.required',
  'approval.approvers',
  'approval.approvers[0].name',
  'case',
  'case.reference',
  'instrument',
  'legalBasis',
  'offences',
  'dataCategories',
  'purpose',
  'affectedIndividuals',
  'affectedIndividuals.count',
  'affectedIndividuals.method',
  'origin',
  'origin.how',
  'assessment',
  'assessment.ownership',
  'assessment.consentOrInterest',
  'assessment.recipientIdentity',
  'assessment.minimisation',
  'assessment.necessity',
  'assessment.harmToIndividuals',
  'assessment.onwardTransfer',
  'assessment.risk',
  'assessment.ownership.answer',
  'assessment.ownership.evidence',
  'assessment.ownership.by',
  'assessment.ownership.at',
  'handling',
  'handling.tlp',
  'handling.caveats',
  'retention',
  'retention.deleteBy',
  'retention.action',
  'files',
  'files[0].path',
  'files[0].size',
  'files[0].sha256',
  'files[0].mediaType',
  'transformations[0].file',
  'transformations[0].tool',
  'transformations[0].kept',
  'transformations[0].rowsIn',
])('without %s it is refused, and the field named', (path) => {
  const failure = refusal(changed(path, undefined));
  expect(failure.code).toBe('document-refused');
  expect(failure.params).toMatchObject({ field: path, problem: 'is missing' });
  expect(failure.exit).toBe(1);
});

test.each([
  'sender.country',
  'recipients[0].organisation',
  'recipients[0].country',
  'case.title',
  'transferBasis',
  'purposeCodes',
  'origin.seizedAt',
  'transformations',
  'supersedes',
  'inReplyTo',
])('without %s it is good', (path) => {
  expect(() => decode(changed(path, undefined))).not.toThrow();
});

test.each([
  ['id', '0198F2A0-7C1E-7000-8000-0123456789AB'],
  ['id', '0198f2a0-7c1e-4000-8000-0123456789ab'],
  ['createdAt', '2026-05-03T12:00:00+00:00'],
  ['createdAt', '2026-05-03T12:00:00.000Z'],
  ['createdAt', '2026-02-30T12:00:00Z'],
  ['createdAt', '2026-12-31T23:59:60Z'],
  ['kind', 'gift'],
  ['sender.name', ''],
  ['sender.name', 'x'.repeat(201)],
  ['sender.name', 'A\u001b[31m'],
  ['sender.country', 'sn'],
  ['sender.fingerprint', SENDER.toLowerCase()],
  ['sender.fingerprint', SENDER.slice(8)],
  ['sender.email', 'a@example.org'],
  ['recipients', []],
  ['recipients[0].organisation', 7],
  ['approval.required', 2],
  ['approval.required', -1],
  ['approval.approvers[0].fingerprint', SENDER],
  ['case.reference', 'x'.repeat(121)],
  ['case.title', 'two\nlines'],
  ['instrument', 'not a code!'],
  ['legalBasis', []],
  ['legalBasis', ['A6-1-a', 'A6-1-a']],
  ['offences', Array.from({ length: 21 }, (_, index) => `9${String(index)}`)],
  ['dataCategories', Array.from({ length: 41 }, (_, index) => `C${String(index)}`)],
  ['purpose', ''],
  ['purpose', 'x'.repeat(2001)],
  ['purpose', 'x'.repeat(10 * 1024 * 1024)],
  ['affectedIndividuals.count', '1240'],
  ['affectedIndividuals.count', -1],
  ['affectedIndividuals.method', 'guessed'],
  ['origin.seizedAt', 'yesterday'],
  ['origin.referenceHash', 'xyz'],
  ['assessment.ownership.answer', 'yes'],
  ['assessment.ownership.evidence', 'x'.repeat(4001)],
  ['assessment.ownership.by', 'A'],
  ['assessment.risk', 'none'],
  ['assessment.extra', {}],
  ['handling.tlp', 'WHITE'],
  ['handling.caveats', 'H2'],
  ['retention.deleteBy', '2026-02-30'],
  ['retention.deleteBy', '2026-11-30T00:00:00Z'],
  ['retention.action', 'keep'],
  ['files[0].path', 'customers.csv'],
  ['files[0].path', 'data/../x'],
  ['files[0].path', 'data/\u202ex'],
  ['files[0].path', 'data/e\u0301'],
  ['files[0].size', -1],
  ['files[0].size', 2 ** 53 - 1],
  ['files[0].sha256', 'AB'.repeat(32)],
  ['files[0].mediaType', 'csv'],
  ['files[0].owner', 'root'],
  ['files', { length: 1 }],
  ['files[0]', 0],
  ['transformations[0].file', 'data/other.csv'],
  ['transformations[0].rowsOut', 1.5],
  ['supersedes', PACKAGE_ID],
  ['inReplyTo', 'x'],
  ['x<script>', 1],
] as const)('case %#: with another %s it is refused, and the field named', (path, value) => {
  const made = changed(path, value);
  const failure = failureOf(() => checkManifest(made));
  expect(failure.code).toBe('document-refused');
  const named = String(failure.params['field']);
  const field = path.replace(/^files\[0\]\.size$/, named.startsWith('files') ? named : path);
  expect(named === field || named.startsWith(`${field}[`) || field.startsWith(named)).toBe(true);
  expect(failure.message.length).toBeLessThan(1000);
});

test('bounds the codes that a ledger entry repeats', () => {
  const long = (count: number) =>
    Array.from({ length: count }, (_, index) => `C${String(index)}`.padEnd(48, 'x'));
  const many = manifest({ dataCategories: long(40), offences: long(2) });
  expect(failureOf(() => checkManifest(many)).params['field']).toBe('dataCategories');
  expect(() => checkManifest(manifest({ dataCategories: long(40), offences: [] }))).not.toThrow();
});

test('names a member that is not known, escaped', () => {
  const failure = failureOf(() => checkManifest(changed('a\u202eb', 1)));
  expect(failure.params).toMatchObject({ field: 'a\\u202Eb', problem: 'is not a known member' });
});

test('says first that a version is not known', () => {
  const later = { ...complete(), format: 'valise.release/2', purpose: undefined, more: true };
  expect(refusal(later).code).toBe('version-unknown');
  expect(refusal({ ...complete(), format: 'other/1' }).params['field']).toBe('format');
});

test('refuses bytes that are not canonical', () => {
  const pretty = Buffer.from(JSON.stringify(complete(), null, 1));
  expect(failureOf(() => decodeManifest(pretty)).code).toBe('not-canonical');
  const proto = Buffer.from(encodeManifest(manifest()))
    .toString()
    .replace('"case":', '"__proto__":');
  expect(failureOf(() => decodeManifest(Buffer.from(proto))).code).toBe('not-canonical');
});

test('keeps people apart', () => {
  const person = { name: 'X', fingerprint: RECIPIENT };
  const field = (change: Parameters<typeof manifest>[0]) =>
    failureOf(() => checkManifest(manifest(change))).params;
  expect(field({ recipients: [person, person] })).toMatchObject({
    field: 'recipients[1].fingerprint',
    problem: 'is named twice',
  });
  expect(field({ recipients: [person, { ...person, fingerprint: SENDER }] })).toMatchObject({
    field: 'recipients[1].fingerprint',
    problem: "is the sender's",
  });
  expect(field({ approval: { required: 1, approvers: [] } })).toMatchObject({
    field: 'approval.required',
  });
  const countries = Array.from({ length: 61 }, (_, index) => ({
    name: 'X',
    country: String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
    fingerprint: index.toString(16).toUpperCase().padStart(40, '0'),
  }));
  expect(field({ recipients: countries })).toMatchObject({ field: 'recipients' });
  expect(() => checkManifest(manifest({ recipients: countries.slice(1) }))).not.toThrow();
});

test('an approver may be a recipient', () => {
  const approval = { required: 1, approvers: [{ name: 'X', fingerprint: RECIPIENT }] };
  expect(() => checkManifest(manifest({ approval }))).not.toThrow();
});

test('wants files in the order of their bytes, each once, and no two that clash', () => {
  const file = (path: string) => ({ path, size: 1, sha256: 'ab'.repeat(32), mediaType: 'a/b' });
  const problem = (...paths: string[]) =>
    failureOf(() => checkManifest(manifest({ files: paths.map(file) }))).params['problem'];
  expect(problem('data/b', 'data/a')).toContain('order');
  expect(problem('data/\u{10000}', 'data/\ue000')).toContain('order');
  expect(problem('data/a', 'data/a')).toContain('twice');
  expect(problem('data/A', 'data/a')).toContain('would overwrite "data/A"');
  expect(problem('data/a', 'data/a/b')).toContain('would overwrite');
  const sorted = ['data/a.txt', 'data/a/b', 'data/\ue000', 'data/\u{10000}'].map(file);
  expect(() => checkManifest(manifest({ files: sorted }))).not.toThrow();
});

test('counts characters as people do', () => {
  expect(() => checkManifest(manifest({ purpose: '🗝'.repeat(2000) }))).not.toThrow();
});

test('takes the codes of others as they came', () => {
  const foreign = manifest({
    instrument: 'XX-NEW/1',
    offences: ['99999'],
    dataCategories: ['Aura'],
  });
  expect(decode(foreign).manifest.dataCategories).toEqual(['Aura']);
});

test('is refused above its size, on both sides', () => {
  const files = Array.from({ length: 140_000 }, (_, index) => ({
    path: `data/${String(index).padStart(6, '0')}`,
    size: 0,
    sha256: 'ab'.repeat(32),
    mediaType: 'a/b',
  }));
  expect(failureOf(() => encodeManifest(manifest({ files }))).code).toBe('oversized');
  expect(failureOf(() => decodeManifest(Buffer.alloc(MAX_MANIFEST_BYTES + 1))).code).toBe(
    'oversized',
  );
});

test.each([
  ['files', 0],
  ['files', {}],
  ['recipients', 0],
  ['legalBasis', 0],
  ['transformations', {}],
])('gives one refusal for half a million wrong items in %s', (field, item) => {
  const wrong = changed(
    field,
    Array.from({ length: 500_000 }, () => item),
  );
  expect(String(failureOf(() => checkManifest(wrong)).params['field'])).toContain(field);
});

test('the largest manifest fits into every entry of the ledger that repeats it', () => {
  const codes = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => `C${String(index)}`.padEnd(length, 'x'));
  const recipients = Array.from({ length: 1000 }, (_, index) => ({
    name: 'X',
    country: String.fromCharCode(65 + Math.floor((index % 60) / 26), 65 + ((index % 60) % 26)),
    fingerprint: index.toString(16).toUpperCase().padStart(64, '0'),
  }));
  const large = checkManifest(
    manifest({
      recipients,
      instrument: 'I'.repeat(48),
      dataCategories: codes(40, 33),
      offences: codes(20, 34),
      affectedIndividuals: { count: Number.MAX_SAFE_INTEGER, method: 'estimated' },
      files: [
        {
          path: 'data/a',
          size: Number.MAX_SAFE_INTEGER,
          sha256: 'ab'.repeat(32),
          mediaType: 'a/b',
        },
      ],
    }),
  );
  const digest = 'ab'.repeat(32);
  const bytes = encodeEntry({
    format: 'valise.entry/1',
    seq: Number.MAX_SAFE_INTEGER,
    at: '2026-05-03T12:00:00Z',
    actor: { fingerprint: 'F'.repeat(64), role: 'officer' },
    type: 'rejected',
    subject: {
      package: PACKAGE_ID,
      manifest: digest,
      sealed: digest,
      case: PACKAGE_ID,
      contact: 'F'.repeat(64),
    },
    detail: { facts: releaseFacts(large), reason: 'R'.repeat(48), note: digest },
    prev: digest,
  });
  expect(bytes.length).toBeLessThanOrEqual(4096);
});
