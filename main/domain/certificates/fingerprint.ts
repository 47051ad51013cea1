import type { Fingerprint } from '../identifiers.ts';

/** A fingerprint in groups of four, in rows as it is read aloud: two of five, or four of four. */
export function groups(fingerprint: Fingerprint): string[] {
  const fours = fingerprint.match(/.{4}/g) ?? [];
  const width = fours.length === 10 ? 5 : 4;
  const rows: string[] = [];
  for (let start = 0; start < fours.length; start += width)
    rows.push(fours.slice(start, start + width).join(' '));
  return rows;
}
