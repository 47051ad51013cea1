import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { encodeCanonical } from '../../../../main/domain/json/canonical.ts';
import {
  decodeManifest,
  encodeManifest,
  Manifest,
} from '../../../../main/domain/packages/manifest.ts';
import {
  ApprovalAnswer,
  ApprovalRequest,
  decodeApprovalAnswer,
  decodeApprovalRequest,
} from '../../../../main/domain/transfers/approval.ts';
import { Consistency } from '../../../../main/domain/transfers/ledger-part.ts';
import { decodeNotice, Notice } from '../../../../main/domain/transfers/notice.ts';
import { decodeReceipt, Receipt } from '../../../../main/domain/transfers/receipt.ts';
import { readBag } from '../../../fixtures/bags.ts';

const FORMATS = resolve(import.meta.dirname, '../../../../docs/formats');
const specimen = (name: string) => readFileSync(join(FORMATS, 'specimens', name));
const published = (name: string) =>
  JSON.parse(readFileSync(join(FORMATS, 'schemas', `${name}.schema.json`), 'utf8')) as object;
const page = (name: string) => readFileSync(join(FORMATS, name), 'utf8');

const SCHEMAS: [string, z.ZodType, string[]][] = [
  ['release', Manifest, ['release.json']],
  ['consistency', Consistency, ['consistency.json']],
  ['receipt', Receipt, ['receipt.json', 'receipt-destroyed.json']],
  ['notice', Notice, ['notice-recall.json', 'notice-delay.json', 'notice-fork-complaint.json']],
  ['approval-request', ApprovalRequest, ['approval-request.json']],
  ['approval', ApprovalAnswer, ['approval-approved.json', 'approval-refused.json']],
];

function validator(name: string) {
  return new Ajv2020({ strict: false, validateFormats: false }).compile(published(name));
}

test.each(SCHEMAS)(
  'the published schema of %s is the one that the program checks with',
  (name, schema) => {
    expect(published(name)).toEqual(z.toJSONSchema(schema));
  },
);

test.each(SCHEMAS)(
  'the published schema of %s takes its specimens, and nothing more in them',
  (name, schema, files) => {
    const validate = validator(name);
    for (const file of files) {
      const value = JSON.parse(specimen(file).toString()) as object;
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
      expect(schema.safeParse(value).success).toBe(true);
      expect(validate({ ...value, more: 1 })).toBe(false);
      expect(Buffer.from(encodeCanonical(value)).equals(specimen(file))).toBe(true);
    }
  },
);

/** Values that turn up where something else belongs. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    0,
    -1,
    1.5,
    true,
    null,
    [],
    {},
    'x',
    '\n',
    'a\u0000b',
    '2026-02-30',
    'x'.repeat(5000),
  ),
  fc.constantFrom<unknown>(
    'release',
    'rejected',
    'none',
    'RED',
    'met',
    '🗝'.repeat(200),
    '🗝'.repeat(201),
  ),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.integer(),
);

test.each(SCHEMAS)(
  'schema and program agree about any change in a document of %s',
  (name, schema, files) => {
    const validate = validator(name);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.infiniteStream(fc.nat()),
        fc.nat(3),
        odd,
        (file, steps, act, value) => {
          const document = { document: JSON.parse(specimen(file).toString()) as unknown };
          change(document, steps, act, value);
          expect(validate(document.document)).toBe(schema.safeParse(document.document).success);
        },
      ),
      { numRuns: 2000 },
    );
  },
);

/** Walks down at random and replaces, removes, adds or doubles one member. */
function change(root: object, steps: Iterator<number>, act: number, value: unknown): void {
  let place = root as Record<string, unknown>;
  let key = 'document';
  const next = () => Number(steps.next().value);
  while (
    typeof place[key] === 'object' &&
    place[key] !== null &&
    (key === 'document' || next() % 5 > 0)
  ) {
    const inner = place[key] as Record<string, unknown>;
    const keys = Object.keys(inner);
    if (keys.length === 0) break;
    place = inner;
    key = keys[next() % keys.length] ?? '';
  }
  if (act === 0 && !Array.isArray(place)) Reflect.deleteProperty(place, key);
  else if (act === 1 && !Array.isArray(place)) place[`${key}x`] = value;
  else if (act === 2 && Array.isArray(place)) place.push(place[0]);
  else place[key] = value;
}

test('the specimens are read as what they are', async () => {
  const { manifest, digest } = decodeManifest(specimen('release.json'));
  expect(encodeManifest(manifest).length).toBe(specimen('release.json').length);
  for (const name of ['receipt.json', 'receipt-destroyed.json'])
    expect(decodeReceipt(specimen(name)).receipt.manifestDigest).toBe(digest);
  expect(decodeNotice(specimen('notice-recall.json')).notice).toMatchObject({
    manifestDigest: digest,
  });
  expect(decodeNotice(specimen('notice-fork-complaint.json')).notice.kind).toBe('fork-complaint');
  expect(decodeApprovalRequest(specimen('approval-request.json')).manifestDigest).toBe(digest);
  for (const name of ['approval-approved.json', 'approval-refused.json'])
    expect(decodeApprovalAnswer(specimen(name)).answer.manifestDigest).toBe(digest);
  const bag = await readBag(specimen('package.tar'));
  expect(bag.manifestDigest).toBe(digest);
  expect(bag.ledger?.consistency).toEqual(JSON.parse(specimen('consistency.json').toString()));
  expect(bag.approvals[0]?.certificate).toBe(specimen('certificates/ousmane-fall.asc').toString());
});

test.each([
  ['release.md', ['release']],
  ['package.md', ['consistency']],
  ['receipt.md', ['receipt']],
  ['notice.md', ['notice']],
  ['approval.md', ['approval-request', 'approval']],
])('%s leads to its schemas and specimens', (name, schemas) => {
  const text = page(name);
  for (const schema of schemas) {
    expect(text).toContain(`schemas/${schema}.schema.json`);
    const files = SCHEMAS.find(([one]) => one === schema)?.[2] ?? [];
    for (const file of files) expect(text).toContain(`specimens/${file}`);
  }
});

test('the example that opens release.md is the specimen', () => {
  const [, example] = /```json\n([\s\S]*?)```/.exec(page('release.md')) ?? [];
  expect(encodeCanonical(JSON.parse(example ?? ''))).toEqual(
    new Uint8Array(specimen('release.json')),
  );
});
