import { DomainError } from '../errors/index.ts';
import { instant } from '../time.ts';
import { algorithmName, isRefusedAlgorithm, isShortRsa } from './algorithms.ts';
import { viewCertificate } from './certificate-view.ts';
import type { CertificateView, KeyView } from './certificate-view.ts';
import { enums } from './library.ts';
import { upperHex } from './packet-header.ts';
import { LENIENT } from './profile.ts';
import type { Statement } from './self-signatures.ts';
import { FLAG, earlier, nameAt, revocationAt, statementAt, statementsOf } from './standing.ts';
import type { TextSignature } from './text-signature.ts';

/** A signature may be this much ahead of the clock here. */
const CLOCK_TOLERANCE = 5 * 60 * 1000;
/** Intended Recipient Fingerprint (RFC 9580, section 5.2.3.36), unknown to the library. */
const INTENDED_RECIPIENT = 35;

export interface Signer {
  readonly view: CertificateView;
  readonly signedAt: Date;
  readonly warnings: readonly string[];
}

/**
 * Who made a signature, and whether it counts: it fits, its key was valid and meant for signing
 * when it was made, and nothing since then voids it.
 *
 * @param candidates certificates among which the signer is looked for, each one as stored
 * @throws DomainError `unknown-signer`, `bad-signature`, `weak-algorithm`, `signature-in-future`,
 *   `signature-expired`, `signature-before-key`, `signer-revoked`, `signer-expired`,
 *   `signer-cannot-sign`
 */
export async function checkSigner(
  signature: TextSignature,
  candidates: readonly Uint8Array[],
  at: Date,
): Promise<Signer> {
  const signers = await findKeys(signature, candidates);
  if (signers.length === 0)
    throw new DomainError('unknown-signer', { fingerprint: issuerOf(signature) });
  const found = await firstFitting(signature, signers, at);
  const signedAt = signature.created ?? new Date(0);
  checkDates(signature, signedAt, found.view, at);
  return { view: found.view, signedAt, warnings: checkKey(found.view, found.key, signedAt, at) };
}

/** The fingerprint, or the key ID when that is all a signature says of its maker. */
export function issuerOf(signature: TextSignature): string {
  return signature.issuerFingerprint ? upperHex(signature.issuerFingerprint) : keyIdOf(signature);
}

/** 16 upper-case hex digits. */
export function keyIdOf(signature: TextSignature): string {
  return signature.issuerKeyID.toHex().toUpperCase();
}

/** Whom the signer meant to read this, when the signature says so. */
export function intendedRecipients(signature: TextSignature): string[] | undefined {
  const named = signature.unknownSubpackets.filter(({ type }) => type === INTENDED_RECIPIENT);
  return named.length === 0 ? undefined : named.map(({ body }) => upperHex(body.subarray(1)));
}

interface Candidate {
  readonly view: CertificateView;
  readonly key: KeyView;
}

async function findKeys(
  signature: TextSignature,
  candidates: readonly Uint8Array[],
): Promise<Candidate[]> {
  const keyId = keyIdOf(signature);
  const { issuerFingerprint } = signature;
  const fingerprint = issuerFingerprint ? upperHex(issuerFingerprint) : undefined;
  const found: Candidate[] = [];
  for (const bytes of candidates) {
    const view = await viewCertificate(bytes);
    for (const key of [view.primary, ...view.subkeys])
      if (key.keyId === keyId && (fingerprint ?? key.fingerprint) === key.fingerprint)
        found.push({ view, key });
  }
  return found;
}

async function firstFitting(
  signature: TextSignature,
  candidates: readonly Candidate[],
  at: Date,
): Promise<Candidate> {
  const [first] = candidates;
  for (const candidate of candidates) if (await fits(signature, candidate.key)) return candidate;
  throw new DomainError('bad-signature', {
    name: first ? nameAt(first.view, at) : keyIdOf(signature),
  });
}

async function fits(signature: TextSignature, key: KeyView): Promise<boolean> {
  // A signature is of its key's version (RFC 9580, section 5.2.3).
  if ((signature.version === 6) !== (key.packet.version === 6)) return false;
  // Some refused algorithms are missing in some runtimes: they are named below, not tried.
  if (isRefusedAlgorithm(key.packet)) return true;
  const unknown = signature.unknownSubpackets;
  // Understood here, so that a signer may call it critical.
  signature.unknownSubpackets = unknown.filter(({ type }) => type !== INTENDED_RECIPIENT);
  try {
    const madeAt = signature.created ?? new Date(0);
    await signature.verify(key.packet, enums.signature.binary, {}, madeAt, false, LENIENT);
    return true;
  } catch {
    return false;
  } finally {
    signature.unknownSubpackets = unknown;
  }
}

function checkDates(
  signature: TextSignature,
  signedAt: Date,
  view: CertificateView,
  at: Date,
): void {
  if (signedAt.getTime() > at.getTime() + CLOCK_TOLERANCE)
    throw new DomainError('signature-in-future', { signedAt: instant(signedAt), now: instant(at) });
  const until = signature.getExpirationTime();
  if (until instanceof Date && until <= at)
    throw new DomainError('signature-expired', { name: nameAt(view, at), until: instant(until) });
}

function checkKey(view: CertificateView, key: KeyView, signedAt: Date, at: Date): string[] {
  const name = nameAt(view, at);
  const keys = [...new Set([view.primary, key])];
  const warnings = new Set<string>();
  for (const each of keys) {
    if (isRefusedAlgorithm(each.packet) || isShortRsa(each.packet))
      throw new DomainError('weak-algorithm', {
        what: `${algorithmName(each.packet)}, the key of ${name},`,
      });
    if (each.createdAt > signedAt)
      throw new DomainError('signature-before-key', { name, signedAt: instant(signedAt) });
    const revocation = revocationAt(each.revocations, signedAt);
    if (revocation)
      throw new DomainError('signer-revoked', { name, revokedAt: instant(revocation.madeAt) });
    if (revocationAt(each.revocations, at)) warnings.add('signer-revoked-since');
  }

  const statements = keys.flatMap((each) => statementsFor(view, each, signedAt));
  const [own] = statementsFor(view, key, signedAt);
  if (!own || keys.some((each) => statementsFor(view, each, signedAt).length === 0))
    throw new DomainError('weak-algorithm', { what: `SHA-1, which binds the key of ${name},` });
  const expiresAt = statements.map(({ keyExpiresAt }) => keyExpiresAt).reduce(earlier, undefined);
  if (expiresAt !== undefined && expiresAt <= signedAt)
    throw new DomainError('signer-expired', {
      name,
      expiredAt: instant(expiresAt),
      signedAt: instant(signedAt),
    });
  if (expiresAt !== undefined && expiresAt <= at) warnings.add('signer-expired-since');
  const isMeant = ((own.flags ?? 0) & FLAG.sign) !== 0 && (key === view.primary || own.isConfirmed);
  if (!isMeant) throw new DomainError('signer-cannot-sign', { name });
  if (view.hasDesignatedRevoker) warnings.add('signer-designated-revoker');
  return [...warnings];
}

/**
 * What a key said about itself when a signature was made. A key that has renewed its statement
 * since, and whose older one is not at hand, is taken at its oldest word.
 */
function statementsFor(view: CertificateView, key: KeyView, signedAt: Date): Statement[] {
  const applying = (statements: readonly Statement[]) => {
    const found = statementAt(statements, signedAt) ?? statements.find(({ isWeak }) => !isWeak);
    return found ? [found] : [];
  };
  const own = applying(statementsOf(view, key, signedAt));
  return key === view.primary ? [...own, ...applying(key.statements)] : own;
}
