import { z } from 'zod';
import { Fingerprint } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical } from '../json/canonical.ts';
import type { Certificate, Engine, KeyProfile, NewKey, SecretKey } from '../pgp/engine.ts';
import { Instant, instant } from '../time.ts';

/** One of a member's own keys, as its slots keep it. */
export interface OwnKey extends SecretKey {
  readonly profile: KeyProfile;
  readonly createdAt: Instant;
  /** The binary certificate as it was last changed here (a revocation is merged into it). */
  readonly certificate: Uint8Array;
  /** Armored revocation certificate, made with the key. */
  readonly revocation: string;
}

const FORMAT = 'valise.own/1';
const Bytes = z.base64();
const OwnKeys = z.strictObject({
  format: z.literal(FORMAT),
  keys: z
    .array(
      z.strictObject({
        fingerprint: Fingerprint,
        profile: z.enum(['interop', 'rfc9580']),
        createdAt: Instant,
        secret: Bytes,
        certificate: Bytes,
        revocation: z.string(),
      }),
    )
    .min(1),
});

/** What a slot's `own` holds, before it is sealed: the current key first. The caller wipes it. */
export function encodeOwnKeys(keys: readonly OwnKey[]): Uint8Array {
  return encodeCanonical({
    format: FORMAT,
    keys: keys.map(({ fingerprint, profile, createdAt, bytes, certificate, revocation }) => ({
      fingerprint,
      profile,
      createdAt,
      secret: Buffer.from(bytes).toString('base64'),
      certificate: Buffer.from(certificate).toString('base64'),
      revocation,
    })),
  });
}

/**
 * The keys that a slot's `own` held.
 * @throws DomainError `not-canonical`, or a ZodError: the slot is damaged
 */
export function decodeOwnKeys(plaintext: Uint8Array): OwnKey[] {
  return OwnKeys.parse(decodeCanonical(plaintext, 'own')).keys.map((key) => ({
    fingerprint: key.fingerprint,
    profile: key.profile,
    createdAt: key.createdAt,
    bytes: decodeBytes(key.secret),
    certificate: decodeBytes(key.certificate),
    revocation: key.revocation,
  }));
}

/** A key that was just made or imported, as it will be kept. */
export function ownKey(key: NewKey, at: Date): OwnKey {
  return {
    fingerprint: key.secret.fingerprint,
    profile: key.certificate.facts.version === 6 ? 'rfc9580' : 'interop',
    createdAt: instant(at),
    bytes: key.secret.bytes,
    certificate: key.certificate.bytes,
    revocation: key.revocation,
  };
}

/** The certificate of an own key, with what can be said of it now. */
export function ownCertificate(engine: Engine, key: OwnKey, at: Date): Promise<Certificate> {
  return engine.readCertificate(key.certificate, at);
}

/** A buffer of its own, so that wiping it wipes nothing else. */
function decodeBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}
