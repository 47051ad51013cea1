import { isRefusedAlgorithm } from './algorithms.ts';
import type { SelfSigned, SignaturePart } from './certificate-parts.ts';
import { enums } from './library.ts';
import type {
  PublicKeyPacket,
  PublicSubkeyPacket,
  SignaturePacket,
  UserIDPacket,
} from './library.ts';
import { LENIENT, WEAK_HASHES } from './profile.ts';

const SOFT: readonly (number | null)[] = [
  enums.reasonForRevocation.keySuperseded,
  enums.reasonForRevocation.keyRetired,
  enums.reasonForRevocation.userIDInvalid,
];
const AES_256_GCM = [enums.symmetric.aes256, enums.aead.gcm];

/** What a key said about itself once, in a signature that was checked. */
export interface Statement {
  readonly madeAt: Date;
  /** When the statement itself stops to count. */
  readonly endsAt: Date | undefined;
  /** When the key that it is about expires. */
  readonly keyExpiresAt: Date | undefined;
  /** Made with a hash that can be forged. */
  readonly isWeak: boolean;
  /** Key flags, first octet (RFC 9580, section 5.2.3.29). */
  readonly flags: number | undefined;
  /** SEIPDv2 and AES-256 with GCM are advertised. */
  readonly isModern: boolean;
  readonly isPrimaryUser: boolean;
  /** A signing subkey confirmed in turn that it belongs to the primary key. */
  readonly isConfirmed: boolean;
}

export interface Revocation {
  readonly madeAt: Date;
  /** The key may be in other hands, so that nothing it ever signed counts. */
  readonly isHard: boolean;
}

/** What a signature is over. */
export interface SignedParts {
  readonly key: PublicKeyPacket;
  readonly bind?: PublicSubkeyPacket;
  readonly userID?: UserIDPacket;
}

/** Checks the signatures that one primary key made over its own parts. */
export class SelfSignatureCheck {
  readonly #key: PublicKeyPacket;
  sawDesignatedRevoker = false;
  /** A signature did not fit and has a hash that the library does not take with every key. */
  sawWeakHash = false;

  constructor(key: PublicKeyPacket) {
    this.#key = key;
  }

  /** Keeps in `part` only the signatures that fit, and answers with what they say. */
  async check<P>(
    part: SelfSigned<P>,
    types: readonly enums.signature[],
    revocationType: enums.signature,
    data: SignedParts,
  ): Promise<{ statements: Statement[]; revocations: Revocation[] }> {
    const fitting: SignaturePart[] = [];
    const statements: Statement[] = [];
    const revocations: Revocation[] = [];
    for (const signature of part.signatures) {
      const { packet } = signature;
      const type = packet.signatureType ?? enums.signature.standalone;
      const isStatement = types.includes(type);
      if (!isStatement && type !== revocationType) continue;
      const isConfirmed = isStatement && (await this.#isConfirmed(packet, data));
      if (!(await this.#fits(packet, this.#key, type, data))) continue;
      fitting.push(signature);
      const madeAt = packet.created ?? new Date(0);
      if (isStatement) statements.push(statement(packet, data, isConfirmed));
      else revocations.push({ madeAt, isHard: !SOFT.includes(packet.reasonForRevocationFlag) });
    }
    part.signatures = fitting;
    statements.sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
    return { statements, revocations };
  }

  async #fits(
    signature: SignaturePacket,
    key: PublicKeyPacket | PublicSubkeyPacket,
    type: enums.signature,
    data: SignedParts,
  ): Promise<boolean> {
    // A refused algorithm is never relied on, and some are missing in some runtimes.
    if (isRefusedAlgorithm(key)) return true;
    const namesRevoker = signature.revocationKeyClass !== null;
    // The library calls such a signature invalid as a whole; here it is remembered and refused later.
    signature.revocationKeyClass = null;
    try {
      await signature.verify(key, type, data, signature.created ?? new Date(0), false, LENIENT);
    } catch {
      this.sawWeakHash ||= WEAK_HASHES.has(signature.hashAlgorithm ?? 0);
      return false;
    }
    if (namesRevoker) this.sawDesignatedRevoker = true;
    return true;
  }

  async #isConfirmed({ embeddedSignature }: SignaturePacket, data: SignedParts): Promise<boolean> {
    const type = enums.signature.keyBinding;
    return (
      data.bind !== undefined &&
      embeddedSignature?.signatureType === type &&
      !WEAK_HASHES.has(embeddedSignature.hashAlgorithm ?? 0) &&
      (await this.#fits(embeddedSignature, data.bind, type, data))
    );
  }
}

function statement(packet: SignaturePacket, data: SignedParts, isConfirmed: boolean): Statement {
  const madeAt = packet.created ?? new Date(0);
  const about = data.bind ?? data.key;
  const end = packet.getExpirationTime();
  const suites = (packet as { preferredCipherSuites?: readonly (readonly number[])[] | null })
    .preferredCipherSuites;
  return {
    madeAt,
    endsAt: end instanceof Date ? end : undefined,
    keyExpiresAt:
      packet.keyNeverExpires === false && packet.keyExpirationTime !== null
        ? new Date(about.created.getTime() + packet.keyExpirationTime * 1000)
        : undefined,
    isWeak: WEAK_HASHES.has(packet.hashAlgorithm ?? 0),
    flags: packet.keyFlags?.[0],
    isModern:
      ((packet.features?.[0] ?? 0) & 0x08) !== 0 &&
      (suites ?? []).some(([cipher, mode]) => cipher === AES_256_GCM[0] && mode === AES_256_GCM[1]),
    isPrimaryUser: packet.isPrimaryUserID === true,
    isConfirmed,
  };
}
