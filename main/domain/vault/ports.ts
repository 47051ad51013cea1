import type { Argon2Cost } from './header.ts';

/** Derives the key that a passphrase or a recovery code stands for: Argon2id (RFC 9106). */
export interface PassphraseKdf {
  /** 32 bytes; the caller wipes them. */
  derive(secret: Uint8Array, salt: Uint8Array, cost: Argon2Cost): Promise<Uint8Array>;
  /** What a new slot asks for on this computer: never less than the floor, about 0.3 seconds. */
  calibrate(): Promise<Argon2Cost>;
}

export interface BoxKeyPair {
  /** 32 bytes; the caller wipes them. */
  readonly secret: Uint8Array;
  readonly pub: Uint8Array;
}

/**
 * HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM.
 * `info` binds a sealed text to its place.
 */
export interface SealedBox {
  keyPair(): Promise<BoxKeyPair>;
  /** The encapsulated key (32 bytes), then the ciphertext with its tag. */
  seal(pub: Uint8Array, info: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array>;
  /** The plaintext, or undefined when the box is damaged, moved, or sealed to somebody else. */
  open(secret: Uint8Array, info: Uint8Array, sealed: Uint8Array): Promise<Uint8Array | undefined>;
}

/** Waits, unless it is told to stop. */
export type Pause = (milliseconds: number, signal?: AbortSignal) => Promise<void>;
