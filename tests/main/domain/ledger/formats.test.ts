import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { encodeCheckpoint, parseCheckpoint } from '../../../../main/domain/ledger/checkpoint.ts';
import { EntryPass } from '../../../../main/domain/ledger/entry-pass.ts';
import { EntryType } from '../../../../main/domain/ledger/entry-types.ts';
import { decodeEntry, encodeEntry, entrySchema } from '../../../../main/domain/ledger/entry.ts';
import { Problems, PROBLEMS } from '../../../../main/domain/ledger/problems.ts';
import { OpenpgpEngine } from '../../../../main/domain/pgp/openpgp-engine.ts';

const FORMATS = resolve(import.meta.dirname, '../../../../docs/formats');
const LEDGER = join(FORMATS, 'specimens/ledger');
const text = (path: string) => readFileSync(join(FORMATS, path), 'utf8');
const lines = text('specimens/ledger/entries.jsonl').slice(0, -1).split('\n');
const checkpoint = text('specimens/ledger/checkpoint');
const schema = JSON.parse(text('schemas/entry.schema.json')) as object;

describe('the specimen of a ledger', () => {
  test('is what readers take, and writers write', () => {
    expect(lines).toHaveLength(12);
    lines.forEach((line, seq) => {
      const entry = decodeEntry(Buffer.from(line), seq);
      expect(Buffer.from(encodeEntry(entry)).toString()).toBe(line);
    });
  });

  test('gives the checkpoint beside it, which the last actor signed', async () => {
    const problems = new Problems();
    const pass = new EntryPass(problems, []);
    for (const line of lines) pass.take(Buffer.from(line));
    expect(problems.list()).toEqual([]);
    const { actor, ...place } = pass.present();
    expect(encodeCheckpoint(place)).toBe(checkpoint);
    expect(parseCheckpoint(checkpoint)).toEqual(place);
    const verdict = await new OpenpgpEngine().verify(
      Buffer.from(checkpoint),
      text('specimens/ledger/checkpoint.asc'),
      [
        (
          await new OpenpgpEngine().readCertificate(
            readFileSync(join(LEDGER, 'officer-second.asc')),
            new Date(),
          )
        ).bytes,
      ],
      new Date(),
    );
    expect(verdict.signer).toBe(actor);
  });

  test('is followed by the shell of the page', () => {
    const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(text('ledger.md')) ?? [];
    const head = execFileSync('sh', ['-c', script], { cwd: LEDGER, encoding: 'utf8' });
    expect(head).toBe(`head ${parseCheckpoint(checkpoint).head}\n`);
  });

  test('stands in the pages as it is', () => {
    const [, shown = ''] = /```json\n([\s\S]*?)```/.exec(text('ledger.md')) ?? [];
    expect(JSON.parse(shown)).toEqual(JSON.parse(lines[11] ?? ''));
    expect(text('checkpoint.md')).toContain(`\`\`\`text\n${checkpoint}\`\`\``);
  });
});

describe('the published schema of entries', () => {
  const variants = EntryType.options.map((type) => entrySchema(type));
  const [first, ...others] = variants;
  if (first === undefined) throw new Error('there are no entry types');

  test('is the one that the program checks with', () => {
    const union = z.discriminatedUnion('type', [first, ...others]);
    expect(schema).toEqual(z.toJSONSchema(union, { reused: 'ref' }));
  });

  test('takes the specimen, and nothing more in it', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    for (const line of lines) {
      const entry = JSON.parse(line) as { detail: object; subject: object };
      expect(validate(entry), JSON.stringify(validate.errors)).toBe(true);
      expect(validate({ ...entry, more: 1 })).toBe(false);
      expect(validate({ ...entry, detail: { ...entry.detail, name: 'Amina' } })).toBe(false);
      expect(validate({ ...entry, subject: { ...entry.subject, name: 'Amina' } })).toBe(false);
    }
  });
});

test('the page names every code of a ledger', () => {
  const page = text('ledger.md').replace(/`-([a-z]+(?:-[a-z]+)*)`/g, '`checkpoint-$1`');
  const ofBundles = /^(?:bundle|file|previous|certificate)-/;
  const codes = Object.keys(PROBLEMS).filter((code) => !ofBundles.test(code));
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
