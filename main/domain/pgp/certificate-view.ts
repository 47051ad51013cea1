import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { isRefusedAlgorithm } from './algorithms.ts';
import { readParts, readUpdate, writeParts } from './certificate-parts.ts';
import type { CertificateParts, SelfSigned, SignaturePart } from './certificate-parts.ts';
import { enums } from './library.ts';
import type {
  PublicKeyPacket,
  PublicSubkeyPacket,
  SignaturePacket,
  UserIDPacket,
} from './library.ts';
import { LENIENT, WEAK_HASHES } from './profile.ts';

/** What a key said about itself once, in a signature that was checked. */
export interface Statement {
  readonly madeAt: Date;
  /** When the statement itself stops to count. */
  readonly endsAt: Date | undefined;
  /** When the key that it is about expires. */
  readonly keyExpiresAt: Date | undefined;
  /** Made with a hash that can be forged. */
  readonly isWeak: boolean;
  /** Key flags, first octet (RFC 9580, section 5.2.3.29). */
  readonly flags: number | undefined;
  /** SEIPDv2 and AES-256 with GCM are advertised. */
  readonly isModern: boolean;
  readonly isPrimaryUser: boolean;
  /** A signing subkey confirmed in turn that it belongs to the primary key. */
  readonly isConfirmed: boolean;
}

export interface Revocation {
  readonly madeAt: Date;
  /** The key may be in other hands, so that nothing it ever signed counts. */
  readonly isHard: boolean;
}

export interface KeyView {
  readonly packet: PublicKeyPacket | PublicSubkeyPacket;
  readonly fingerprint: string;
  readonly keyId: string;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly statements: readonly Statement[];
  readonly revocations: readonly Revocation[];
}

export interface UserView {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly revocations: readonly Revocation[];
}

/** A certificate of which every signature was checked; independent of any moment. */
export interface CertificateView {
  readonly bytes: Uint8Array;
  readonly version: 4 | 6;
  /** Its statements are those about the key directly, not about a user ID. */
  readonly primary: KeyView;
  readonly users: readonly UserView[];
  readonly subkeys: readonly KeyView[];
  readonly hasDesignatedRevoker: boolean;
  readonly dropped: readonly string[];
}

const CERTIFICATIONS: readonly enums.signature[] = [
  enums.signature.certGeneric,
  enums.signature.certPersona,
  enums.signature.certCasual,
  enums.signature.certPositive,
];
const SOFT: readonly (number | null)[] = [
  enums.reasonForRevocation.keySuperseded,
  enums.reasonForRevocation.keyRetired,
  enums.reasonForRevocation.userIDInvalid,
];
const AES_256_GCM = [enums.symmetric.aes256, enums.aead.gcm];

/**
 * Reads one certificate and checks every signature of the key itself; those that do not fit are
 * left out, and so is what no fitting signature binds.
 *
 * @throws DomainError as `readParts`; `certificate-unsigned` when nothing binds the key
 */
export async function viewCertificate(bytes: Uint8Array): Promise<CertificateView> {
  return viewParts(await readParts(bytes));
}

/** The union of two readings of the same certificate. @throws DomainError as `viewCertificate`, `certificate-other` */
export async function viewUnion(known: Uint8Array, update: Uint8Array): Promise<CertificateView> {
  const ours = await readParts(known);
  const theirs = await readUpdate(update, ours);
  const fingerprint = (parts: CertificateParts) =>
    parts.primary.packet.getFingerprint().toUpperCase();
  if (fingerprint(ours) !== fingerprint(theirs))
    throw new DomainError('certificate-other', {
      known: fingerprint(ours),
      update: fingerprint(theirs),
    });
  union([ours.primary], [theirs.primary]);
  union(ours.users, theirs.users);
  union(ours.subkeys, theirs.subkeys);
  for (const warning of theirs.dropped) ours.dropped.add(warning);
  // Read again, so that the bounds hold for the union too.
  const view = await viewParts(await readParts(writeParts(ours)));
  return { ...view, dropped: [...new Set([...view.dropped, ...ours.dropped])] };
}

function union<P>(target: SelfSigned<P>[], source: readonly SelfSigned<P>[]): void {
  for (const part of source) {
    const same = target.find(({ raw }) => Buffer.from(raw).equals(part.raw));
    if (!same) {
      target.push(part);
      continue;
    }
    const known = new Set(same.signatures.map(({ raw }) => digest(raw)));
    same.signatures.push(...part.signatures.filter(({ raw }) => !known.has(digest(raw))));
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

async function viewParts(parts: CertificateParts): Promise<CertificateView> {
  const key = parts.primary.packet;
  const checker = new Checker(key);
  const primary = await viewKey(checker, parts.primary, {
    statements: [enums.signature.key],
    revocation: enums.signature.keyRevocation,
    data: { key },
  });
  const users: UserView[] = [];
  for (const part of parts.users) {
    const data = { key, userID: part.packet };
    const view = await checker.check(part, CERTIFICATIONS, enums.signature.certRevocation, data);
    if (view.statements.length > 0) users.push({ text: part.packet.userID, ...view });
  }
  const subkeys: KeyView[] = [];
  for (const part of parts.subkeys) {
    const view = await viewKey(checker, part, {
      statements: [enums.signature.subkeyBinding],
      revocation: enums.signature.subkeyRevocation,
      data: { key, bind: part.packet },
    });
    if (view.statements.length > 0) subkeys.push(view);
  }
  keepBound(parts.users, parts.dropped);
  keepBound(parts.subkeys, parts.dropped);
  const needed = key.version === 6 ? [] : users;
  if (needed.length === 0 && primary.statements.length === 0)
    throw checker.sawWeakHash
      ? new DomainError('certificate-sha1', { name: primary.fingerprint })
      : new DomainError('certificate-unsigned');
  return {
    bytes: writeParts(parts),
    version: key.version === 6 ? 6 : 4,
    primary,
    users,
    subkeys,
    hasDesignatedRevoker: checker.sawDesignatedRevoker,
    dropped: [...parts.dropped],
  };
}

/** Takes away what no checked signature binds to the key. */
function keepBound<P>(parts: SelfSigned<P>[], dropped: Set<string>): void {
  const bound = parts.filter(({ signatures }) =>
    signatures.some(({ packet }) => !isRevocation(packet)),
  );
  if (bound.length < parts.length) dropped.add('unsigned-parts-dropped');
  parts.splice(0, parts.length, ...bound);
}

function isRevocation({ signatureType }: SignaturePacket): boolean {
  return (
    signatureType === enums.signature.certRevocation ||
    signatureType === enums.signature.subkeyRevocation
  );
}

/** What a signature is over. */
interface SignedParts {
  readonly key: PublicKeyPacket;
  readonly bind?: PublicSubkeyPacket;
  readonly userID?: UserIDPacket;
}

interface KeyRules {
  readonly statements: readonly enums.signature[];
  readonly revocation: enums.signature;
  readonly data: SignedParts;
}

async function viewKey(
  checker: Checker,
  part: SelfSigned<PublicKeyPacket | PublicSubkeyPacket>,
  { statements, revocation, data }: KeyRules,
): Promise<KeyView> {
  const { packet } = part;
  return {
    packet,
    fingerprint: packet.getFingerprint().toUpperCase(),
    keyId: packet.getKeyID().toHex().toUpperCase(),
    createdAt: packet.created,
    ...(await checker.check(part, statements, revocation, data)),
  };
}

/** Checks signatures of one primary key. */
class Checker {
  readonly #key: PublicKeyPacket;
  sawDesignatedRevoker = false;
  /** A signature did not fit and has a hash that the library does not take with every key. */
  sawWeakHash = false;

  constructor(key: PublicKeyPacket) {
    this.#key = key;
  }

  /** Keeps in `part` only the signatures that fit, and answers with what they say. */
  async check<P>(
    part: SelfSigned<P>,
    types: readonly enums.signature[],
    revocationType: enums.signature,
    data: SignedParts,
  ): Promise<{ statements: Statement[]; revocations: Revocation[] }> {
    const fitting: SignaturePart[] = [];
    const statements: Statement[] = [];
    const revocations: Revocation[] = [];
    for (const signature of part.signatures) {
      const { packet } = signature;
      const type = packet.signatureType ?? enums.signature.standalone;
      const isStatement = types.includes(type);
      if (!isStatement && type !== revocationType) continue;
      const isConfirmed = isStatement && (await this.#isConfirmed(packet, data));
      if (!(await this.#fits(packet, this.#key, type, data))) continue;
      fitting.push(signature);
      const madeAt = packet.created ?? new Date(0);
      if (isStatement) statements.push(statement(packet, data, isConfirmed));
      else revocations.push({ madeAt, isHard: !SOFT.includes(packet.reasonForRevocationFlag) });
    }
    part.signatures = fitting;
    statements.sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
    return { statements, revocations };
  }

  async #fits(
    signature: SignaturePacket,
    key: PublicKeyPacket | PublicSubkeyPacket,
    type: enums.signature,
    data: SignedParts,
  ): Promise<boolean> {
    // A refused algorithm is never relied on, and some are missing in some runtimes.
    if (isRefusedAlgorithm(key)) return true;
    const namesRevoker = signature.revocationKeyClass !== null;
    // The library calls such a signature invalid as a whole; here it is remembered and refused later.
    signature.revocationKeyClass = null;
    try {
      await signature.verify(key, type, data, signature.created ?? new Date(0), false, LENIENT);
    } catch {
      this.sawWeakHash ||= WEAK_HASHES.has(signature.hashAlgorithm ?? 0);
      return false;
    }
    if (namesRevoker) this.sawDesignatedRevoker = true;
    return true;
  }

  async #isConfirmed({ embeddedSignature }: SignaturePacket, data: SignedParts): Promise<boolean> {
    const type = enums.signature.keyBinding;
    return (
      data.bind !== undefined &&
      embeddedSignature?.signatureType === type &&
      !WEAK_HASHES.has(embeddedSignature.hashAlgorithm ?? 0) &&
      (await this.#fits(embeddedSignature, data.bind, type, data))
    );
  }
}

function statement(packet: SignaturePacket, data: SignedParts, isConfirmed: boolean): Statement {
  const madeAt = packet.created ?? new Date(0);
  const about = data.bind ?? data.key;
  const end = packet.getExpirationTime();
  const suites = (packet as { preferredCipherSuites?: readonly (readonly number[])[] | null })
    .preferredCipherSuites;
  return {
    madeAt,
    endsAt: end instanceof Date ? end : undefined,
    keyExpiresAt:
      packet.keyNeverExpires === false && packet.keyExpirationTime !== null
        ? new Date(about.created.getTime() + packet.keyExpirationTime * 1000)
        : undefined,
    isWeak: WEAK_HASHES.has(packet.hashAlgorithm ?? 0),
    flags: packet.keyFlags?.[0],
    isModern:
      ((packet.features?.[0] ?? 0) & 0x08) !== 0 &&
      (suites ?? []).some(([cipher, mode]) => cipher === AES_256_GCM[0] && mode === AES_256_GCM[1]),
    isPrimaryUser: packet.isPrimaryUserID === true,
    isConfirmed,
  };
}
