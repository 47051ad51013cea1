import { describe, expect, it } from 'vitest';
import { searchCodes } from '../../../renderer/ui/code-search.ts';
import type { CodeEntry } from '../../../renderer/ui/code-search.ts';

const LIST: readonly CodeEntry[] = [
  { code: 'COE-185', label: 'Budapest Convention', keywords: 'cybercrime' },
  { code: 'COE-185-26', label: 'Budapest Convention, spontaneous information' },
  { code: 'UN-CYBER', label: 'Hanoi Convention', note: 'not in force' },
  { code: '0903', label: 'Acts against computer systems' },
  { code: '09031', label: 'Unlawful access to a computer system' },
  { code: 'A6-1-c', label: 'Legal obligation', group: 'GDPR' },
  { code: 'X', label: 'Données médicales' },
];
const codes = (query: string) => searchCodes(LIST, query).map((entry) => entry.code);

describe('searching a vocabulary', () => {
  it('shows all of it before a word is typed', () => {
    expect(codes(' ')).toHaveLength(LIST.length);
  });

  it.each([
    ['0903', ['0903', '09031']],
    ['coe 185', ['COE-185', 'COE-185-26']],
    ['coe18526', ['COE-185-26']],
    ['a6 1', ['A6-1-c']],
    ['un', ['UN-CYBER', '09031']],
    ['computer access', ['09031']],
    ['cyberc', ['COE-185']],
    ['gdpr legal', ['A6-1-c']],
    ['not in force', ['UN-CYBER']],
    ['medicales', ['X']],
    ['ccess', []],
  ])('answers "%s"', (query, expected) => {
    expect(codes(query)).toEqual(expected);
  });
});
