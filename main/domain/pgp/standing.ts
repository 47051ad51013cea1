import { isRefusedAlgorithm, isShortRsa } from './algorithms.ts';
import type { CertificateView, KeyView, UserView } from './certificate-view.ts';
import type { SealRefusal } from './engine.ts';
import type { Revocation, Statement } from './self-signatures.ts';

/** Key flags (RFC 9580, section 5.2.3.29). */
export const FLAG = Object.freeze({ certify: 0x01, sign: 0x02, encrypt: 0x0c, authenticate: 0x20 });

/** Strong statements only, or also those that could be forged. */
type Strength = 'strong' | 'any';

/** The latest statement that counts at a moment; one that could be forged only for want of others. */
export function statementAt(
  statements: readonly Statement[],
  at: Date,
  strength: Strength = 'strong',
): Statement | undefined {
  const current = statements.filter(
    ({ madeAt, endsAt }) => madeAt <= at && (endsAt === undefined || endsAt > at),
  );
  const strong = current.filter(({ isWeak }) => !isWeak).at(-1);
  return strong ?? (strength === 'any' ? current.at(-1) : undefined);
}

/** The revocation that counts at a moment: a hard one always does, a soft one from its date on. */
export function revocationAt(revocations: readonly Revocation[], at: Date): Revocation | undefined {
  return revocations.find(({ isHard }) => isHard) ?? revocations.find(({ madeAt }) => madeAt <= at);
}

/**
 * User IDs that are bound and not revoked, the primary one first. Those that could be forged are
 * left out as soon as one could not.
 */
export function usersAt(view: CertificateView, at: Date): UserView[] {
  const bound = view.users.filter((user) => !isUserRevoked(user, at));
  const strong = bound.filter(({ statements }) => statements.some(({ isWeak }) => !isWeak));
  const rank = (user: UserView) => {
    const statement = statementAt(user.statements, at, 'any') ?? user.statements.at(-1);
    return {
      isPrimary: statement?.isPrimaryUser ?? false,
      madeAt: statement?.madeAt.getTime() ?? 0,
    };
  };
  return (strong.length > 0 ? strong : bound)
    .map((user) => ({ user, ...rank(user) }))
    .sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || b.madeAt - a.madeAt)
    .map(({ user }) => user);
}

/** A name for sentences: the primary user ID, or the fingerprint. */
export function nameAt(view: CertificateView, at: Date): string {
  return usersAt(view, at)[0]?.text ?? view.primary.fingerprint;
}

/**
 * What the key says about itself as a whole: in version 6 directly, in version 4 with its primary
 * user ID, or directly when no user ID says anything.
 */
export function primaryStatements(view: CertificateView, at: Date): readonly Statement[] {
  if (view.version === 6) return view.primary.statements;
  const [user] = usersAt(view, at);
  return user?.statements ?? view.primary.statements;
}

/** When the certificate as a whole expires; the earlier word counts. */
export function expiryAt(view: CertificateView, at: Date): Date | undefined {
  return earlier(
    statementAt(primaryStatements(view, at), at, 'any')?.keyExpiresAt,
    statementAt(view.primary.statements, at, 'any')?.keyExpiresAt,
  );
}

/** The earlier of two moments, where nothing is never. */
export function earlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** Why the primary key cannot vouch for anything at a moment; empty when it can. */
export function primaryProblems(view: CertificateView, at: Date): SealRefusal[] {
  const expiresAt = expiryAt(view, at);
  return [
    ...keyProblems(view.primary, primaryStatements(view, at), at),
    ...(expiresAt !== undefined && expiresAt <= at ? (['certificate-expired'] as const) : []),
  ];
}

/** Why one key of a certificate cannot be used at a moment, whatever for; empty when it can. */
export function keyProblems(
  key: KeyView,
  statements: readonly Statement[],
  at: Date,
): SealRefusal[] {
  const problems: SealRefusal[] = [];
  const current = statementAt(statements, at, 'any');
  // Without any statement left, every name that made one was revoked.
  if (statements.length === 0 || revocationAt(key.revocations, at))
    problems.push('certificate-revoked');
  else if (key.createdAt > at || statements.every(({ madeAt }) => madeAt > at))
    problems.push('certificate-not-yet-valid');
  else if (!current) problems.push('certificate-expired');
  else if (!statementAt(statements, at)) problems.push('certificate-sha1');
  if (current?.keyExpiresAt !== undefined && current.keyExpiresAt <= at)
    problems.push('certificate-expired');
  if (isRefusedAlgorithm(key.packet)) problems.push('certificate-weak-algorithm');
  if (isShortRsa(key.packet)) problems.push('certificate-rsa-short');
  return problems;
}

/** Every key that is meant for a purpose, newest first, the primary key last. */
export function keysFor(view: CertificateView, flag: number, at: Date): KeyView[] {
  const isMeant = (statements: readonly Statement[]) =>
    ((statementAt(statements, at, 'any') ?? statements.at(-1))?.flags ?? 0) & flag;
  const subkeys = view.subkeys
    .filter(({ statements }) => isMeant(statements))
    .sort(
      (a, b) =>
        b.createdAt.getTime() - a.createdAt.getTime() || b.packet.algorithm - a.packet.algorithm,
    );
  return isMeant(primaryStatements(view, at)) ? [...subkeys, view.primary] : subkeys;
}

/** The statements that say what a key of this certificate is for. */
export function statementsOf(view: CertificateView, key: KeyView, at: Date): readonly Statement[] {
  return key === view.primary ? primaryStatements(view, at) : key.statements;
}

function isUserRevoked({ statements, revocations }: UserView, at: Date): boolean {
  const latest = statements.at(-1)?.madeAt ?? new Date(0);
  return revocations.some(({ madeAt }) => madeAt <= at && madeAt >= latest);
}
