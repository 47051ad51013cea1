import { randomBytes } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import type { HashName, RunningHash, StartHash } from './hashing.ts';
import { SignaturePacket, enums } from './library.ts';
import type { Config, SecretKeyPacket } from './library.ts';
import { TAG, upperHex, writePacket } from './packet-header.ts';
import { LENIENT, STRICT, WEAK_HASHES } from './profile.ts';

/** Hash algorithms for texts (RFC 9580, section 9.5), and the salt that version 6 puts before. */
const HASHES: Readonly<Record<number, { readonly name: HashName; readonly salt: number }>> = {
  [enums.hash.sha256]: { name: 'sha256', salt: 16 },
  [enums.hash.sha384]: { name: 'sha384', salt: 24 },
  [enums.hash.sha512]: { name: 'sha512', salt: 32 },
  [enums.hash.sha224]: { name: 'sha224', salt: 16 },
};
const BINARY = enums.signature.binary;

/**
 * A signature over a text that was hashed as it passed by, so that it never has to be in memory.
 * The library makes and checks the packet; only the digest comes from here.
 */
export class TextSignature extends SignaturePacket {
  declare salt: Uint8Array | null;
  readonly #text: RunningHash;
  #digest: Uint8Array | undefined;

  constructor(text: RunningHash) {
    super();
    this.#text = text;
  }

  /** Stands for the library's own hashing, which wants the whole text. */
  toHash(): null {
    return null;
  }

  /** The digest of salt, text, hashed part and trailer (RFC 9580, section 5.2.4). */
  async hash(): Promise<Uint8Array> {
    if (!this.#digest) {
      const hashed = this.signatureData;
      if (!hashed) throw new Error('a signature without its hashed part');
      const trailer = Buffer.from([this.version, 0xff, 0, 0, 0, 0]);
      trailer.writeUInt32BE(hashed.length, 2);
      await this.#text.update(Buffer.concat([hashed, trailer]));
      this.#digest = await this.#text.digest();
    }
    return this.#digest;
  }
}

/** What comes before a signed text and says how to hash it (RFC 9580, section 5.4). */
export interface OnePass {
  readonly version: 3 | 6;
  readonly hashAlgorithm: number;
  readonly keyAlgorithm: number;
  /** In version 6 only. */
  readonly salt: Uint8Array | undefined;
  /** Key ID (version 3) or fingerprint (version 6) of the signing key, upper-case hex. */
  readonly issuer: string;
  readonly isLast: boolean;
}

/** @throws DomainError `message-form`, `signature-form` */
export function readOnePass(body: Uint8Array): OnePass {
  const [version, type, hashAlgorithm = 0, keyAlgorithm = 0] = body;
  const isV6 = version === 6;
  if (version !== 3 && !isV6)
    throw new DomainError('message-form', { what: 'a signature in an unknown form' });
  const saltBytes = isV6 ? (body[4] ?? 0) : 0;
  const issuerAt = isV6 ? 5 + saltBytes : 4;
  const issuerBytes = isV6 ? 32 : 8;
  if (body.length !== issuerAt + issuerBytes + 1)
    throw new DomainError('message-form', { what: 'a signature in an unknown form' });
  if (type !== BINARY) throw new DomainError('signature-form');
  return {
    version,
    hashAlgorithm,
    keyAlgorithm,
    salt: isV6 ? body.subarray(5, issuerAt) : undefined,
    issuer: upperHex(body.subarray(issuerAt, issuerAt + issuerBytes)),
    isLast: body[issuerAt + issuerBytes] !== 0,
  };
}

/**
 * The running hash for a text, with the salt already in it.
 *
 * @throws DomainError `weak-algorithm`; `message-form` for an unknown hash or a salt of wrong length
 */
export function startText(
  algorithm: number,
  salt: Uint8Array | undefined,
  start: StartHash,
): RunningHash {
  if (WEAK_HASHES.has(algorithm)) throw new DomainError('weak-algorithm', { what: 'its hash' });
  const known = HASHES[algorithm];
  if (!known || (salt && salt.length !== known.salt))
    throw new DomainError('message-form', { what: 'a hash algorithm that is not known here' });
  const hash = start(known.name);
  // Far less than any port asks to wait for.
  if (salt) void hash.update(salt);
  return hash;
}

/**
 * Reads a signature packet's body, to be checked against the text that went into `text`.
 *
 * @throws DomainError `signature-form` when it cannot be read or is not over a binary text
 */
export function readTextSignature(body: Uint8Array, text: RunningHash): TextSignature {
  const signature = new TextSignature(text);
  try {
    readSignature(signature, body);
  } catch (cause) {
    throw new DomainError('signature-form', {}, { cause });
  }
  if (signature.signatureType !== BINARY) throw new DomainError('signature-form');
  return signature;
}

/** Whether a signature is the one that was announced before the text. */
export function isAnnounced(signature: TextSignature, onePass: OnePass): boolean {
  const { issuerFingerprint: fingerprint, salt } = signature;
  const issuer =
    onePass.version === 3
      ? upperHex(Buffer.from(signature.issuerKeyID.toHex(), 'hex'))
      : upperHex(fingerprint ?? new Uint8Array(0));
  return (
    Number(signature.hashAlgorithm) === onePass.hashAlgorithm &&
    Number(signature.publicKeyAlgorithm) === onePass.keyAlgorithm &&
    (signature.version === 6) === (onePass.version === 6) &&
    issuer === onePass.issuer &&
    Buffer.from(salt ?? []).equals(onePass.salt ?? new Uint8Array(0))
  );
}

/** One binary signature in the making, over a text that passes by. */
export class Signing {
  readonly #key: SecretKeyPacket;
  readonly #algorithm: enums.hash;
  readonly #salt: Uint8Array | undefined;
  readonly #text: RunningHash;

  constructor(key: SecretKeyPacket, start: StartHash) {
    this.#key = key;
    this.#algorithm = hashFor(key);
    const saltBytes = HASHES[this.#algorithm]?.salt ?? 0;
    this.#salt = key.version === 6 ? randomBytes(saltBytes) : undefined;
    this.#text = startText(this.#algorithm, this.#salt, start);
  }

  /** As `RunningHash.update`. */
  update(slice: Uint8Array): Promise<void> | undefined {
    return this.#text.update(slice);
  }

  /** The packet that announces the signature. */
  onePass(): Uint8Array {
    const salt = this.#salt;
    const start = Uint8Array.of(salt ? 6 : 3, BINARY, this.#algorithm, this.#key.algorithm);
    const fingerprint = Buffer.from(this.#key.getFingerprint(), 'hex');
    const issuer = salt
      ? [Uint8Array.of(salt.length), salt, fingerprint]
      : [fingerprint.subarray(-8)];
    return writePacket(TAG.onePassSignature, Buffer.concat([start, ...issuer, Uint8Array.of(1)]));
  }

  /** The signature packet, dated `at`. No more text after this. */
  async finish(at: Date): Promise<Uint8Array> {
    const signature = new TextSignature(this.#text);
    signature.signatureType = BINARY;
    signature.publicKeyAlgorithm = this.#key.algorithm;
    signature.hashAlgorithm = this.#algorithm;
    if (this.#salt) signature.salt = this.#salt;
    await signPacket(signature, this.#key, new Uint8Array(0), at);
    return writePacket(TAG.signature, signature.write());
  }
}

/** SHA-256, fast everywhere, unless the key's own strength asks for more (RFC 9580, section 5.2.3). */
function hashFor(key: SecretKeyPacket): enums.hash {
  const { algorithm, curve } = key.getAlgorithmInfo();
  if (algorithm === 'ed448' || curve === enums.curve.nistP521) return enums.hash.sha512;
  if (curve === enums.curve.nistP384) return enums.hash.sha384;
  return enums.hash.sha256;
}

/** Signs `data` (a text, or the packets of a certificate) into `signature`. */
export async function signPacket(
  signature: SignaturePacket,
  key: SecretKeyPacket,
  data: object,
  at: Date,
): Promise<void> {
  // The published types leave out the last parameter, which the implementation needs.
  const signing: {
    sign(
      key: SecretKeyPacket,
      data: object,
      date: Date,
      detached: boolean,
      config: Config,
    ): Promise<void>;
  } = signature;
  await signing.sign(key, data, at, false, STRICT);
}

/** Reads a signature packet's body into `signature`; throws what the library throws. */
export function readSignature(signature: SignaturePacket, body: Uint8Array): void {
  const reading: { read(body: Uint8Array, config: Config): void } = signature;
  reading.read(body, LENIENT);
}
