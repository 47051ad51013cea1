/** One entry of a coded pick-list. */
export interface CodeEntry {
  readonly code: string;
  readonly label: string;
  /** A remark that belongs beside it: "not in force". */
  readonly note?: string;
  /** The group under which the list shows it. */
  readonly group?: string;
  /** Other words people use for it. */
  readonly keywords?: string;
}

/**
 * Whether an entry answers a query. Every word of the query has to begin the code, a part of the
 * code, or a word of the label, group, note or keywords; accents and case do not count.
 * `0903` finds 0903 and 09031; `26 cybercrime` finds COE-185-26.
 */
export function matchesCode(entry: CodeEntry, query: string): boolean {
  const words = fold(query).split(' ').filter(Boolean);
  const parts = fold(
    [entry.code, entry.label, entry.note, entry.group, entry.keywords].join(' '),
  ).split(' ');
  const code = squeeze(entry.code);
  return (
    words.every((word) => parts.some((part) => part.startsWith(word))) ||
    (words.length > 0 && code.startsWith(squeeze(query)))
  );
}

/** The entries that answer, those whose code begins with the query first, else in the list's order. */
export function searchCodes(entries: readonly CodeEntry[], query: string): readonly CodeEntry[] {
  const wanted = squeeze(query);
  if (wanted === '') return entries;
  const found = entries.filter((entry) => matchesCode(entry, query));
  const byCode = found.filter((entry) => squeeze(entry.code).startsWith(wanted));
  return [...byCode, ...found.filter((entry) => !byCode.includes(entry))];
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function squeeze(text: string): string {
  return fold(text).replaceAll(' ', '');
}
