import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyBundle } from '../../../../main/adapters/evidence/verify-bundle.ts';
import {
  Bundle,
  KeptLine,
  OpeningLine,
  ProofLine,
  WitnessLine,
} from '../../../../main/domain/ledger/bundle.ts';
import { readmeOf } from '../../../../main/domain/ledger/bundle-readme.ts';
import { bundleOf, linesOf } from '../../../fixtures/bundles.ts';
import { engine } from '../../../fixtures/ledger/office.ts';

const FORMATS = resolve(import.meta.dirname, '../../../../docs/formats');
const SPECIMEN = join(FORMATS, 'specimens/bundle');
const SCHEMAS = {
  bundle: Bundle,
  'bundle-checkpoint': KeptLine,
  'bundle-proof': ProofLine,
  'bundle-opening': OpeningLine,
  'bundle-witness': WitnessLine,
};
const page = readFileSync(join(FORMATS, 'bundle.md'), 'utf8');
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
    const [, trust = ''] = /--trust ([0-9A-F]{40})/.exec(page) ?? [];
    const verdict = await verifyBundle(SPECIMEN, { trust: [trust], engine });
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
    expect(readFileSync(join(SPECIMEN, 'README.txt'), 'utf8')).toBe(readmeOf(bundleOf(SPECIMEN)));
  });
});
