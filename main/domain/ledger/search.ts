import { EntryType } from './entry-types.ts';
import { TAGS, tagged, textWords, type Tag } from './words.ts';

/**
 * What a person typed, as groups of words: an entry is found when of every group it has one.
 * A word with `prefix` stands for all that begin with it.
 */
export interface SearchWord {
  readonly word: string;
  readonly prefix: boolean;
}

/** Things that are known by long hexadecimal names. */
const HEX_TAGS: readonly Tag[] = [TAGS.contact, TAGS.fingerprint, TAGS.digest, TAGS.actor];
const UUID_TAGS: readonly Tag[] = [TAGS.package, TAGS.case, TAGS.uuid];

/** Hexadecimal digits, typed as they are shown: with hyphens, or in groups of four. */
const HEX = /^[0-9a-f]{4,64}$/i;

/** The groups of words that a text to search for stands for; none when it holds no word. */
export function searchWords(text: string): SearchWord[][] {
  const groups: SearchWord[][] = [];
  for (const part of partsOf(text)) {
    const hex = part.replaceAll('-', '');
    if (HEX.test(hex))
      groups.push([...hexWords(hex.toLowerCase()), ...plainWord(hex.toLowerCase())]);
    else for (const word of textWords(part)) groups.push(plainWord(word));
  }
  return groups;
}

/** Groups of four that stand together are one fingerprint; a file name is the digest in it. */
function partsOf(text: string): string[] {
  const joined = text
    .replace(/\bVAL-([0-9a-f]{16})(?:\.pgp)?\b/gi, '$1')
    .replace(/\b[0-9a-f]{4}(?: +[0-9a-f]{4}){3,15}\b/gi, (groups) => groups.replaceAll(' ', ''));
  return joined.split(/\s+/u).filter((part) => part !== '');
}

function hexWords(hex: string): SearchWord[] {
  return [
    ...HEX_TAGS.map((tag) => ({ word: tagged(tag, hex), prefix: true })),
    ...UUID_TAGS.map((tag) => ({ word: tagged(tag, hyphenated(hex)), prefix: true })),
  ];
}

/** The beginning of a UUID, as it is written. */
function hyphenated(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].filter((part) => part !== '').join('-');
}

function plainWord(word: string): SearchWord[] {
  const types = EntryType.options
    .filter((type) => type.split('-').some((part) => part.startsWith(word)))
    .map((type) => ({ word: tagged(TAGS.type, type), prefix: false }));
  const country = word.length === 2 ? [{ word: tagged(TAGS.country, word), prefix: false }] : [];
  const prefix = word.length > 1;
  return [{ word, prefix }, { word: tagged(TAGS.outcome, word), prefix }, ...types, ...country];
}
