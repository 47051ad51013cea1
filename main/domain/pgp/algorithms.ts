import { enums } from './library.ts';
import type { AlgorithmInfo } from './library.ts';
import { MIN_RSA_BITS, REFUSED_CURVES } from './profile.ts';

/** Any key packet, public or secret. */
interface AnyKey {
  getAlgorithmInfo(): AlgorithmInfo;
  readonly publicParams: object;
}

/** RSA up to this length is called weak, though accepted. */
const COMFORTABLE_RSA_BITS = 3072;
const MAX_RSA_BYTES = 1024;
const MAX_RSA_EXPONENT_BYTES = 4;

const CURVES: Readonly<Record<string, string>> = {
  [enums.curve.nistP256]: 'NIST P-256',
  [enums.curve.nistP384]: 'NIST P-384',
  [enums.curve.nistP521]: 'NIST P-521',
  [enums.curve.ed25519Legacy]: 'Ed25519',
  [enums.curve.curve25519Legacy]: 'X25519 (ECDH)',
};

/** The algorithm of a key as people say it: `Ed25519`, `RSA 3072`, `NIST P-256`. */
export function algorithmName(key: AnyKey): string {
  const info = key.getAlgorithmInfo();
  const { algorithm, bits = 0, curve } = info;
  if (isRsa(info)) return `RSA ${bits}`;
  switch (algorithm) {
    case 'ed25519':
      return 'Ed25519';
    case 'x25519':
      return 'X25519';
    case 'ed448':
      return 'Ed448';
    case 'x448':
      return 'X448';
    case 'dsa':
      return `DSA ${bits}`;
    case 'elgamal':
      return `Elgamal ${bits}`;
    default:
      return CURVES[curve ?? ''] ?? curve ?? algorithm;
  }
}

/** DSA, Elgamal, secp256k1 and the brainpool curves are neither sealed to nor believed. */
export function isRefusedAlgorithm(key: AnyKey): boolean {
  const { algorithm, curve } = key.getAlgorithmInfo();
  return algorithm === 'dsa' || algorithm === 'elgamal' || REFUSED_CURVES.has(curve ?? '');
}

/** RSA that is refused for its length. */
export function isShortRsa(key: AnyKey): boolean {
  return rsaBits(key) < MIN_RSA_BITS;
}

/** RSA that is accepted, with a warning. */
export function isModestRsa(key: AnyKey): boolean {
  return rsaBits(key) < COMFORTABLE_RSA_BITS;
}

/**
 * RSA with a modulus of more than 8192 bits or an exponent of more than 32: nobody makes such keys,
 * and checking one signature of them could take minutes.
 */
export function isOutsized(key: AnyKey): boolean {
  const { n, e } = key.publicParams as { readonly n?: Uint8Array; readonly e?: Uint8Array };
  return (n?.length ?? 0) > MAX_RSA_BYTES || (e?.length ?? 0) > MAX_RSA_EXPONENT_BYTES;
}

function rsaBits(key: AnyKey): number {
  const info = key.getAlgorithmInfo();
  return isRsa(info) ? (info.bits ?? 0) : Infinity;
}

function isRsa({ algorithm }: AlgorithmInfo): boolean {
  return algorithm === 'rsaEncryptSign' || algorithm === 'rsaEncrypt' || algorithm === 'rsaSign';
}
