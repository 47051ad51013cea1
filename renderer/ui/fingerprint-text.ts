/** The groups of four of a fingerprint: ten for a v4 key, sixteen for a v6 key. */
export function groupsOf(fingerprint: string): readonly string[] {
  return (
    fingerprint
      .toUpperCase()
      .replace(/\s/g, '')
      .match(/.{1,4}/g) ?? []
  );
}

/** The fingerprint as it is written: groups of four with single spaces. */
export function writtenOf(fingerprint: string): string {
  return groupsOf(fingerprint).join(' ');
}

/** A group as a screen reader has to say it: letter by letter. */
export function lettersOf(group: string): string {
  return group.split('').join(' ');
}

export const HEX_SIGNS = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
] as const;

export type HexSign = (typeof HEX_SIGNS)[number];

/** The hex signs of a group, in order; anything else is left out. */
export function signsOf(group: string): readonly HexSign[] {
  return Array.from(group).flatMap((sign) => HEX_SIGNS.filter((hex) => hex === sign));
}

/** The form in which OpenPGP programs read a fingerprint from a camera. */
export function scannedOf(fingerprint: string): string {
  return `OPENPGP4FPR:${groupsOf(fingerprint).join('')}`;
}
