import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { readParts, readUpdate, writeParts } from './certificate-parts.ts';
import type { CertificateParts, SelfSigned } from './certificate-parts.ts';
import { enums } from './library.ts';
import type { PublicKeyPacket, PublicSubkeyPacket, SignaturePacket } from './library.ts';
import { SelfSignatureCheck } from './self-signatures.ts';
import type { Revocation, SignedParts, Statement } from './self-signatures.ts';

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

/**
 * Reads one certificate and checks every signature of the key itself; those that do not fit are
 * left out, and so is what no fitting signature binds.
 *
 * @throws DomainError as `readParts`; `certificate-unsigned` when nothing binds the key
 */
export async function viewCertificate(bytes: Uint8Array): Promise<CertificateView> {
  return viewParts(await readParts(bytes));
}

/**
 * The union of two readings of the same certificate.
 *
 * @throws DomainError as `viewCertificate`; `certificate-other`
 */
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
  const checker = new SelfSignatureCheck(key);
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

interface KeyRules {
  readonly statements: readonly enums.signature[];
  readonly revocation: enums.signature;
  readonly data: SignedParts;
}

async function viewKey(
  checker: SelfSignatureCheck,
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
