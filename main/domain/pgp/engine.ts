import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Work } from '../ports.ts';
import type { Instant } from '../time.ts';

/** The form of an own key: `interop` is v4, what GnuPG 2.2 reads; `rfc9580` is v6. */
export type KeyProfile = 'interop' | 'rfc9580';

/** The form of a message: `rfc4880` is SEIPDv1 with MDC, `rfc9580` is SEIPDv2 with AES-256-GCM. */
export type MessageProfile = 'rfc4880' | 'rfc9580';

export interface UserId {
  /** The whole user ID as it stands in the certificate. */
  readonly text: string;
  readonly name: string;
  readonly email?: string;
}

/** Why a certificate is refused for sealing. Each is an error code with its own sentence. */
export type SealRefusal =
  | 'certificate-revoked'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-sha1'
  | 'certificate-rsa-short'
  | 'certificate-weak-algorithm'
  | 'certificate-no-encryption'
  | 'certificate-designated-revoker';

export interface KeyFacts {
  readonly fingerprint: Fingerprint;
  /** 16 upper-case hex digits: a hint for look-ups, never an identity. */
  readonly keyId: string;
  /** As people say it: `Ed25519`, `RSA 3072`, `X25519 (ECDH)`, `NIST P-256`. */
  readonly algorithm: string;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly can: readonly ('certify' | 'sign' | 'encrypt' | 'authenticate')[];
  readonly revoked: boolean;
}

/** What can be said of a certificate, at the moment it was asked. */
export interface CertificateFacts {
  readonly fingerprint: Fingerprint;
  readonly version: 4 | 6;
  readonly userIds: readonly UserId[];
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly revokedAt?: Instant;
  readonly primary: KeyFacts;
  readonly subkeys: readonly KeyFacts[];
  /** It advertises SEIPDv2 and AES-256 with GCM. */
  readonly modern: boolean;
  /** Empty when it is fit to be sealed to; otherwise the most important reason first. */
  readonly refusals: readonly SealRefusal[];
  /**
   * Weak but not refused: `expires-soon` (within 30 days), `rsa-2048` (under 3072 bits), `no-email`,
   * `no-name`, `cannot-sign`; and what was left out: `third-party-signatures-dropped`,
   * `user-attributes-dropped`, `unknown-parts-dropped`, `unsigned-parts-dropped`.
   */
  readonly warnings: readonly string[];
}

export interface Certificate {
  /** The binary transferable public key, third-party signatures stripped. */
  readonly bytes: Uint8Array;
  readonly facts: CertificateFacts;
}

/** An own key, unlocked: exists only inside the process that seals and opens. */
export interface SecretKey {
  readonly fingerprint: Fingerprint;
  /** The binary transferable secret key, not protected: the vault's slot protects it. */
  readonly bytes: Uint8Array;
}

export interface NewKey {
  readonly secret: SecretKey;
  readonly certificate: Certificate;
  /** Armored revocation certificate, made with the key and kept. */
  readonly revocation: string;
}

export interface SealRequest {
  /** The literal's bytes, streamed. */
  readonly content: AsyncIterable<Uint8Array>;
  /** The manifest's order; the sender's own certificate comes last when wanted. */
  readonly recipients: readonly Uint8Array[];
  readonly signer: SecretKey;
  readonly profile: MessageProfile;
  readonly compress: boolean;
  readonly at: Date;
}

/** A session-key packet, as far as it can be read by anybody. */
export interface SessionKeyPacket {
  readonly version: 3 | 6;
  /**
   * Upper-case hex of the encryption (sub)key: its key ID (v3, 16 digits) or its fingerprint (v6: 64
   * digits, or 40 for a v4 key, whose key ID is the last 16); absent when hidden.
   */
  readonly key?: string;
}

export interface OpenRequest {
  /** The sealed file's bytes, streamed once. */
  readonly source: AsyncIterable<Uint8Array>;
  readonly size: number;
  /** Own keys, current and retired. */
  readonly keys: readonly SecretKey[];
  /**
   * The certificate of a signer, looked up by key ID (16 upper-case hex) of primary or subkey.
   * Answers with every candidate, since key IDs can collide.
   */
  readonly signers: (keyId: string) => Promise<readonly Uint8Array[]>;
  /**
   * Takes the literal's bytes, in order. They are NOT yet trustworthy: a sink computes and
   * forgets, or writes to `.partial`, until `open` has answered.
   */
  readonly sink: (chunk: Uint8Array) => void | Promise<void>;
  /** Stops at this many literal bytes, and at `maxRatio` times the sealed size after 10 MiB. */
  readonly maxBytes: number;
  readonly maxRatio?: number;
  readonly at: Date;
}

export interface OpenedMessage {
  /** Primary fingerprint of the one good signature's key. */
  readonly signer: Fingerprint;
  readonly signedAt: Instant;
  /** The signature packet alone, binary: `gpg --verify` accepts it over the literal's bytes. */
  readonly signature: Uint8Array;
  readonly literalBytes: number;
  /** SHA-256 of the sealed file. */
  readonly sealedDigest: Digest;
  readonly sessionKeys: readonly SessionKeyPacket[];
  /** Present when the signature carries Intended Recipient Fingerprint subpackets. */
  readonly intendedRecipients?: readonly Fingerprint[];
  /** Which own key opened it. */
  readonly openedWith: Fingerprint;
  readonly profile: MessageProfile;
  /**
   * The signer's key was valid when it signed but is not now: `signer-revoked-since`,
   * `signer-expired-since`; `signer-designated-revoker`: another key may have revoked it, unseen.
   */
  readonly warnings: readonly string[];
}

export interface DetachedVerdict {
  readonly signer: Fingerprint;
  readonly signedAt: Instant;
}

/**
 * All OpenPGP that Valise does. Every rule of docs/formats/package.md about messages is enforced
 * here, below any caller. Failures are DomainErrors of the `pgp` table.
 */
export interface Engine {
  /** Reads exactly one certificate, binary or armored (≤ 256 KiB, bounded). A secret key is refused. */
  readCertificate(bytes: Uint8Array, at: Date): Promise<Certificate>;
  /** The union of both; never drops a revocation. Refuses another fingerprint. */
  mergeCertificate(known: Uint8Array, update: Uint8Array, at: Date): Promise<Certificate>;
  /** Facts of several certificates decide the form: `rfc9580` only when every one is modern. */
  messageProfile(certificates: readonly CertificateFacts[]): MessageProfile;

  makeKey(request: { name: string; email: string; profile: KeyProfile; at: Date }): Promise<NewKey>;
  /** Takes an existing secret key, binary or armored; `passphrase` unlocks it. Validates it. */
  importKey(bytes: Uint8Array, passphrase: string | undefined, at: Date): Promise<NewKey>;
  /** The key's certificate with a hard or soft revocation merged into it. */
  revoke(secret: SecretKey, reason: RevocationReason, at: Date): Promise<Certificate>;

  /**
   * The sealed message, streamed. Asserts that its session-key packets are exactly the recipients'.
   * Progress counts bytes of the content; its total is 0, since it is not known here.
   */
  seal(request: SealRequest, work?: Work): AsyncIterable<Uint8Array>;
  /** Every check, then one answer; nothing is good before it has answered. */
  open(request: OpenRequest, work?: Work): Promise<OpenedMessage>;
  /** The outer form alone, without any key: session-key packets, profile, nothing after it. */
  inspect(source: AsyncIterable<Uint8Array>, size: number): Promise<MessageOutline>;

  /** Armored detached binary signature over `content`. */
  sign(content: Uint8Array, signer: SecretKey, at: Date): Promise<string>;
  /** `signature` armored or binary. Throws unless it is one good signature by one of `certificates`. */
  verify(
    content: Uint8Array,
    signature: string | Uint8Array,
    certificates: readonly Uint8Array[],
    at: Date,
  ): Promise<DetachedVerdict>;
  /** ASCII armor around certificate bytes, without comment or version lines. */
  armor(certificate: Uint8Array): string;
}

export type RevocationReason = 'unspecified' | 'superseded' | 'compromised' | 'retired';

export interface MessageOutline {
  readonly sessionKeys: readonly SessionKeyPacket[];
  readonly profile: MessageProfile;
  readonly sealedDigest: Digest;
  readonly bytes: number;
}
