import { expect, test } from 'vitest';
import { sha256Hex } from '../../../../main/domain/digest.ts';
import { encodeCanonical } from '../../../../main/domain/json/canonical.ts';
import { encodeManifest } from '../../../../main/domain/packages/manifest.ts';
import {
  decodeApprovalAnswer,
  decodeApprovalRequest,
  encodeApprovalAnswer,
  encodeApprovalRequest,
  type ApprovalAnswer,
} from '../../../../main/domain/transfers/approval.ts';
import {
  decodeNotice,
  encodeNotice,
  type Notice,
} from '../../../../main/domain/transfers/notice.ts';
import {
  decodeReceipt,
  encodeReceipt,
  type Receipt,
} from '../../../../main/domain/transfers/receipt.ts';
import { failureOf } from '../../../fixtures/failure.ts';
import {
  APPROVER,
  manifest,
  PACKAGE_ID,
  RECIPIENT,
  SENDER,
  SIGNATURE,
} from '../../../fixtures/release.ts';

const ID = '0198f2a0-7c1e-7000-8000-00000000000a';
const DIGEST = 'ab'.repeat(32);
const by = {
  name: 'Jonas Weber',
  organisation: 'Data Office',
  country: 'DE',
  fingerprint: RECIPIENT,
};
const at = '2026-05-04T08:00:00Z';
const hash = Buffer.alloc(32, 3).toString('base64');

const receipt: Receipt = {
  format: 'valise.receipt/1',
  id: ID,
  kind: 'accepted',
  packageId: PACKAGE_ID,
  manifestDigest: DIGEST,
  sealedDigest: DIGEST,
  at,
  by,
  ledger: {
    checkpoint: `valise/${DIGEST}\n5\n${hash}\n`,
    signature: SIGNATURE,
    consistency: [{ from: 2, proof: [hash] }],
  },
  witnessed: {
    origin: `valise/${DIGEST}`,
    size: 12,
    root: DIGEST,
    head: DIGEST,
    result: 'consistent',
  },
};

const about = {
  format: 'valise.notice/1',
  id: ID,
  at,
  by,
  packageId: PACKAGE_ID,
  manifestDigest: DIGEST,
} as const;
const checkpoint = { checkpoint: 'valise/x\n', signature: SIGNATURE };
const notices: Notice[] = [
  { ...about, kind: 'recall' },
  { ...about, kind: 'recall', reason: { code: 'sent-in-error', text: 'Wrong list' } },
  { ...about, kind: 'delay', reason: { code: 'legal-review' }, until: '2026-06-01' },
  {
    format: 'valise.notice/1',
    id: ID,
    at,
    by,
    kind: 'fork-complaint',
    checkpoints: [checkpoint, checkpoint],
  },
];

const answered = {
  format: 'valise.approval/1',
  id: ID,
  packageId: PACKAGE_ID,
  manifestDigest: DIGEST,
  at,
} as const;
const approver = { ...by, fingerprint: APPROVER };
const answers: ApprovalAnswer[] = [
  { ...answered, by: approver, decision: 'approved', signature: SIGNATURE },
  { ...answered, by: approver, decision: 'refused', reason: { code: 'assessment-insufficient' } },
];

/** What decoding says of `value` with the members of `change`; `undefined` takes one out. */
function refusal(decode: (bytes: Uint8Array) => unknown, value: object, change: object) {
  return failureOf(() => decode(encodeCanonical({ ...value, ...change })));
}

test('a receipt is read as it was written, and named by the digest of its bytes', () => {
  const bytes = encodeReceipt(receipt);
  expect(decodeReceipt(bytes)).toEqual({ receipt, digest: sha256Hex(bytes) });
});

test('a receipt for a package without a ledger says so', () => {
  const { ledger: _ledger, ...rest } = receipt;
  const plain: Receipt = { ...rest, witnessed: { result: 'none' } };
  expect(decodeReceipt(encodeReceipt(plain)).receipt).toEqual(plain);
  const half = { witnessed: { result: 'none', size: 3 } };
  expect(refusal(decodeReceipt, receipt, half).params['field']).toBe('witnessed.size');
});

test.each(['rejected', 'destroyed', 'disputed'] as const)(
  'a receipt of kind %s says why or how',
  (kind) => {
    expect(refusal(decodeReceipt, receipt, { kind }).params['field']).toBe('reason');
    const reason = { code: 'software-delete', text: 'Copies on the medium can remain.' };
    expect(decodeReceipt(encodeReceipt({ ...receipt, kind, reason })).receipt.reason).toEqual(
      reason,
    );
  },
);

test.each([
  ['kind', 'read'],
  ['packageId', undefined],
  ['packageId', 'x'],
  ['manifestDigest', DIGEST.toUpperCase()],
  ['sealedDigest', undefined],
  ['at', '2026-05-04'],
  ['by', { ...by, organisation: undefined }],
  ['by', { ...by, fingerprint: RECIPIENT.toLowerCase() }],
  ['reason', { code: '!' }],
  ['reason', { code: 'x', text: 'x'.repeat(2001) }],
  ['ledger', { ...receipt.ledger, signature: 'none' }],
  ['ledger', { ...receipt.ledger, consistency: [{ from: 0, proof: [] }] }],
  ['ledger', { ...receipt.ledger, consistency: [{ from: 1, proof: ['AAAA'] }] }],
  [
    'ledger',
    {
      ...receipt.ledger,
      consistency: [{ from: 1, proof: Array.from({ length: 65 }, () => hash) }],
    },
  ],
  ['witnessed', undefined],
  ['witnessed', { ...receipt.witnessed, result: 'good' }],
  ['witnessed', { ...receipt.witnessed, origin: 'elsewhere' }],
  ['extra', 1],
])('case %#: a receipt with another %s is refused, and the field named', (field, value) => {
  const failure = refusal(decodeReceipt, receipt, { [field]: value });
  expect(failure.code).toBe('document-refused');
  expect(String(failure.params['field']).startsWith(field)).toBe(true);
});

test('notices are read as they were written', () => {
  for (const notice of notices) expect(decodeNotice(encodeNotice(notice)).notice).toEqual(notice);
});

test.each([
  [0, { manifestDigest: undefined }, 'manifestDigest'],
  [0, { until: '2026-06-01' }, 'until'],
  [0, { kind: 'reminder' }, 'kind'],
  [2, { reason: undefined }, 'reason'],
  [2, { until: undefined }, 'until'],
  [2, { until: 'soon' }, 'until'],
  [3, { checkpoints: [checkpoint] }, 'checkpoints'],
  [3, { checkpoints: [checkpoint, checkpoint, checkpoint] }, 'checkpoints'],
  [3, { packageId: PACKAGE_ID }, 'packageId'],
])('case %#: a notice is refused with the field', (index, change, field) => {
  const failure = refusal(decodeNotice, notices[index] ?? {}, change);
  expect(failure.code).toBe('document-refused');
  expect(String(failure.params['field']).startsWith(field)).toBe(true);
});

test('a request for approval carries the bytes that are to be signed', () => {
  const releaseBytes = encodeManifest(manifest());
  const sender = { name: 'Amina Diallo', organisation: 'Ministry of Justice', fingerprint: SENDER };
  const bytes = encodeApprovalRequest({ id: ID, at, by: sender, releaseBytes });
  const read = decodeApprovalRequest(bytes);
  expect(Buffer.from(read.releaseBytes).equals(releaseBytes)).toBe(true);
  expect(read).toMatchObject({
    manifest: manifest(),
    manifestDigest: sha256Hex(releaseBytes),
    digest: sha256Hex(bytes),
  });
  const stranger = encodeApprovalRequest({ id: ID, at, by, releaseBytes });
  expect(failureOf(() => decodeApprovalRequest(stranger)).params['field']).toBe('by.fingerprint');
  const other = { ...read.request, release: Buffer.from('{}').toString('base64') };
  expect(failureOf(() => decodeApprovalRequest(encodeCanonical(other))).params['field']).toBe(
    'format',
  );
  const loose = { ...read.request, release: 'e31=' };
  expect(failureOf(() => decodeApprovalRequest(encodeCanonical(loose))).params['field']).toBe(
    'release',
  );
});

test('answers are read as they were written', () => {
  for (const answer of answers)
    expect(decodeApprovalAnswer(encodeApprovalAnswer(answer)).answer).toEqual(answer);
});

test.each([
  [0, { signature: undefined }, 'signature'],
  [0, { signature: 'yes' }, 'signature'],
  [1, { reason: undefined }, 'reason'],
  [1, { signature: SIGNATURE }, 'signature'],
  [1, { decision: 'later' }, 'decision'],
])('case %#: an answer is refused with the field', (index, change, field) => {
  expect(refusal(decodeApprovalAnswer, answers[index] ?? {}, change).params['field']).toBe(field);
});

test('each document refuses the others, and versions to come', () => {
  const later = encodeCanonical({ ...receipt, format: 'valise.receipt/2' });
  expect(failureOf(() => decodeReceipt(later)).code).toBe('version-unknown');
  expect(failureOf(() => decodeNotice(encodeReceipt(receipt))).params['field']).toBe('format');
});
