import { z } from 'zod';
import { sha256Hex } from '../digest.ts';
import { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical } from '../json/canonical.ts';
import type { Engine, SecretKey } from '../pgp/engine.ts';
import { Instant, instant } from '../time.ts';
import type { Evidence } from './journal.ts';

/** What both keys sign when one takes over from the other. */
export const RotationStatement = z.strictObject({
  format: z.literal('valise.rotation/1'),
  vault: Uuid,
  member: Uuid,
  from: Fingerprint,
  to: Fingerprint,
  /** SHA-256 of the new key's binary certificate. */
  certificate: Digest,
  at: Instant,
});
export type RotationStatement = z.infer<typeof RotationStatement>;

/**
 * The evidence of a rotation: the statement, and over its canonical bytes a detached signature by
 * each of the two keys (armored).
 */
export const SignedRotation = z.strictObject({
  statement: RotationStatement,
  signatures: z.strictObject({ from: z.string().max(16384), to: z.string().max(16384) }),
});
export type SignedRotation = z.infer<typeof SignedRotation>;

/** Has both keys sign that the second takes over from the first. */
export async function signRotation(
  facts: Omit<RotationStatement, 'format' | 'from' | 'to' | 'at'>,
  keys: { readonly from: SecretKey; readonly to: SecretKey },
  engine: Engine,
  at: Date,
): Promise<Evidence> {
  const statement: RotationStatement = {
    ...facts,
    format: 'valise.rotation/1',
    from: keys.from.fingerprint,
    to: keys.to.fingerprint,
    at: instant(at),
  };
  const content = encodeCanonical(statement);
  const signatures = {
    from: await engine.sign(content, keys.from, at),
    to: await engine.sign(content, keys.to, at),
  };
  const bytes = encodeCanonical({ statement, signatures } satisfies SignedRotation);
  return { sha256: sha256Hex(bytes), kind: 'rotation', bytes };
}

/**
 * The statement, when both keys signed it: `certificates` are those of `from` and of `to`.
 * @throws DomainError `not-canonical`, and the engine's refusals of a signature
 */
export async function verifyRotation(
  bytes: Uint8Array,
  certificates: { readonly from: Uint8Array; readonly to: Uint8Array },
  engine: Engine,
): Promise<RotationStatement> {
  const { statement, signatures } = SignedRotation.parse(decodeCanonical(bytes, 'the rotation'));
  const content = encodeCanonical(statement);
  const at = new Date(statement.at);
  await engine.verify(content, signatures.from, [certificates.from], at);
  await engine.verify(content, signatures.to, [certificates.to], at);
  return statement;
}
