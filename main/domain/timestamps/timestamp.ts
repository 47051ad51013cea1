import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import type { Digest } from '../identifiers.ts';
import { instant, type Instant } from '../time.ts';
import {
  asked,
  der,
  derOid,
  integerOf,
  NotDer,
  oidOf,
  partsOf,
  readDer,
  TAG,
  type DerValue,
} from './der.ts';
import { SIGNED_DATA, verifySignedData } from './signed-data.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const NONCE_BYTES = 16;
/** What a response may have: a token with a chain of certificates. */
export const MAX_RESPONSE_BYTES = 64 * 1024;

/** What a time-stamp authority said, as far as its own signature holds. */
export interface TimeStamp {
  /** What was stamped: a SHA-256, hex. */
  readonly digest: Digest;
  /** Hex of the number that the request had; undefined when the response has none. */
  readonly nonce: string | undefined;
  /** When, by the authority's clock; whole seconds. */
  readonly at: Instant;
  /** Who the certificate in the response says signed it. Nobody here confirms that. */
  readonly authority: string;
}

/**
 * The bytes of an RFC 3161 time-stamp request (section 2.4.1) for a SHA-256, with a nonce and the
 * wish to have the authority's certificate.
 * @param nonce 16 bytes, random
 */
export function timeStampRequest(digest: Digest, nonce: Uint8Array): Uint8Array {
  if (nonce.length !== NONCE_BYTES) throw new TypeError('a nonce has 16 bytes');
  const algorithm = der(TAG.sequence, derOid(SHA256), der(TAG.null));
  const imprint = der(TAG.sequence, algorithm, der(TAG.octets, Buffer.from(digest, 'hex')));
  return der(
    TAG.sequence,
    der(TAG.integer, Uint8Array.of(1)),
    imprint,
    der(TAG.integer, positive(nonce)),
    der(TAG.boolean, Uint8Array.of(0xff)),
  );
}

/** The nonce as a response repeats it: hex of a positive integer in its shortest form. */
export function nonceText(nonce: Uint8Array): string {
  return Buffer.from(positive(nonce)).toString('hex');
}

/**
 * Reads an RFC 3161 response (section 2.4.2): granted, over a SHA-256, and signed by the key of a
 * certificate inside it that is meant for time-stamps. Whether that certificate is to be trusted
 * is for `openssl ts -verify` with a root that somebody knows.
 * @throws DomainError `timestamp-refused` with the problem
 */
export function readTimeStamp(bytes: Uint8Array): TimeStamp {
  try {
    if (bytes.length > MAX_RESPONSE_BYTES) throw new NotDer('it is too large');
    const [status, token] = partsOf(readDer(bytes, TAG.sequence));
    requireGranted(status);
    const [type, wrapped] = partsOf(asked(token, TAG.sequence));
    if (oidOf(type) !== SIGNED_DATA) throw new NotDer('it holds no signed data');
    const { content, authority } = verifySignedData(asked(wrapped, 0xa0).content, TST_INFO);
    return { ...readInfo(content), authority };
  } catch (error) {
    if (error instanceof NotDer) throw refused(error.message);
    throw error;
  }
}

/** The refusal of a response. */
export function refused(problem: string): DomainError {
  return new DomainError('timestamp-refused', { problem });
}

/** TSTInfo, RFC 3161 section 2.4.2. */
function readInfo(content: Uint8Array): Omit<TimeStamp, 'authority'> {
  const [version, policy, imprint, serial, time, ...rest] = partsOf(readDer(content, TAG.sequence));
  if (integerOf(version) !== '01') throw new NotDer('it is of another version');
  oidOf(policy);
  integerOf(serial);
  const [algorithm, hash] = partsOf(asked(imprint, TAG.sequence));
  const [name] = partsOf(asked(algorithm, TAG.sequence));
  if (oidOf(name) !== SHA256) throw new NotDer('it stamps something other than a SHA-256');
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  return {
    digest: Buffer.from(asked(hash, TAG.octets).content).toString('hex'),
    nonce: nonce && integerOf(nonce),
    at: timeOf(asked(time, TAG.time)),
  };
}

/** `granted` or `grantedWithMods`; otherwise what the authority says. */
function requireGranted(status: DerValue | undefined): void {
  const [code, texts] = partsOf(asked(status, TAG.sequence));
  const number = integerOf(code);
  if (number === '00' || number === '01') return;
  const said =
    texts?.tag === TAG.sequence
      ? partsOf(texts).map(({ content }) => Buffer.from(content).toString('utf8'))
      : [];
  // Somebody else's words: kept short and on one line.
  const words = said
    .join(' ')
    .replace(/[^\p{L}\p{N} .,:;()'-]/gu, ' ')
    .slice(0, 200);
  throw refused(
    `the authority did not grant it (status ${String(parseInt(number, 16))}) ${words}`.trim(),
  );
}

/** GeneralizedTime as RFC 3161 has it: in UTC, seconds given, perhaps with a fraction. */
function timeOf({ content }: DerValue): Instant {
  const text = Buffer.from(content).toString('latin1');
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d*[1-9])?Z$/.exec(text);
  if (!parts) throw new NotDer('its time is in another spelling');
  const [year, month, day, hour, minute, second] = parts.slice(1);
  const at = new Date(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
  );
  if (Number.isNaN(at.getTime())) throw new NotDer('its time does not exist');
  return instant(at);
}

function positive(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = bytes.subarray(first === -1 ? bytes.length - 1 : first);
  return (short[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), short]) : short;
}

/** SHA-256 of the body of a checkpoint: what is stamped. */
export function stampedDigest(body: string): Digest {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}
