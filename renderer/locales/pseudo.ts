/** A catalogue: texts, in groups. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'à',
  c: 'ç',
  e: 'é',
  i: 'î',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  A: 'Å',
  E: 'É',
  I: 'Î',
  O: 'Ø',
  S: 'Š',
  U: 'Û',
};

/** What must survive: `{{values}}`, `$t(references)` and `<tags>`. */
const KEPT = /(\{\{.*?\}\}|\$t\(.*?\)|<\/?\w+\s*\/?>)/;

/**
 * A text as the pseudo-language `qps` shows it: accented, in brackets and about two fifths longer,
 * which is what German does to English. A text on screen without brackets is not in the catalogue;
 * a closing bracket that is cut off is a place without room.
 */
export function pseudoText(text: string): string {
  const accented = text
    .split(KEPT)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter),
    )
    .join('');
  const padding = '~'.repeat(Math.ceil(text.replace(/\{\{.*?\}\}/g, '').length * 0.4));
  return `[${accented}${padding === '' ? '' : ` ${padding}`}]`;
}

/** The whole catalogue in the pseudo-language. */
export function pseudoCatalogue(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoCatalogue(value),
    ]),
  );
}
