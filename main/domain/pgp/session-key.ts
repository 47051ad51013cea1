import { DomainError } from '../errors/index.ts';
import type { SecretKey } from './engine.ts';
import { ensureKeyWrap } from './key-wrap.ts';
import {
  PublicKeyEncryptedSessionKeyPacket,
  decryptSessionKeys,
  enums,
  readMessage,
  readPrivateKey,
} from './library.ts';
import type { PrivateKey } from './library.ts';
import type { MessageHead } from './outline.ts';
import { TAG, writePacket } from './packet-header.ts';
import { LENIENT, STRICT } from './profile.ts';
import type { RawSessionKey } from './session-key-packet.ts';

/** Own keys times hidden recipients: no message needs more tries. */
const MAX_TRIES = 256;

export interface FoundSessionKey {
  readonly sessionKey: Uint8Array;
  readonly openedWith: string;
}

/**
 * The session key, by one of the own keys: first through the packets that name one of them, then
 * through those with a hidden recipient.
 *
 * @throws DomainError `not-for-us` with the key IDs that are named; `message-damaged` when a packet
 *   names an own key and does not open with it; `weak-algorithm` for another cipher than AES
 */
export async function findSessionKey(
  { sessionKeys, profile }: MessageHead,
  keys: readonly SecretKey[],
): Promise<FoundSessionKey> {
  await ensureKeyWrap();
  const own = await Promise.all(
    keys.map(({ bytes }) => readPrivateKey({ binaryKey: bytes, config: LENIENT })),
  );
  const pairs = (packets: readonly RawSessionKey[]) =>
    packets.flatMap((packet) =>
      own.filter((key) => isFor(packet, key)).map((key) => ({ packet, key })),
    );
  const named = pairs(sessionKeys.filter(({ key }) => key !== undefined));
  const hidden = pairs(sessionKeys.filter(({ key }) => key === undefined));
  for (const { packet, key } of [...named, ...hidden].slice(0, MAX_TRIES)) {
    const sessionKey = await decrypt(packet, key, profile === 'rfc4880');
    if (sessionKey) return { sessionKey, openedWith: key.getFingerprint().toUpperCase() };
  }
  if (named.length > 0) throw new DomainError('message-damaged');
  throw new DomainError('not-for-us', {
    keys: sessionKeys.map(({ key }) => key ?? 'a hidden key').join(', '),
  });
}

function isFor({ key }: RawSessionKey, own: PrivateKey): boolean {
  if (key === undefined) return true;
  return own
    .getKeys()
    .some((part) =>
      key.length === 16
        ? part.getKeyID().toHex().toUpperCase() === key
        : part.getFingerprint().toUpperCase() === key,
    );
}

async function decrypt(
  packet: RawSessionKey,
  key: PrivateKey,
  saysCipher: boolean,
): Promise<Uint8Array | undefined> {
  if (!isInUsualForm(packet)) return undefined;
  const message = await readMessage({
    binaryMessage: writePacket(TAG.sessionKey, packet.body),
    config: STRICT,
  });
  const found = await decryptSessionKeys({
    message,
    decryptionKeys: key,
    config: LENIENT,
  }).catch((error: unknown) => {
    // The library says so of every cipher but AES and two old ones, which are told below.
    if (error instanceof Error && error.message.includes('non-preferred'))
      throw new DomainError('weak-algorithm', { what: 'its cipher' });
    return [];
  });
  const [first] = found;
  if (!first) return undefined;
  const isAes = ['aes128', 'aes192', 'aes256'].includes(first.algorithm ?? '');
  if (saysCipher && !isAes)
    throw new DomainError('weak-algorithm', { what: `its cipher (${first.algorithm ?? 'none'})` });
  return first.data;
}

/**
 * Whether a packet is written in the one form that its content has: otherwise bits could be turned
 * in it that change nothing, such as those of a number's length or the top bit of an X25519 point.
 */
function isInUsualForm({ body }: RawSessionKey): boolean {
  try {
    const packet = new PublicKeyEncryptedSessionKeyPacket();
    packet.read(body);
    if (!Buffer.from(packet.write()).equals(body)) return false;
    return !hasHighPoint(packet);
  } catch {
    return false;
  }
}

/** X25519 ignores the top bit of the other side's point (RFC 7748, section 5), the last octet's. */
function hasHighPoint(packet: PublicKeyEncryptedSessionKeyPacket): boolean {
  const { encrypted, publicKeyAlgorithm } = packet as unknown as {
    encrypted: { V?: Uint8Array; ephemeralPublicKey?: Uint8Array };
    publicKeyAlgorithm: enums.publicKey;
  };
  const isLegacy =
    publicKeyAlgorithm === enums.publicKey.ecdh &&
    encrypted.V?.length === 33 &&
    encrypted.V[0] === 0x40;
  const point = isLegacy ? encrypted.V : encrypted.ephemeralPublicKey;
  return point?.length === 33 || point?.length === 32 ? ((point.at(-1) ?? 0) & 0x80) !== 0 : false;
}
