/**
 * Characters that act on text instead of showing: controls (Cc), everything that a renderer may
 * leave out (zero-width characters, bidi controls, variation selectors, tags), line separators,
 * and halves of surrogate pairs.
 */
const UNSEEN = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\u061c\p{Surrogate}]/gu;

const DISPLAYED = 300;

/**
 * `text` so that a person sees every character of it: what does not show stands as `\u202E`, a
 * backslash as `\\`. Cut after `max` characters with an ellipsis.
 */
export function escapeForDisplay(text: string, max = DISPLAYED): string {
  const head = text.length > max ? text.slice(0, max) : text;
  const escaped = head.replaceAll('\\', '\\\\').replace(UNSEEN, escapeCharacter);
  return text.length > max ? `${escaped}…` : escaped;
}

/** One character as `\u202E`, or `\u{E0001}` beyond the basic plane. */
export function escapeCharacter(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
