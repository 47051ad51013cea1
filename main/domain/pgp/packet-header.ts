/** Packet types (RFC 9580, section 5). */
export const TAG = Object.freeze({
  sessionKey: 1,
  signature: 2,
  passwordSessionKey: 3,
  onePassSignature: 4,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  compressed: 8,
  encrypted: 9,
  marker: 10,
  literal: 11,
  trust: 12,
  userId: 13,
  publicSubkey: 14,
  userAttribute: 17,
  protectedData: 18,
  aeadData: 20,
  padding: 21,
});

/**
 * How long a body is: `whole` says it, `part` says it of the first part only (partial body
 * lengths), `rest` is the old form that lasts until the end of what surrounds it.
 */
export type BodyLength =
  | { readonly kind: 'whole'; readonly bytes: number }
  | { readonly kind: 'part'; readonly bytes: number }
  | { readonly kind: 'rest' };

export interface PacketHeader {
  readonly tag: number;
  readonly length: BodyLength;
  /** How many bytes the header itself takes. */
  readonly size: number;
}

/** No header is longer. */
export const MAX_HEADER_BYTES = 6;

/**
 * The packet header at the start of `bytes` (RFC 9580, section 4.2). `undefined` when the bytes
 * are too few or begin no packet.
 */
export function parseHeader(bytes: Uint8Array): PacketHeader | undefined {
  const [first] = bytes;
  if (first === undefined || (first & 0x80) === 0) return undefined;
  if ((first & 0x40) !== 0) {
    const parsed = parseNewLength(bytes.subarray(1));
    return parsed && { tag: first & 0x3f, length: parsed.length, size: 1 + parsed.size };
  }
  const tag = (first & 0x3f) >> 2;
  const octets = [1, 2, 4, 0][first & 0x03] ?? 0;
  if (octets === 0) return { tag, length: { kind: 'rest' }, size: 1 };
  if (bytes.length < 1 + octets) return undefined;
  const length: BodyLength = { kind: 'whole', bytes: bigEndian(bytes.subarray(1, 1 + octets)) };
  return { tag, length, size: 1 + octets };
}

/** A length in the new format (RFC 9580, section 4.2.1), as it also stands between parts. */
export function parseNewLength(
  bytes: Uint8Array,
): { readonly length: BodyLength; readonly size: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined) return undefined;
  if (first < 192) return { length: { kind: 'whole', bytes: first }, size: 1 };
  if (first < 224) {
    if (second === undefined) return undefined;
    return { length: { kind: 'whole', bytes: ((first - 192) << 8) + second + 192 }, size: 2 };
  }
  if (first < 255) return { length: { kind: 'part', bytes: 2 ** (first & 0x1f) }, size: 1 };
  if (bytes.length < 5) return undefined;
  return { length: { kind: 'whole', bytes: bigEndian(bytes.subarray(1, 5)) }, size: 5 };
}

/** A length in the new format, in its shortest form. */
export function writeNewLength(length: number): Uint8Array {
  if (length < 192) return Uint8Array.of(length);
  if (length < 8384) return Uint8Array.of(((length - 192) >> 8) + 192, (length - 192) & 0xff);
  return Uint8Array.of(255, length >>> 24, length >>> 16, length >>> 8, length);
}

/** A whole packet in the new format. */
export function writePacket(tag: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(0xc0 | tag), writeNewLength(body.length), body]);
}

/** The number that `bytes` are, most significant first; at most six of them. */
export function bigEndian(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Upper-case hex, the form of fingerprints and key IDs. */
export function upperHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();
}
