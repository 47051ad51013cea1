import type { Opening } from '../vault/journal.ts';

/**
 * What the full-text index holds of an entry. A word with a tag and `=` says what it is
 * (`t=sealed`, `p=<package>`); a word without one is text. The index splits at spaces and makes
 * A to Z small, no more: what is a word is decided here, the same way for writing, searching and
 * verifying.
 */

/** The tag of each kind of word. */
export const TAGS = {
  type: 't',
  actor: 'a',
  package: 'p',
  case: 'c',
  contact: 'k',
  fingerprint: 'f',
  uuid: 'u',
  digest: 'd',
  outcome: 'o',
  country: 'g',
} as const;
export type Tag = (typeof TAGS)[keyof typeof TAGS];

/** Longer words are cut, in the index as in what is searched for. */
const LONGEST = 64;

/** Spaces and punctuation, spelled out: a newer Unicode must not change what a word is. */
const BETWEEN =
  /[\s\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u060c\u061b\u061f\u066a-\u066d\u06d4\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/u;

/**
 * A word that names one thing, such as `p=` and a package id, as it stands in the entry: the index
 * takes A to Z and a to z for the same.
 */
export function tagged(tag: Tag, value: string): string {
  return `${tag}=${value}`;
}

/** The words of a text: lower case, without accents. */
export function textWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(BETWEEN)
    .filter((word) => word !== '')
    .map((word) => (word.length > LONGEST ? cut(word) : word));
}

/** Cut between two letters, never within one: SQL would store another. */
function cut(word: string): string {
  const within = /[\ud800-\udbff]/.test(word.charAt(LONGEST - 1));
  return word.slice(0, within ? LONGEST - 1 : LONGEST);
}

const MOST_CODES = 4096;
const codes = new Map<string, readonly string[]>();

/** The words of a code, which come again and again. */
export function codeWords(code: string): readonly string[] {
  let words = codes.get(code);
  if (words === undefined) {
    words = textWords(code);
    if (codes.size < MOST_CODES) codes.set(code, words);
  }
  return words;
}

/** The words behind a commitment; of a document such as an identity, those of its texts. */
export function wordsOfOpening({ value }: Opening): string[] {
  if (!value.startsWith('{')) return textWords(value);
  try {
    return Object.values(JSON.parse(value) as object).flatMap((member: unknown) =>
      typeof member === 'string' ? textWords(member) : [],
    );
  } catch {
    return textWords(value);
  }
}
