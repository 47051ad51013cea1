import { DomainError } from '../errors/index.ts';
import { readArmor } from './armor.ts';
import { TAG, parseHeader, writePacket } from './packet-header.ts';

export const MAX_CERTIFICATE_BYTES = 256 * 1024;
const MAX_ARMORED_BYTES = 400 * 1024;

/** A packet as it came, without its header. */
export interface RawPacket {
  readonly tag: number;
  readonly body: Uint8Array;
}

/**
 * The packets of a certificate that somebody gave, binary or armored, at most 256 KiB.
 *
 * @throws DomainError `not-a-certificate`, `secret-key-given`, `certificate-several`,
 *   `certificate-too-large`, `certificate-damaged`, `armor-damaged`
 */
export function certificatePackets(input: Uint8Array): RawPacket[] {
  return splitPackets(dearmored(input));
}

function dearmored(input: Uint8Array): Uint8Array {
  const [first] = input;
  if (first === undefined) throw new DomainError('not-a-certificate');
  if ((first & 0x80) !== 0 && first !== 0xef) return limited(input);
  if (input.length > MAX_ARMORED_BYTES)
    throw new DomainError('certificate-too-large', { what: 'more than 256 KiB' });
  const text = Buffer.from(input).toString('utf8');
  if (!text.includes('-----BEGIN PGP')) throw new DomainError('not-a-certificate');
  if (text.includes('-----BEGIN PGP PRIVATE KEY')) throw new DomainError('secret-key-given');
  if (text.split('-----BEGIN PGP PUBLIC KEY').length > 2)
    throw new DomainError('certificate-several');
  const { type, bytes } = readArmor(text);
  if (type !== 'PUBLIC KEY BLOCK') throw new DomainError('not-a-certificate');
  return limited(bytes);
}

function limited(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_CERTIFICATE_BYTES)
    throw new DomainError('certificate-too-large', { what: 'more than 256 KiB' });
  return bytes;
}

/**
 * The packets of a certificate or key, each of a length that its header says.
 *
 * @throws DomainError `not-a-certificate`, `certificate-damaged`
 */
export function splitPackets(bytes: Uint8Array): RawPacket[] {
  const packets: RawPacket[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = parseHeader(bytes.subarray(at));
    if (!header)
      throw packets.length === 0
        ? new DomainError('not-a-certificate')
        : damaged('its packets cannot be told apart');
    if (header.length.kind !== 'whole') throw damaged('a packet comes in parts');
    const start = at + header.size;
    at = start + header.length.bytes;
    if (at > bytes.length) throw damaged('its end is missing');
    packets.push({ tag: header.tag, body: bytes.slice(start, at) });
  }
  return packets;
}

/**
 * The transferable secret key for a certificate: its public packets replaced by the secret ones.
 *
 * @param secrets the secret packet's body for each public packet's body; nothing to leave it public
 */
export function withSecrets(
  certificate: Uint8Array,
  secrets: (publicBody: Uint8Array) => Uint8Array | undefined,
): Uint8Array {
  return Buffer.concat(
    splitPackets(certificate).map(({ tag, body }) => {
      const secret = tag === TAG.publicKey || tag === TAG.publicSubkey ? secrets(body) : undefined;
      if (secret === undefined) return writePacket(tag, body);
      return writePacket(tag === TAG.publicKey ? TAG.secretKey : TAG.secretSubkey, secret);
    }),
  );
}

function damaged(what: string): DomainError {
  return new DomainError('certificate-damaged', { what });
}
