import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { encryptSessionKey, readKey } from 'openpgp';
import type { NewKey, SecretKey } from '../../main/domain/pgp/engine.ts';
import { hashHere } from '../../main/domain/pgp/hashing.ts';
import { readOwnKey, signingPacket } from '../../main/domain/pgp/own-key.ts';
import { writePacket } from '../../main/domain/pgp/packet-header.ts';
import { encryptV1 } from '../../main/domain/pgp/seipd-v1.ts';
import { encryptV2 } from '../../main/domain/pgp/seipd-v2.ts';
import { Signing } from '../../main/domain/pgp/text-signature.ts';
import { AT, binary, stream } from '../interop/pgp-suite/support.ts';

/** Builds messages that no honest program makes, out of honest parts. */

export const packet = writePacket;

export const literal = (text: Uint8Array | string, format = 'b'): Uint8Array =>
  packet(11, Buffer.concat([Buffer.from(`${format}\0\0\0\0\0`), Buffer.from(text)]));

export interface SignedParts {
  readonly announcement: Uint8Array;
  readonly signature: Uint8Array;
}

/** A one-pass signature and the signature over `text`. */
export async function signed(text: Uint8Array | string, by: SecretKey): Promise<SignedParts> {
  const signing = new Signing(signingPacket(await readOwnKey(by), AT), hashHere);
  const announcement = signing.onePass();
  await signing.update(Buffer.from(text));
  return { announcement, signature: await signing.finish(AT) };
}

export const zlib = (...content: readonly Uint8Array[]): Uint8Array =>
  packet(8, Buffer.concat([Buffer.of(2), deflateSync(Buffer.concat(content))]));
export const zip = (...content: readonly Uint8Array[]): Uint8Array =>
  packet(8, Buffer.concat([Buffer.of(1), deflateRawSync(Buffer.concat(content))]));

export interface Sealed {
  readonly sessionKeys: Uint8Array;
  readonly data: Uint8Array;
}

/** Whatever is inside, properly encrypted: the session-key packet and the data packet. */
export async function encrypted(
  to: NewKey,
  inside: readonly Uint8Array[],
  version: 1 | 2 = 1,
): Promise<Sealed> {
  const key = randomBytes(32);
  const answer: unknown = await encryptSessionKey({
    data: key,
    algorithm: 'aes256',
    ...(version === 2 ? { aeadAlgorithm: 'gcm' as const } : {}),
    encryptionKeys: (await readKey({ binaryKey: to.certificate.bytes })).toPublic(),
    date: AT,
    format: 'binary',
  });
  const encrypt = version === 2 ? encryptV2 : encryptV1;
  const body: Uint8Array[] = [];
  for await (const slice of encrypt(key, stream(...inside), hashHere)) body.push(slice);
  return { sessionKeys: binary(answer), data: packet(18, Buffer.concat(body)) };
}

export async function forged(
  to: NewKey,
  inside: readonly Uint8Array[],
  version: 1 | 2 = 1,
): Promise<Uint8Array> {
  const { sessionKeys, data } = await encrypted(to, inside, version);
  return Buffer.concat([sessionKeys, data]);
}

/** A small generator of numbers, so that a failure can be seen again. */
export function dice(seed: number): (sides: number) => number {
  let state = createHash('sha256').update(String(seed)).digest();
  let at = 0;
  return (sides) => {
    if (at > 27) {
      state = createHash('sha256').update(state).digest();
      at = 0;
    }
    const value = state.readUInt32BE(at);
    at += 4;
    return value % sides;
  };
}

/** A copy with a few octets changed, left out, doubled or added. */
export function mutated(original: Uint8Array, roll: (sides: number) => number): Buffer {
  let bytes = Buffer.from(original);
  for (let count = 1 + roll(4); count > 0 && bytes.length > 0; count -= 1) {
    const at = roll(bytes.length);
    const length = 1 + roll(8);
    const [start, rest] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (roll(5)) {
      case 0:
        bytes = Buffer.concat([start, rest.subarray(length)]);
        break;
      case 1:
        bytes = Buffer.concat([start, rest.subarray(0, length), rest]);
        break;
      case 2:
        bytes = Buffer.concat([start, randomOctets(length, roll), rest]);
        break;
      case 3:
        bytes = Buffer.concat([start, randomOctets(length, roll), rest.subarray(length)]);
        break;
      default:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
    }
  }
  return bytes;
}

function randomOctets(length: number, roll: (sides: number) => number): Buffer {
  return Buffer.from(Array.from({ length }, () => roll(256)));
}
