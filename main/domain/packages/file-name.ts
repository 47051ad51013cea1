import type { Digest } from '../identifiers.ts';

/** What a sealed file is called: it tells a carrier neither kind, nor time, nor case. */
export function sealedFileName(digest: Digest): string {
  return `VAL-${digest.slice(0, 16)}.pgp`;
}

/** The first 16 hex digits of the digest that a sealed file's name claims, if it is such a name. */
export function claimedDigest(fileName: string): string | undefined {
  return /^VAL-([0-9a-f]{16})\.pgp$/.exec(fileName)?.[1];
}
