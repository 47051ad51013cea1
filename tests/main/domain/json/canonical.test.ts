import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeCanonical,
  encodeCanonical,
  type Json,
} from '../../../../main/domain/json/canonical.ts';
import { failureOf } from '../../../fixtures/failure.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const decode = (text: string) => decodeCanonical(bytes(text), 'The note');
const refusal = (text: string) => failureOf(() => decode(text));

/** Values of the profile; keys that JavaScript treats in its own way among them. */
const { value: profileValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(
        fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
        fc.constantFrom('constructor', 'toString', 'toJSON', '10', '9', 'a"b\\'),
      ),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
}));

test('gives the bytes that Python gives', () => {
  const values = fc.sample(profileValue, 500).filter((value) => !holdsProto(value));
  const script = [
    'import json, sys',
    'for line in sys.stdin:',
    '    text = json.dumps(json.loads(line), sort_keys=True, ensure_ascii=False, separators=(",", ":"))',
    '    print(text.encode("utf-8").hex())',
  ].join('\n');
  const input = values.map((value) => asciiJson(value)).join('\n');
  const { stdout } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
  const theirs = stdout.trim().split('\n');
  expect(theirs).toEqual(
    values.map((value) => Buffer.from(encodeCanonical(value)).toString('hex')),
  );
});

test('reads what it wrote, and nothing changes', () => {
  fc.assert(
    fc.property(
      profileValue.filter((value) => !holdsProto(value)),
      (value) => {
        const encoded = encodeCanonical(value);
        const again = decodeCanonical(encoded, 'The note');
        expect(Buffer.from(encodeCanonical(again)).equals(Buffer.from(encoded))).toBe(true);
      },
    ),
  );
});

test('leaves out members that are undefined, and refuses what is outside the profile', () => {
  expect(Buffer.from(encodeCanonical({ b: undefined, a: 1 })).toString()).toBe('{"a":1}');
  for (const value of [null, 1.5, -0, 2 ** 53, NaN, new Date(), new Map(), () => 1, 'a\ud800'])
    expect(() => encodeCanonical({ value })).toThrow(TypeError);
  expect(() => encodeCanonical({ ü: 1 })).toThrow(/key/);
  expect(() => encodeCanonical({ a: [{ b: null }] })).toThrow('$.a[0].b: null');
});

test.each([
  ['a space', '{"a": 1}'],
  ['another order', '{"b":1,"a":2}'],
  ['a key twice', '{"a":1,"a":1}'],
  ['a line end at the end', '{"a":1}\n'],
  ['a byte order mark', '\ufeff{"a":1}'],
  ['an escape that is not needed', '{"a":"\\u0041"}'],
  ['a slash that is escaped', '{"a":"\\/"}'],
  ['an exponent', '{"a":1e2}'],
  ['a fraction of nothing', '{"a":1.0}'],
  ['a minus zero', '{"a":-0}'],
  ['a fraction', '{"a":0.5}'],
  ['a number beyond 2^53', '{"a":9007199254740993}'],
  ['null', '{"a":null}'],
  ['half a surrogate pair', '{"a":"\\ud800"}'],
  ['a key that is not ASCII', '{"ä":1}'],
  ['a key that is empty', '{"":1}'],
  ['__proto__', '{"__proto__":{"x":1}}'],
  ['a comma too many', '[1,]'],
  ['nothing', ''],
  ['two values', '1 2'],
])('refuses %s', (_what, text) => {
  const failure = refusal(text);
  expect(failure.code).toBe('not-canonical');
  expect(failure.params['what']).toBe('The note');
});

test('refuses bytes that are not UTF-8', () => {
  const wrong = Buffer.concat([bytes('{"a":"'), Buffer.from([0xc3, 0x28]), bytes('"}')]);
  expect(failureOf(() => decodeCanonical(wrong, 'The note')).message).toContain('not UTF-8');
});

test('says where', () => {
  expect(refusal('{"a":[1,{"b":null}]}').params['where']).toBe('a[1].b (null)');
  expect(refusal('{"a":1, "b":2}').params['where']).toBe('character 7');
});

test('bounds size, depth and number of values before it parses', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(decode(deep(60))).toBeDefined();
  expect(refusal(deep(10_000)).params['where']).toContain('nested deeper than 64');
  expect(refusal('['.repeat(10_000)).params['where']).toContain('nested deeper than 64');
  expect(refusal(`[${'0,'.repeat(1_000_000)}0]`).params['where']).toContain('values');
  expect(decode(JSON.stringify('['.repeat(10_000)))).toBeDefined();
  const large = bytes(JSON.stringify('x'.repeat(2000)));
  const failure = failureOf(() => decodeCanonical(large, 'The note', { maxBytes: 1000 }));
  expect(failure.code).toBe('oversized');
});

test('tells another version from another kind of document, and both from damage', () => {
  const as = (text: string) =>
    failureOf(() => decodeCanonical(bytes(text), 'The note', { format: 'valise.note/1' }));
  expect(as('{"format":"valise.note/2", "later": null}').code).toBe('version-unknown');
  expect(as('{"format":"valise.other/1"}').params['field']).toBe('format');
  expect(as('{}').params).toMatchObject({ field: 'format', problem: 'is missing' });
  expect(as('[]').code).toBe('document-refused');
  expect(as('{"format":7}').code).toBe('document-refused');
  expect(as('{"format":"valise.note/1" }').code).toBe('not-canonical');
});

/** JSON in ASCII alone, so that the line survives any pipe. */
function asciiJson(value: Json): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function holdsProto(value: Json): boolean {
  return JSON.stringify(value).includes('"__proto__":');
}
