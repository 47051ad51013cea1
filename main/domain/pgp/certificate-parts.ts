import { DomainError } from '../errors/index.ts';
import { isOutsized } from './algorithms.ts';
import { certificatePackets, splitPackets } from './key-packets.ts';
import type { RawPacket } from './key-packets.ts';
import {
  PublicKeyPacket,
  PublicSubkeyPacket,
  SignaturePacket,
  UserIDPacket,
  enums,
} from './library.ts';
import { TAG, writePacket } from './packet-header.ts';
import { readSignature } from './text-signature.ts';

const MAX_USER_IDS = 20;
const MAX_SUBKEYS = 20;
/** Signatures by the key itself: each of them is checked. */
const MAX_SELF_SIGNATURES = 200;

export interface SelfSigned<P> {
  readonly packet: P;
  /** The packet as it is written: new-format header and the body as it came. */
  readonly raw: Uint8Array;
  signatures: SignaturePart[];
}
export interface SignaturePart {
  readonly packet: SignaturePacket;
  readonly raw: Uint8Array;
}

/** A certificate taken apart: what the key itself signed, nothing of it checked yet. */
export interface CertificateParts {
  readonly primary: SelfSigned<PublicKeyPacket>;
  readonly users: SelfSigned<UserIDPacket>[];
  readonly subkeys: SelfSigned<PublicSubkeyPacket>[];
  /** What was left out: warnings of `CertificateFacts`. */
  readonly dropped: Set<string>;
}

/**
 * Takes exactly one certificate apart, binary or armored. Bounded; signatures by other keys, photos
 * and parts in unknown forms are left out and named in `dropped`.
 *
 * @throws DomainError `not-a-certificate`, `secret-key-given`, `certificate-several`,
 *   `certificate-too-large`, `certificate-damaged`, `certificate-unsupported`, `armor-damaged`
 */
export function readParts(input: Uint8Array): Promise<CertificateParts> {
  return sortParts(certificatePackets(input));
}

/**
 * As `readParts`, but also takes a revocation certificate for `known`: a revocation signature alone.
 *
 * @throws DomainError as `readParts`
 */
export function readUpdate(input: Uint8Array, known: CertificateParts): Promise<CertificateParts> {
  const packets = certificatePackets(input);
  if (packets.length !== 1 || packets[0]?.tag !== TAG.signature) return sortParts(packets);
  return sortParts([...splitPackets(known.primary.raw), ...packets]);
}

async function sortParts(packets: readonly RawPacket[]): Promise<CertificateParts> {
  if (packets.some(({ tag }) => tag === TAG.secretKey || tag === TAG.secretSubkey))
    throw new DomainError('secret-key-given');
  const [first, ...rest] = packets;
  if (first?.tag !== TAG.publicKey) throw new DomainError('not-a-certificate');
  if (rest.some(({ tag }) => tag === TAG.publicKey)) throw new DomainError('certificate-several');
  bound(rest);

  const parts: CertificateParts = {
    primary: { packet: await readPrimary(first.body), raw: raw(first), signatures: [] },
    users: [],
    subkeys: [],
    dropped: new Set(),
  };
  let owner: { signatures: SignaturePart[] } | undefined = parts.primary;
  for (const packet of rest) {
    switch (packet.tag) {
      case TAG.signature:
        addSignature(parts, owner, packet);
        break;
      case TAG.userId:
        owner = addUser(parts, packet);
        break;
      case TAG.publicSubkey:
        owner = await addSubkey(parts, packet);
        break;
      case TAG.userAttribute:
        parts.dropped.add('user-attributes-dropped');
        owner = undefined;
        break;
      case TAG.trust:
      case TAG.marker:
      case TAG.padding:
        break;
      default:
        if (packet.tag < 40) throw damaged(`a packet of type ${packet.tag} does not belong here`);
        parts.dropped.add('unknown-parts-dropped');
    }
  }
  return parts;
}

/** The certificate's bytes: each part followed by the signatures that it has now. */
export function writeParts({ primary, users, subkeys }: CertificateParts): Uint8Array {
  const parts = [primary, ...users, ...subkeys];
  return Buffer.concat(
    parts.flatMap(({ raw: own, signatures }) => [
      own,
      ...signatures.map((signature) => signature.raw),
    ]),
  );
}

function bound(packets: readonly RawPacket[]): void {
  const count = (tag: number) => packets.filter((packet) => packet.tag === tag).length;
  if (count(TAG.userId) + count(TAG.userAttribute) > MAX_USER_IDS)
    throw new DomainError('certificate-too-large', { what: `more than ${MAX_USER_IDS} names` });
  if (count(TAG.publicSubkey) > MAX_SUBKEYS)
    throw new DomainError('certificate-too-large', { what: `more than ${MAX_SUBKEYS} subkeys` });
}

async function readPrimary(body: Uint8Array): Promise<PublicKeyPacket> {
  const version = body[0] ?? 0;
  if (version !== 4 && version !== 6) throw new DomainError('certificate-unsupported', { version });
  const packet = new PublicKeyPacket();
  try {
    await packet.read(body);
  } catch (cause) {
    throw new DomainError('certificate-damaged', { what: 'its key cannot be read' }, { cause });
  }
  if (isOutsized(packet)) throw damaged('its RSA numbers are out of all bounds');
  // A key with other bytes has another fingerprint elsewhere than the one that is computed here.
  if (!Buffer.from(packet.write()).equals(body)) throw damaged('its key is not in the usual form');
  return packet;
}

function addSignature(
  parts: CertificateParts,
  owner: { signatures: SignaturePart[] } | undefined,
  packet: RawPacket,
): void {
  const signature = new SignaturePacket();
  try {
    readSignature(signature, packet.body);
  } catch {
    parts.dropped.add('unknown-parts-dropped');
    return;
  }
  if (!signature.issuerKeyID.equals(parts.primary.packet.getKeyID())) {
    parts.dropped.add('third-party-signatures-dropped');
    return;
  }
  // A revocation counts wherever it stands, so that nobody hides one by moving it.
  const isAboutKey =
    signature.signatureType === enums.signature.keyRevocation ||
    signature.signatureType === enums.signature.key;
  const target = isAboutKey ? parts.primary : owner;
  if (!target) return;
  target.signatures.push({ packet: signature, raw: raw(packet) });
  const all = [parts.primary, ...parts.users, ...parts.subkeys];
  if (all.reduce((sum, part) => sum + part.signatures.length, 0) > MAX_SELF_SIGNATURES)
    throw new DomainError('certificate-too-large', {
      what: `more than ${MAX_SELF_SIGNATURES} signatures by the key itself`,
    });
}

function addUser(parts: CertificateParts, packet: RawPacket): SelfSigned<UserIDPacket> | undefined {
  const user = new UserIDPacket();
  try {
    user.read(packet.body);
  } catch {
    parts.dropped.add('unknown-parts-dropped');
    return undefined;
  }
  return added(parts.users, { packet: user, raw: raw(packet), signatures: [] });
}

async function addSubkey(
  parts: CertificateParts,
  packet: RawPacket,
): Promise<SelfSigned<PublicSubkeyPacket> | undefined> {
  const subkey = new PublicSubkeyPacket();
  try {
    await subkey.read(packet.body);
    if (isOutsized(subkey) || !Buffer.from(subkey.write()).equals(packet.body))
      throw new Error('not in the usual form');
  } catch {
    parts.dropped.add('unknown-parts-dropped');
    return undefined;
  }
  return added(parts.subkeys, { packet: subkey, raw: raw(packet), signatures: [] });
}

/** The same part may stand there twice: its signatures are then taken together. */
function added<P>(parts: SelfSigned<P>[], part: SelfSigned<P>): SelfSigned<P> {
  const same = parts.find((other) => Buffer.from(other.raw).equals(part.raw));
  if (!same) parts.push(part);
  return same ?? part;
}

function raw({ tag, body }: RawPacket): Uint8Array {
  return writePacket(tag, body);
}

function damaged(what: string): DomainError {
  return new DomainError('certificate-damaged', { what });
}
