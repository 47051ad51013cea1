import type { Work } from '../ports.ts';
import { writeArmor } from './armor.ts';
import { viewCertificate, viewUnion } from './certificate-view.ts';
import { sign, verify } from './detached.ts';
import type {
  Certificate,
  CertificateFacts,
  DetachedVerdict,
  Engine,
  KeyProfile,
  MessageOutline,
  MessageProfile,
  NewKey,
  OpenRequest,
  OpenedMessage,
  RevocationReason,
  SealRequest,
  SecretKey,
} from './engine.ts';
import { hashHere } from './hashing.ts';
import type { StartHash } from './hashing.ts';
import { importKey } from './import-key.ts';
import { makeKey, revoke } from './keys.ts';
import { open } from './open.ts';
import { inspect } from './outline.ts';
import { parseHeader } from './packet-header.ts';
import { certificateAt } from './policy.ts';
import { seal } from './seal.ts';

/**
 * The engine in this process. Keys, session keys and signatures are made and read by openpgp; the
 * bulk of a message is encrypted, hashed and parsed here, so that it streams.
 */
export class OpenpgpEngine implements Engine {
  readonly #startHash: StartHash;

  /** @param ports where the hashes of large messages are worked out: here, unless said otherwise */
  constructor(ports: { readonly startHash?: StartHash } = {}) {
    this.#startHash = ports.startHash ?? hashHere;
  }

  async readCertificate(bytes: Uint8Array, at: Date): Promise<Certificate> {
    return certificateAt(await viewCertificate(bytes), at);
  }

  async mergeCertificate(known: Uint8Array, update: Uint8Array, at: Date): Promise<Certificate> {
    return certificateAt(await viewUnion(known, update), at);
  }

  messageProfile(certificates: readonly CertificateFacts[]): MessageProfile {
    const isModern = certificates.length > 0 && certificates.every(({ modern }) => modern);
    return isModern ? 'rfc9580' : 'rfc4880';
  }

  makeKey(request: {
    name: string;
    email: string;
    profile: KeyProfile;
    at: Date;
  }): Promise<NewKey> {
    return makeKey(request);
  }

  importKey(bytes: Uint8Array, passphrase: string | undefined, at: Date): Promise<NewKey> {
    return importKey(bytes, passphrase, at);
  }

  revoke(secret: SecretKey, reason: RevocationReason, at: Date): Promise<Certificate> {
    return revoke(secret, reason, at);
  }

  seal(request: SealRequest, work?: Work): AsyncIterable<Uint8Array> {
    return seal(request, work, this.#startHash);
  }

  open(request: OpenRequest, work?: Work): Promise<OpenedMessage> {
    return open(request, work, this.#startHash);
  }

  inspect(source: AsyncIterable<Uint8Array>, size: number): Promise<MessageOutline> {
    return inspect(source, size);
  }

  sign(content: Uint8Array, signer: SecretKey, at: Date): Promise<string> {
    return sign(content, signer, at);
  }

  verify(
    content: Uint8Array,
    signature: string | Uint8Array,
    certificates: readonly Uint8Array[],
    at: Date,
  ): Promise<DetachedVerdict> {
    return verify(content, signature, certificates, at);
  }

  armor(certificate: Uint8Array): string {
    return writeArmor('PUBLIC KEY BLOCK', certificate, !isVersion6(certificate));
  }
}

/** The version octet follows the packet's header. */
function isVersion6(certificate: Uint8Array): boolean {
  const header = parseHeader(certificate);
  return header !== undefined && certificate[header.size] === 6;
}
