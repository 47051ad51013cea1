import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  brokenRule,
  checkName,
  compareUtf8,
  escapeForDisplay,
  foldName,
  MAX_PATH_BYTES,
  MAX_SEGMENT_BYTES,
  nameWarnings,
  safeName,
} from '../../../../main/domain/packages/names.ts';
import { failureOf } from '../../../fixtures/failure.ts';

test.each([
  ['', 'is empty'],
  ['/etc/passwd', 'is absolute'],
  ['../x', 'leads out of its folder'],
  ['a/../../x', 'leads out of its folder'],
  ['a/./x', 'leads out of its folder'],
  ['a//x', 'has an empty part'],
  ['a/', 'has an empty part'],
  ['C:\\x', 'has a % or a \\'],
  ['\\\\srv\\x', 'has a % or a \\'],
  ['100%.csv', 'has a % or a \\'],
  ['C:x', 'begins like a drive'],
  ['data/c:', 'begins like a drive'],
  ['a\u0000b', 'has a control character'],
  ['a\nb', 'has a control character'],
  ['a\u007fb', 'has a control character'],
  ['a\u0085b', 'has a control character'],
  ['a\ud800', 'has a control character'],
  ['gpj.\u202eexe', 'has a character that turns the direction of text'],
  ['a\u2066b', 'has a character that turns the direction of text'],
  ['e\u0301.txt', 'is not in the normal form NFC'],
  [' a', 'has a space at the edge of a part'],
  ['a ', 'has a space at the edge of a part'],
  ['a /b', 'has a space at the edge of a part'],
  ['a.', 'has a dot at the end of a part'],
  ['a../b', 'has a dot at the end of a part'],
  ['...', 'has a dot at the end of a part'],
  ['CON', 'is kept by Windows for a device'],
  ['nul.txt', 'is kept by Windows for a device'],
  ['Com1.tar.gz', 'is kept by Windows for a device'],
  ['LPT\u00b9', 'is kept by Windows for a device'],
  ['a/aux .b', 'is kept by Windows for a device'],
  ['CONOUT$', 'is kept by Windows for a device'],
  ['x'.repeat(256), 'is too long'],
  ['ü'.repeat(128), 'is too long'],
  [`${'a/'.repeat(1500)}b`, 'is too long'],
])('refuses %j: it %s', (name, rule) => {
  expect(brokenRule(name)).toBe(rule);
  expect(failureOf(() => checkName(name)).params['rule']).toBe(rule);
});

test.each([
  'a',
  'data/customers.csv',
  '.hidden',
  'a..b',
  'a b',
  'CONsole.txt',
  'com10',
  'ä.txt',
  '日本語/資料.pdf',
  'ملف.csv',
  '👩‍👩‍👧.png',
  'a\u200bb',
  'x'.repeat(255),
  'ü'.repeat(127),
  'Dr. No',
  '__proto__',
])('takes %j', (name) => {
  expect(brokenRule(name)).toBeUndefined();
  expect(safeName(name)).toEqual({ path: name, replaced: false });
});

test('shows a refused name escaped', () => {
  const shown = (name: string) => failureOf(() => checkName(name)).params['name'];
  expect(shown('gpj.\u202eexe')).toBe('gpj.\\u202Eexe');
  expect(shown('a\u001b[31m\n')).toBe('a\\u001B[31m\\u000A');
  expect(shown('C:\\x')).toBe('C:\\\\x');
  expect(shown('e\u0301')).toBe('e\\u0301');
  expect(shown(`/${'x'.repeat(5000)}`)).toHaveLength(301);
});

test.each([
  ['a:b?.csv', 'a_b_.csv'],
  ['100%.csv', '100_.csv'],
  ['e\u0301.txt', 'é.txt'],
  [' a . ', 'a'],
  ['..', '_'],
  ['/etc//x', 'etc/x'],
  ['gpj.\u202eexe', 'gpj._exe'],
  ['CON.txt', 'CON_.txt'],
  ['a\nb/c', 'a_b/c'],
  ['', '_'],
  ['com1', 'com1_'],
])('replaces %j by %j when it is added', (name, safe) => {
  expect(safeName(name)).toEqual({ path: safe, replaced: true });
});

test('cuts a name that is too long, keeps its extension, and tells two apart', () => {
  const [one, two] = ['a', 'b'].map((end) => safeName(`${'ü'.repeat(200)}${end}.csv`).path);
  expect(one).toMatch(/^ü+~[0-9a-f]{8}\.csv$/);
  expect(Buffer.byteLength(one ?? '')).toBeLessThanOrEqual(MAX_SEGMENT_BYTES);
  expect(one).not.toBe(two);
});

test('what was replaced keeps the rule, also below data/, and is not replaced again', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom('.', ' ', '/', 'a', 'C', ':', '\\', 'é', '\u0301', '\u202e'),
    }),
    fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }),
    fc
      .array(fc.constantFrom('CON', 'nul.x', 'aux ', 'com1.', '..'), { maxLength: 5 })
      .map((parts) => parts.join('/')),
    fc
      .array(fc.string({ minLength: 100, maxLength: 120 }), { minLength: 20, maxLength: 40 })
      .map((parts) => parts.join('/')),
  );
  fc.assert(
    fc.property(name, (given) => {
      const { path, replaced } = safeName(given);
      expect(brokenRule(`data/${path}`)).toBeUndefined();
      expect(replaced).toBe(path !== given);
      expect(safeName(path)).toEqual({ path, replaced: false });
    }),
    { numRuns: 1000 },
  );
});

test('warns of what does not show, of look-alikes, and of what Windows does not take', () => {
  expect(nameWarnings('data/plain name.csv')).toEqual([]);
  expect(nameWarnings('data/имя файла.csv')).toEqual([]);
  expect(nameWarnings('data/资料.csv')).toEqual([]);
  expect(nameWarnings('a\u200bb')).toEqual(['name-invisible']);
  expect(nameWarnings('a\u00adb\u061c')).toEqual(['name-invisible']);
  expect(nameWarnings('p\u0430ypal.txt')).toEqual(['name-look-alike']);
  expect(nameWarnings('a\u2215b')).toEqual(['name-look-alike']);
  expect(nameWarnings('a\uff0eexe')).toEqual(['name-look-alike']);
  expect(nameWarnings('a?b')).toEqual(['name-not-for-windows']);
});

test('escapes so that nothing is hidden and nothing is ambiguous', () => {
  expect(escapeForDisplay('a\u{e0041}b')).toBe('a\\u{E0041}b');
  expect(escapeForDisplay('a\\u202E')).toBe('a\\\\u202E');
  expect(escapeForDisplay('<b>é</b>')).toBe('<b>é</b>');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      if (a !== b) expect(escapeForDisplay(a)).not.toBe(escapeForDisplay(b));
    }),
  );
});

test('folds what other systems take for one name, and keeps the rest apart', () => {
  for (const [a, b] of [
    ['README', 'readme'],
    ['straße', 'STRASSE'],
    ['ẞ', 'ss'],
    ['é', 'e\u0301'],
    ['Σας', 'ΣΑΣ'],
    ['K', '\u212a'],
    ['ﬁ', 'FI'],
  ] as const)
    expect(foldName(a)).toBe(foldName(b));
  for (const [a, b] of [
    ['a', 'b'],
    ['ı', 'i'],
    ['é', 'e'],
  ] as const)
    expect(foldName(a)).not.toBe(foldName(b));
});

test('compares by the bytes of UTF-8', () => {
  const name = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareUtf8('\ue000', '\u{10000}')).toBeLessThan(0);
});

test('a path as long as allowed is allowed', () => {
  const path = `${'a'.repeat(255)}/`.repeat(11) + 'b'.repeat(MAX_PATH_BYTES - 11 * 256);
  expect(Buffer.byteLength(path)).toBe(MAX_PATH_BYTES);
  expect(brokenRule(path)).toBeUndefined();
});
