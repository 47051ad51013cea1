import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  isKnown,
  LIST_NAMES,
  lookUp,
  searchList,
  vocabulary,
} from '../../../../main/domain/packages/vocabularies.ts';

test('every file in the folder is a list of its name, with source, version and status', () => {
  const folder = new URL('../../../../main/domain/packages/vocabularies/', import.meta.url);
  const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
  expect(files.sort()).toEqual([...LIST_NAMES].sort());
  for (const name of LIST_NAMES) {
    const list = vocabulary(name);
    expect(list.list).toBe(name);
    expect(['verified', 'known']).toContain(list.status);
  }
});

test('every code stands once in its list', () => {
  for (const name of LIST_NAMES) {
    const codes = vocabulary(name).items.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
  }
});

test('knows codes letter by letter, and nothing else', () => {
  expect(isKnown('instrument', 'COE-185')).toBe(true);
  expect(isKnown('instrument', 'coe-185')).toBe(false);
  expect(isKnown('offence', 'constructor')).toBe(false);
  expect(lookUp('offence', '09031')?.label).toBe('Unlawful access to a computer system');
  expect(lookUp('offence', '99999')).toBeUndefined();
});

test('says which instruments are not in force and which categories are special', () => {
  const notInForce = vocabulary('instrument').items.filter(({ inForce }) => inForce === false);
  expect(notInForce.map(({ code }) => code)).toEqual(['COE-224', 'UN-CYBER']);
  expect(notInForce.every(({ note }) => note === 'not in force')).toBe(true);
  expect(lookUp('data-category', 'Biometric')?.special).toBe(true);
  expect(lookUp('data-category', 'CriminalConviction')?.special).toBe(true);
  expect(lookUp('data-category', 'EmailAddress')?.special).toBeUndefined();
});

test('finds by code, by the beginning of words, and by other words for it', () => {
  const codes = (name: Parameters<typeof searchList>[0], query: string) =>
    searchList(name, query).map(({ code }) => code);
  expect(codes('offence', '0903')).toEqual(['0903', '09031', '09032', '09033', '09039']);
  expect(codes('offence', 'unlawful ACCESS')).toContain('09031');
  expect(codes('offence', 'ransomware')).toEqual(['09032']);
  expect(codes('instrument', 'budapest')).toEqual(['COE-185', 'COE-185-26', 'COE-224']);
  expect(codes('instrument', 'coe-185')[0]).toBe('COE-185');
  expect(codes('instrument', 'nothing like it')).toEqual([]);
  expect(codes('tlp', '')).toEqual(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']);
});
