import { isDomainError } from '../../domain/errors/index.ts';
import type { Fingerprint } from '../../domain/identifiers.ts';
import type { Engine } from '../../domain/pgp/engine.ts';

/**
 * The keys of a bundle: what signatures in it are checked with. A bundle holds a certificate as it
 * was each time it was used; here they are one, so that a revocation that came later counts.
 */
export class Signers {
  readonly #engine: Engine;
  readonly #at: Date;
  readonly #certificates = new Map<Fingerprint, Uint8Array>();
  readonly #unreadable = new Set<Fingerprint>();
  readonly #names = new Map<Fingerprint, string>();

  /** @param at the moment of the check: nothing may have been signed after it */
  constructor(engine: Engine, at: Date) {
    this.#engine = engine;
    this.#at = at;
  }

  /** What the certificates say their owners are called. */
  get names(): ReadonlyMap<Fingerprint, string> {
    return this.#names;
  }

  /**
   * Takes a certificate that stands under the name of this fingerprint. One that the engine
   * cannot read is remembered: what its key signed cannot be judged.
   * @returns false when it is the certificate of another key
   */
  async add(fingerprint: Fingerprint, bytes: Uint8Array): Promise<boolean> {
    const known = this.#certificates.get(fingerprint);
    try {
      const { facts } = await this.#engine.readCertificate(bytes, this.#at);
      if (facts.fingerprint !== fingerprint) return false;
      const name = facts.userIds[0]?.name;
      if (name !== undefined) this.#names.set(fingerprint, name);
      const merged = known && (await this.#engine.mergeCertificate(known, bytes, this.#at)).bytes;
      this.#certificates.set(fingerprint, merged ?? bytes);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      if (known === undefined) this.#unreadable.add(fingerprint);
    }
    return true;
  }

  /** Whether what this key signed can be judged at all. */
  canJudge(fingerprint: Fingerprint): boolean {
    return this.#certificates.has(fingerprint) || !this.#unreadable.has(fingerprint);
  }

  /** Whether `packet` is one good signature over `content` by this key. */
  async isGood(content: Uint8Array, packet: Uint8Array, signer: Fingerprint): Promise<boolean> {
    const certificate = this.#certificates.get(signer);
    if (!certificate) return false;
    try {
      const verdict = await this.#engine.verify(content, packet, [certificate], this.#at);
      return verdict.signer === signer;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return false;
    }
  }
}
