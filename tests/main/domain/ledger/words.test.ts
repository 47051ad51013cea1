import { describe, expect, test } from 'vitest';
import { searchWords } from '../../../../main/domain/ledger/search.ts';
import { tagged, TAGS, textWords, wordsOfOpening } from '../../../../main/domain/ledger/words.ts';

describe('the words of a text', () => {
  test.each([
    ['Opération Baobab', ['operation', 'baobab']],
    ['ÀÉÎÕÜ ñ ç', ['aeiou', 'n', 'c']],
    ['a.diallo@justice.sn', ['a', 'diallo', 'justice', 'sn']],
    ['JIT/2026-17', ['jit', '2026', '17']],
    ['«Дело» № 5', ['дело', 'no', '5']],
    ['وزارة العدل، دكار', ['وزارة', 'العدل', 'دكار']],
    ['司法部 国际合作', ['司法部', '国际合作']],
    ['AMBER+STRICT', ['amber', 'strict']],
    ['…—!', []],
    ['t=sealed', ['t', 'sealed']],
    ['x'.repeat(100), ['x'.repeat(64)]],
    [`${'x'.repeat(63)}😀y`, ['x'.repeat(63)]],
  ])('%s', (text, words) => {
    expect(textWords(text)).toEqual(words);
  });

  test('of an identity are those of its members', () => {
    const value = '{"country":"SN","email":"a@b.sn","name":"Amina Diallo","organisation":"MoJ"}';
    expect(wordsOfOpening({ digest: '', salt: '', value })).toEqual([
      'sn',
      'a',
      'b',
      'sn',
      'amina',
      'diallo',
      'moj',
    ]);
    expect(wordsOfOpening({ digest: '', salt: '', value: '{ not json' })).toEqual(['not', 'json']);
  });
});

test('a word with a tag says what it is', () => {
  expect(tagged(TAGS.type, 'receipt-in')).toBe('t=receipt-in');
  expect(tagged(TAGS.country, 'SN')).toBe('g=SN');
});

describe('what is searched for', () => {
  const words = (text: string) => searchWords(text).map((group) => group.map(({ word }) => word));

  test('is every word, in its text or in its type', () => {
    expect(words('seal')).toEqual([['seal', 'o=seal', 't=sealed']]);
    expect(words('Amina 17')).toEqual([
      ['amina', 'o=amina'],
      ['17', 'o=17', 'g=17'],
    ]);
    expect(words('')).toEqual([]);
  });

  test('is one thing when it is a long number, however it is grouped', () => {
    const uuid = words('0190a000-0000-7000-8000-000000000001');
    expect(uuid).toHaveLength(1);
    expect(uuid[0]).toContain('p=0190a000-0000-7000-8000-000000000001');
    expect(words('0190a00000007')[0]).toContain('p=0190a000-0000-7');
    expect(words('0190a000')[0]).toContain('p=0190a000');
    const fingerprint = words('ABCD EF01 2345 6789 ABCD EF01 2345 6789 ABCD EF01');
    expect(fingerprint).toHaveLength(1);
    expect(fingerprint[0]).toContain('k=abcdef0123456789abcdef0123456789abcdef01');
    expect(words('VAL-3f9c0123456789ab.pgp')[0]).toContain('d=3f9c0123456789ab');
  });

  test('stays two words when it is two', () => {
    expect(words('dead beef')).toHaveLength(2);
  });
});
