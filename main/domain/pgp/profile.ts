import { config, enums } from './library.ts';
import type { Config } from './library.ts';
import type { KeyProfile, MessageProfile } from './engine.ts';

/** Hash algorithms in which anybody can make collisions, or soon could. */
const weakHashes = [enums.hash.md5, enums.hash.sha1, enums.hash.ripemd];
export const WEAK_HASHES: ReadonlySet<number> = new Set(weakHashes);

/** Curves that are refused: either weaker by design or missing in some of our runtimes. */
const refusedCurves = [
  enums.curve.secp256k1,
  enums.curve.brainpoolP256r1,
  enums.curve.brainpoolP384r1,
  enums.curve.brainpoolP512r1,
];
export const REFUSED_CURVES: ReadonlySet<string> = new Set(refusedCurves);

/** RSA moduli shorter than this are refused. */
export const MIN_RSA_BITS = 2048;

const base = {
  ...config,
  showVersion: false,
  showComment: false,
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  enforceGrammar: true,
  ignoreUnsupportedPackets: false,
  ignoreMalformedPackets: false,
  enableParsingV5Entities: false,
  parseAEADEncryptedV4KeysAsLegacy: false,
  additionalAllowedPackets: [],
  minRSABits: MIN_RSA_BITS,
  maxArgon2MemoryExponent: 18,
  maxUserIDLength: 2048,
  // A message's plaintext never passes through the library; certificates are not compressed.
  maxDecompressedMessageSize: 0,
  // No answer ever goes back to whoever made a message that does not open, and a session key for
  // us that does not decrypt is answered like damaged data. The library's constant-time flow
  // cannot read version 6 session-key packets for RSA keys.
  constantTimePKCS1Decryption: false,
  rejectHashAlgorithms: new Set(weakHashes),
  rejectMessageHashAlgorithms: new Set(weakHashes),
  rejectPublicKeyAlgorithms: new Set([enums.publicKey.elgamal, enums.publicKey.dsa]),
  rejectCurves: new Set(refusedCurves),
  preferredHashAlgorithm: enums.hash.sha256,
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredCompressionAlgorithm: enums.compression.uncompressed,
  preferredAEADAlgorithm: enums.aead.gcm,
  aeadProtect: false,
  v6Keys: false,
  // The library would put 32 random octets and its name into every version 4 signature, against
  // faults that show when the same text is signed twice in one second, which is never done here.
  // GnuPG writes such octets raw into its status lines, where they confuse whoever reads those.
  nonDeterministicSignaturesViaNotation: false,
} satisfies Config;

/** For everything that is made or trusted. */
export const STRICT: Readonly<Config> = Object.freeze({ ...base });

/**
 * For looking at what others made: parts that this program does not know are left out, and a
 * signature with an old hash is checked, so that it can be called weak instead of absent.
 */
export const LENIENT: Readonly<Config> = Object.freeze({
  ...base,
  ignoreUnsupportedPackets: true,
  minRSABits: 0,
  rejectHashAlgorithms: new Set<enums.hash>(),
  rejectMessageHashAlgorithms: new Set<enums.hash>(),
  rejectPublicKeyAlgorithms: new Set<enums.publicKey>(),
  rejectCurves: new Set<enums.curve>(),
});

/** For making a key: what it is and what it advertises. */
export const KEYS: Readonly<Record<KeyProfile, Readonly<Config>>> = Object.freeze({
  interop: STRICT,
  rfc9580: Object.freeze({ ...base, v6Keys: true, aeadProtect: true }),
});

/** The AEAD algorithm by which session keys are encrypted; none for SEIPDv1. */
export const MESSAGE_AEAD: Readonly<Record<MessageProfile, 'gcm' | undefined>> = Object.freeze({
  rfc4880: undefined,
  rfc9580: 'gcm',
});
