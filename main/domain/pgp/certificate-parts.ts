import { DomainError } from '../errors/index.ts';
import { readArmor } from './armor.ts';
import {
  PublicKeyPacket,
  PublicSubkeyPacket,
  SignaturePacket,
  UserIDPacket,
  enums,
} from './library.ts';
import { TAG, parseHeader, writePacket } from './packet-header.ts';
import { readSignature } from './text-signature.ts';

export const MAX_CERTIFICATE_BYTES = 256 * 1024;
const MAX_ARMORED_BYTES = 400 * 1024;
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
  return sortParts(splitPackets(dearmored(input)));
}

/**
 * As `readParts`, but also takes a revocation certificate for `known`: a revocation signature alone.
 *
 * @throws DomainError as `readParts`
 */
export function readUpdate(input: Uint8Array, known: CertificateParts): Promise<CertificateParts> {
  const packets = splitPackets(dearmored(input));
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

export interface RawPacket {
  readonly tag: number;
  readonly body: Uint8Array;
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
  const part = { packet: user, raw: raw(packet), signatures: [] };
  parts.users.push(part);
  return part;
}

async function addSubkey(
  parts: CertificateParts,
  packet: RawPacket,
): Promise<SelfSigned<PublicSubkeyPacket> | undefined> {
  const subkey = new PublicSubkeyPacket();
  try {
    await subkey.read(packet.body);
    if (!Buffer.from(subkey.write()).equals(packet.body)) throw new Error('not in the usual form');
  } catch {
    parts.dropped.add('unknown-parts-dropped');
    return undefined;
  }
  const part = { packet: subkey, raw: raw(packet), signatures: [] };
  parts.subkeys.push(part);
  return part;
}

function raw({ tag, body }: RawPacket): Uint8Array {
  return writePacket(tag, body);
}

function damaged(what: string): DomainError {
  return new DomainError('certificate-damaged', { what });
}
