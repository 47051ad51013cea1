import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';

/** Where a certificate is published for an address, by Web Key Directory. */
export interface WkdPlaces {
  /** Asked first: on `openpgpkey.` of the domain. */
  readonly advanced: string;
  /** Only when the other has no server at all. */
  readonly direct: string;
  /** Name of the file in a directory of one's own: `hu/` and this. */
  readonly fileName: string;
}

/** What stands for five bits each, from 0 on (RFC 6189, section 5.1.6). */
const SIGNS = 'ybndrfg8ejkmcpqxot1uwisza345h769';
const ADDRESS = /^([^\s@"<>/?#]{1,64})@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)$/;

/**
 * The places of an address (draft-koch-openpgp-webkey-service, section 3.1): the SHA-1 of the part
 * before the @, its letters A to Z made small, in z-base-32.
 * @throws DomainError `address-malformed`
 */
export function wkdPlaces(address: string): WkdPlaces {
  const [, local, given] = ADDRESS.exec(address) ?? [];
  if (local === undefined || given === undefined)
    throw new DomainError('address-malformed', { address });
  const domain = given.toLowerCase();
  const small = local.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const fileName = zBase32(createHash('sha1').update(small).digest());
  const query = `hu/${fileName}?l=${encodeURIComponent(local)}`;
  return {
    advanced: `https://openpgpkey.${domain}/.well-known/openpgpkey/${domain}/${query}`,
    direct: `https://${domain}/.well-known/openpgpkey/${query}`,
    fileName,
  };
}

/** @param bytes a number of them that is divided by five */
function zBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += SIGNS[(held >> (bits - 5)) & 31] ?? '';
  }
  return text;
}
