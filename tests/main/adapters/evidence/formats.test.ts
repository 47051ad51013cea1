import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NodeEvidenceFolders } from '../../../../main/adapters/evidence/evidence-folders.ts';
import { verifyBundle } from '../../../../main/adapters/evidence/verify-bundle.ts';
import { verifyProof } from '../../../../main/adapters/evidence/verify-proof.ts';
import { NodeFiles } from '../../../../main/adapters/files/node-files.ts';
import {
  Bundle,
  KeptLine,
  OpeningLine,
  ProofLine,
  WitnessLine,
} from '../../../../main/domain/ledger/bundle.ts';
import { readmeOf } from '../../../../main/domain/ledger/bundle-readme.ts';
import { decodeProof, encodeProof, Proof } from '../../../../main/domain/ledger/proof.ts';
import { VerifyAnswer } from '../../../../main/domain/ledger/verdict.ts';
import { bundleOf, linesOf } from '../../../fixtures/bundles.ts';
import { engine } from '../../../fixtures/ledger/office.ts';

const FORMATS = resolve(import.meta.dirname, '../../../../docs/formats');
const SPECIMEN = join(FORMATS, 'specimens/bundle');
const PART = join(FORMATS, 'specimens/bundle-part');
const SCHEMAS = {
  bundle: Bundle,
  'bundle-checkpoint': KeptLine,
  'bundle-proof': ProofLine,
  'bundle-opening': OpeningLine,
  'bundle-witness': WitnessLine,
  proof: Proof,
  verdict: VerifyAnswer,
};
const page = readFileSync(join(FORMATS, 'bundle.md'), 'utf8');
/** The key that the page names. */
const trusted = () => /--trust ([0-9A-F]{40})/.exec(page)?.[1] ?? '';
const published = (name: string) =>
  JSON.parse(readFileSync(join(FORMATS, 'schemas', `${name}.schema.json`), 'utf8')) as object;
const validator = (name: string) =>
  new Ajv2020({ strict: false, formats: { uuid: true, 'date-time': true } }).compile(
    published(name),
  );

describe('the published schemas', () => {
  test.each(Object.entries(SCHEMAS))('of %s is the one that is checked with', (name, schema) => {
    expect(published(name)).toEqual(z.toJSONSchema(schema));
  });

  test('accept the specimen, and nothing more in it', () => {
    const bundle = validator('bundle');
    expect(bundle(bundleOf(SPECIMEN))).toBe(true);
    expect(bundle({ ...bundleOf(SPECIMEN), more: 1 })).toBe(false);
    for (const [file, name] of [
      ['checkpoints.jsonl', 'bundle-checkpoint'],
      ['openings.jsonl', 'bundle-opening'],
    ] as const) {
      const lines = linesOf(SPECIMEN, file).map((line) => JSON.parse(line) as object);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect(validator(name)(line)).toBe(true);
        expect(validator(name)({ ...line, more: 1 })).toBe(false);
      }
    }
  });
});

describe('the specimen', () => {
  test('is good for who knows the key that the page names', async () => {
    const verdict = await verifyBundle(SPECIMEN, { trust: [trusted()], engine });
    expect(verdict).toMatchObject({ exit: 0, entries: 12, confirmed: 12, problems: [] });
  });

  test('stands in the page as it is', () => {
    const [, text = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const { files, ...rest } = JSON.parse(text) as z.infer<typeof Bundle>;
    const { files: all, ...whole } = bundleOf(SPECIMEN);
    expect(rest).toEqual(whole);
    expect(all).toMatchObject(files);
  });

  test('has the README that is written today', () => {
    for (const folder of [SPECIMEN, PART])
      expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toBe(readmeOf(bundleOf(folder)));
  });
});

describe('the specimen of a part', () => {
  test('is good, and holds no name but in certificates', async () => {
    const verdict = await verifyBundle(PART, { trust: [trusted()], engine });
    expect(verdict).toMatchObject({ exit: 0, entries: 7, size: 12, problems: [] });
    expect(bundleOf(PART)).toMatchObject({ scope: 'part', filters: { redacted: true } });
    expect(readFileSync(join(PART, 'openings.jsonl'), 'utf8')).toBe('');
  });

  test('has proofs as the schema says', () => {
    const proof = validator('bundle-proof');
    const lines = linesOf(PART, 'proofs.jsonl').map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(7);
    for (const line of lines) {
      expect(proof(line)).toBe(true);
      expect(proof({ ...line, more: 1 })).toBe(false);
    }
  });
});

describe('the specimens of proofs', () => {
  test.each([
    ['proof.json', { entry: { seq: 6 } }],
    ['proof-continuation.json', { from: 8 }],
  ])('%s is good, canonical and closed', async (name, proves) => {
    const bytes = readFileSync(join(FORMATS, 'specimens', name));
    const verdict = await verifyProof(bytes, { trust: [trusted()], engine });
    expect(verdict).toMatchObject({ exit: 0, size: 12, confirmed: 12, problems: [], ...proves });
    const document = decodeProof(bytes);
    expect(Buffer.from(encodeProof(document)).equals(bytes)).toBe(true);
    const schema = validator('proof');
    expect(schema(document)).toBe(true);
    expect(schema({ ...document, more: 1 })).toBe(false);
  });

  test('are of the key that their page names', () => {
    const text = readFileSync(join(FORMATS, 'proof.md'), 'utf8');
    expect(text).toContain(`--trust ${trusted()}`);
  });
});

describe('what verify answers', () => {
  const folders = new NodeEvidenceFolders({
    engine,
    files: new NodeFiles(),
    clock: { now: () => new Date() },
  });

  test.each([
    ['bundle', []],
    ['bundle-part', [trusted()]],
    ['proof.json', [trusted()]],
    ['proof-continuation.json', []],
  ])('to %s is as its schema says', async (name, trust) => {
    const { json, exit } = await folders.verify(join(FORMATS, 'specimens', name), { trust });
    const answer = JSON.parse(JSON.stringify(json)) as object;
    expect(validator('verdict')(answer)).toBe(true);
    expect(VerifyAnswer.parse(answer)).toMatchObject({ verified: exit === 0 });
    expect(validator('verdict')({ ...answer, more: 1 })).toBe(false);
  });

  test('to the specimen stands in its page', async () => {
    const text = readFileSync(join(FORMATS, 'verdict.md'), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const { json } = await folders.verify(SPECIMEN, { trust: [] });
    expect(JSON.parse(example)).toEqual(JSON.parse(JSON.stringify(json)));
  });
});
