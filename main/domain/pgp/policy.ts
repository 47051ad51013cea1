import { DomainError } from '../errors/index.ts';
import { instant } from '../time.ts';
import { algorithmName, isModestRsa } from './algorithms.ts';
import type { CertificateView, KeyView } from './certificate-view.ts';
import type { Certificate, CertificateFacts, KeyFacts, SealRefusal } from './engine.ts';
import {
  FLAG,
  earlier,
  expiryAt,
  keyProblems,
  keysFor,
  nameAt,
  primaryProblems,
  primaryStatements,
  revocationAt,
  statementAt,
  statementsOf,
  usersAt,
} from './standing.ts';
import { parseUserId } from './user-id.ts';

const DAY = 24 * 60 * 60 * 1000;
const EXPIRES_SOON = 30 * DAY;

/** The most important reason first. */
const ORDER: readonly SealRefusal[] = [
  'certificate-revoked',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-weak-algorithm',
  'certificate-rsa-short',
  'certificate-sha1',
  'certificate-designated-revoker',
  'certificate-no-encryption',
];

/** A certificate as others see it, with what can be said of it at a moment. */
export function certificateAt(view: CertificateView, at: Date): Certificate {
  return { bytes: view.bytes, facts: factsAt(view, at) };
}

/** What can be said of a certificate at a moment; nothing in it is relied on unchecked. */
export function factsAt(view: CertificateView, at: Date): CertificateFacts {
  const expiresAt = expiryAt(view, at);
  const revokedAt = revocationAt(view.primary.revocations, at)?.madeAt;
  return {
    fingerprint: view.primary.fingerprint,
    version: view.version,
    userIds: usersAt(view, at).map(({ text }) => parseUserId(text)),
    createdAt: instant(view.primary.createdAt),
    ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
    ...(revokedAt === undefined ? {} : { revokedAt: instant(revokedAt) }),
    primary: keyFacts(view, view.primary, at),
    subkeys: view.subkeys.map((key) => keyFacts(view, key, at)),
    modern: statementAt(primaryStatements(view, at), at)?.isModern ?? false,
    refusals: refusalsAt(view, at),
    warnings: warningsAt(view, at),
  };
}

/**
 * The key that a message for this certificate is encrypted to.
 *
 * @throws DomainError the most important of `SealRefusal`
 */
export function encryptionKeyAt(view: CertificateView, at: Date): KeyView {
  const [refusal] = refusalsAt(view, at);
  const key = usableKeys(view, FLAG.encrypt, at)[0];
  if (refusal !== undefined || !key)
    throw refused(view, refusal ?? 'certificate-no-encryption', at);
  return key;
}

/**
 * The key that this certificate's owner signs with.
 *
 * @throws DomainError `certificate-cannot-sign`, or why the certificate as a whole is refused
 */
export function signingKeyAt(view: CertificateView, at: Date): KeyView {
  const [problem] = sorted(primaryProblems(view, at));
  if (problem !== undefined) throw refused(view, problem, at);
  const key = usableKeys(view, FLAG.sign, at).find(
    (candidate) =>
      candidate === view.primary || statementAt(candidate.statements, at)?.isConfirmed === true,
  );
  if (!key) throw new DomainError('certificate-cannot-sign', { name: nameAt(view, at) });
  return key;
}

function refusalsAt(view: CertificateView, at: Date): SealRefusal[] {
  const refusals = primaryProblems(view, at);
  if (view.hasDesignatedRevoker) refusals.push('certificate-designated-revoker');
  if (usableKeys(view, FLAG.encrypt, at).length === 0) {
    const [best] = keysFor(view, FLAG.encrypt, at);
    const problems = best ? keyProblems(best, statementsOf(view, best, at), at) : [];
    // A revoked subkey is not a revoked certificate: its owner may have made another one since.
    const reasons = problems.filter((problem) => problem !== 'certificate-revoked');
    refusals.push(...(reasons.length > 0 ? reasons : (['certificate-no-encryption'] as const)));
  }
  return sorted(refusals);
}

function usableKeys(view: CertificateView, flag: number, at: Date): KeyView[] {
  return keysFor(view, flag, at).filter(
    (key) => keyProblems(key, statementsOf(view, key, at), at).length === 0,
  );
}

function sorted(refusals: readonly SealRefusal[]): SealRefusal[] {
  return ORDER.filter((code) => refusals.includes(code));
}

function refused(view: CertificateView, code: SealRefusal, at: Date): DomainError {
  const weak = keysFor(view, FLAG.encrypt, at)
    .concat(view.primary)
    .map(({ packet }) => algorithmName(packet));
  return new DomainError(code, {
    name: nameAt(view, at),
    algorithm: [...new Set(weak)].join(', '),
  });
}

function warningsAt(view: CertificateView, at: Date): string[] {
  const warnings = new Set(view.dropped);
  const [encryption] = usableKeys(view, FLAG.encrypt, at);
  const users = usersAt(view, at).map(({ text }) => parseUserId(text));
  const end = earlier(
    expiryAt(view, at),
    encryption && statementAt(statementsOf(view, encryption, at), at)?.keyExpiresAt,
  );
  if (end !== undefined && end > at && end.getTime() - at.getTime() < EXPIRES_SOON)
    warnings.add('expires-soon');
  if ([view.primary, ...(encryption ? [encryption] : [])].some(({ packet }) => isModestRsa(packet)))
    warnings.add('rsa-2048');
  if (users.length === 0) warnings.add('no-name');
  if (!users.some(({ email }) => email !== undefined)) warnings.add('no-email');
  if (usableKeys(view, FLAG.sign, at).length === 0) warnings.add('cannot-sign');
  return [...warnings].sort();
}

function keyFacts(view: CertificateView, key: KeyView, at: Date): KeyFacts {
  const statements = statementsOf(view, key, at);
  const current = statementAt(statements, at, 'any') ?? statements.at(-1);
  const expiresAt = key === view.primary ? expiryAt(view, at) : current?.keyExpiresAt;
  const purposes = ['certify', 'sign', 'encrypt', 'authenticate'] as const;
  return {
    fingerprint: key.fingerprint,
    keyId: key.keyId,
    algorithm: algorithmName(key.packet),
    createdAt: instant(key.createdAt),
    ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
    can: purposes.filter((purpose) => ((current?.flags ?? 0) & FLAG[purpose]) !== 0),
    revoked: revocationAt(key.revocations, at) !== undefined,
  };
}
