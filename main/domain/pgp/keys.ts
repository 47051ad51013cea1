import { DomainError } from '../errors/index.ts';
import { withSecrets } from './key-packets.ts';
import { viewCertificate } from './certificate-view.ts';
import type { CertificateView } from './certificate-view.ts';
import type { Certificate, KeyProfile, NewKey, RevocationReason, SecretKey } from './engine.ts';
import { enums, generateKey } from './library.ts';
import type { PrivateKey, SecretKeyPacket, SignaturePacket } from './library.ts';
import { readOwnKey } from './own-key.ts';
import { certificateAt } from './policy.ts';
import { KEYS, STRICT } from './profile.ts';
import { signPacket } from './text-signature.ts';
import { writeUserId } from './user-id.ts';

/**
 * Two forms, both on Curve25519. `ecc` gives version 4 with the algorithm numbers 22 and 18, which
 * GnuPG 2.2 knows; `curve25519` gives 27 and 25 of RFC 9580.
 */
const TYPES = {
  interop: { type: 'ecc', curve: 'ed25519Legacy' },
  rfc9580: { type: 'curve25519' },
} as const;

const REASONS: Readonly<Record<RevocationReason, enums.reasonForRevocation>> = {
  unspecified: enums.reasonForRevocation.noReason,
  superseded: enums.reasonForRevocation.keySuperseded,
  compromised: enums.reasonForRevocation.keyCompromised,
  retired: enums.reasonForRevocation.keyRetired,
};

/**
 * A new key: a primary key that certifies and signs, a subkey to encrypt to, and a revocation
 * certificate. An `interop` key advertises AES, SHA-2 and MDC, and no AEAD in any form, so that
 * every program answers it with what GnuPG 2.2 opens.
 *
 * @throws DomainError `user-id-name`, `user-id-email`
 */
export async function makeKey(request: {
  readonly name: string;
  readonly email: string;
  readonly profile: KeyProfile;
  readonly at: Date;
}): Promise<NewKey> {
  const { profile, at } = request;
  const { privateKey, revocationCertificate } = await generateKey({
    ...TYPES[profile],
    userIDs: [{ name: writeUserId(request.name, request.email) }],
    date: at,
    format: 'object',
    config: KEYS[profile],
  });
  await setPreferences(privateKey, profile, at);
  return newKey(privateKey, revocationCertificate, at);
}

/** The key with its certificate, both cleaned, and the revocation certificate. */
export async function newKey(key: PrivateKey, revocation: string, at: Date): Promise<NewKey> {
  const view = await viewCertificate(key.toPublic().write());
  return {
    secret: { fingerprint: view.primary.fingerprint, bytes: secretBytes(key, view) },
    certificate: certificateAt(view, at),
    revocation,
  };
}

/**
 * An own key's certificate with a revocation in it. `unspecified` and `compromised` are hard: they
 * void every signature that the key ever made.
 */
export async function revoke(
  secret: SecretKey,
  reason: RevocationReason,
  at: Date,
): Promise<Certificate> {
  const { key } = await readOwnKey(secret);
  const revoked = await key.revoke({ flag: REASONS[reason] }, at, STRICT);
  return certificateAt(await viewCertificate(revoked.toPublic().write()), at);
}

/** A revocation certificate (no reason given, so hard), armored, to be kept apart from the key. */
export async function revocationCertificate(key: PrivateKey, at: Date): Promise<string> {
  const revoked = await key.revoke({ flag: REASONS.unspecified }, at, STRICT);
  const armored: unknown = await revoked.getRevocationCertificate(at, STRICT);
  if (typeof armored !== 'string') throw new DomainError('key-damaged');
  return armored;
}

/** The library advertises more than is wanted; the statement is signed anew with just these. */
async function setPreferences(key: PrivateKey, profile: KeyProfile, at: Date): Promise<void> {
  const primary = key.keyPacket as SecretKeyPacket;
  const user = key.users[0];
  const { directSignatures } = key as unknown as { directSignatures: SignaturePacket[] };
  const statement = profile === 'rfc9580' ? directSignatures[0] : user?.selfCertifications[0];
  if (!statement || !user?.userID) throw new Error('a new key without its self-signature');
  statement.preferredSymmetricAlgorithms = [
    enums.symmetric.aes256,
    enums.symmetric.aes192,
    enums.symmetric.aes128,
  ];
  statement.preferredHashAlgorithms = [enums.hash.sha256, enums.hash.sha512];
  if (profile === 'rfc9580')
    Object.assign(statement, {
      preferredCipherSuites: [[enums.symmetric.aes256, enums.aead.gcm]],
      salt: null,
    });
  await signPacket(
    statement,
    primary,
    profile === 'rfc9580' ? { key: primary } : { key: primary, userID: user.userID },
    at,
  );
}

function secretBytes(key: PrivateKey, view: CertificateView): Uint8Array {
  const secrets = new Map(
    key
      .toPublic()
      .getKeys()
      .map((part, index) => [
        Buffer.from(part.keyPacket.write()).toString('base64'),
        key.getKeys()[index]?.keyPacket.write(),
      ]),
  );
  return withSecrets(view.bytes, (body) => secrets.get(Buffer.from(body).toString('base64')));
}
