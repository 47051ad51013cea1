import { readPrivateKey } from './library.ts';
import type { PrivateKey, SecretKeyPacket } from './library.ts';
import { viewCertificate } from './certificate-view.ts';
import type { CertificateView, KeyView } from './certificate-view.ts';
import type { SecretKey } from './engine.ts';
import { signingKeyAt } from './policy.ts';
import { LENIENT } from './profile.ts';

/** An own key, read and ready: for the time of one call only. */
export interface OwnKey {
  readonly view: CertificateView;
  readonly key: PrivateKey;
}

/** Reads an own key as this program keeps it: binary, complete, not protected. */
export async function readOwnKey({ bytes }: SecretKey): Promise<OwnKey> {
  const key = await readPrivateKey({ binaryKey: bytes, config: LENIENT });
  return { key, view: await viewCertificate(key.toPublic().write()) };
}

/**
 * The secret packet that this key signs with.
 *
 * @throws DomainError `certificate-cannot-sign`, or why the key as a whole is refused
 */
export function signingPacket({ view, key }: OwnKey, at: Date): SecretKeyPacket {
  return secretOf(key, signingKeyAt(view, at));
}

/** The secret packet of one key of `key`. */
export function secretOf(key: PrivateKey, { fingerprint }: KeyView): SecretKeyPacket {
  const found = key.getKeys().find((part) => part.getFingerprint().toUpperCase() === fingerprint);
  if (!found) throw new Error('a key without its secret part');
  return found.keyPacket as SecretKeyPacket;
}
