import { isDomainError } from '../../domain/errors/index.ts';
import type { Fingerprint } from '../../domain/identifiers.ts';
import type { BundleProblemCode, BundleProblems } from '../../domain/ledger/bundle-problems.ts';
import { parseCheckpoint, type Checkpoint } from '../../domain/ledger/checkpoint.ts';
import type { Place } from '../../domain/ledger/entry-pass.ts';
import { dearmor } from './armor.ts';
import type { Signers } from './signers.ts';

/** Where something stands: a file, and a line of it from 1. */
export interface At {
  readonly file: string;
  readonly line?: number;
}

/** A signature that has to be judged once every certificate is known. */
export interface Claim extends At {
  readonly code: BundleProblemCode | 'witness';
  readonly packet: Uint8Array;
  readonly content: Uint8Array;
  readonly signer: Fingerprint;
  /** Of the tree that it signs, for a checkpoint. */
  readonly size?: number;
}

/** Every signature of a bundle or a proof, and what came of it. */
export class Claims {
  /** What could not be judged here, and what is said besides, as people read it. */
  readonly unchecked: string[] = [];
  readonly notes: string[] = [];
  readonly #problems: BundleProblems;
  readonly #signers: Signers;
  readonly #claims: Claim[] = [];
  readonly #good = new Map<number, Fingerprint>();
  readonly #unsure = new Set<number>();

  constructor(problems: BundleProblems, signers: Signers) {
    this.#problems = problems;
    this.#signers = signers;
  }

  /** Takes note of an armored signature that has to be good. */
  add(armored: Uint8Array, claim: Omit<Claim, 'packet'>): void {
    const packet = dearmor(armored, 'SIGNATURE');
    if (packet) this.#claims.push({ ...claim, packet });
    else this.#problems.atFile(claim.file, 'file-malformed', claim.line);
  }

  /** The body of a checkpoint; undefined when it is not in its one form, which is noted. */
  checkpoint(body: Uint8Array, at: At): Checkpoint | undefined {
    try {
      return parseCheckpoint(Buffer.from(body).toString('utf8'));
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.#problems.atFile(at.file, 'checkpoint-malformed', at.line);
      return undefined;
    }
  }

  /**
   * What a checkpoint says is so in this ledger; its signer is the actor of its last entry.
   * @param place where the ledger stood at that size, computed from its entries
   */
  addCheckpoint(
    checkpoint: Checkpoint,
    { body, signature }: { readonly body: Uint8Array; readonly signature: Uint8Array },
    place: Place | undefined,
    at: At & { readonly signature?: string },
  ): void {
    const wrong = !place
      ? 'checkpoint-beyond'
      : (['origin', 'root', 'head', 'time', 'keys'] as const)
          .filter((member) => place[member] !== checkpoint[member])
          .map((member) => `checkpoint-${member}` as const)[0];
    if (wrong !== undefined) this.#problems.atFile(at.file, wrong, at.line);
    else if (place)
      this.add(signature, {
        file: at.signature ?? at.file,
        ...(at.line === undefined ? {} : { line: at.line }),
        code: 'checkpoint-signature',
        content: body,
        signer: place.actor,
        size: checkpoint.size,
      });
  }

  /** Judges all of them. @param ends sizes at which somebody has to have signed */
  async judge(ends: readonly number[]): Promise<void> {
    for (const claim of this.#claims) await this.#judge(claim);
    for (const size of ends)
      if (!this.#good.has(size) && !this.#unsure.has(size))
        this.#problems.atEntry(size - 1, 'checkpoint-missing');
  }

  /** Who signed a checkpoint well, and up to which size. */
  get signed(): ReadonlyMap<Fingerprint, number> {
    const signed = new Map<Fingerprint, number>();
    for (const [size, signer] of this.#good)
      signed.set(signer, Math.max(size, signed.get(signer) ?? 0));
    return signed;
  }

  /** Up to which size somebody trusted signed, and who; size 0 when nobody did. */
  confirmed(trust: readonly Fingerprint[]): {
    readonly size: number;
    readonly by: Fingerprint | undefined;
  } {
    const trusted = [...this.#good].filter(([, signer]) => trust.includes(signer));
    const size = Math.max(0, ...trusted.map(([each]) => each));
    return { size, by: this.#good.get(size) };
  }

  async #judge({ file, line, code, packet, content, signer, size }: Claim): Promise<void> {
    const place = line === undefined ? file : `${file} line ${line}`;
    if (!this.#signers.canJudge(signer)) {
      if (size !== undefined) this.#unsure.add(size);
      if (code === 'witness') this.notes.push(`${place}: its signer cannot be judged here.`);
      else this.unchecked.push(`${place}: a signature by ${signer} cannot be checked here.`);
    } else if (await this.#signers.isGood(content, packet, signer)) {
      if (size !== undefined) this.#good.set(size, signer);
    } else if (code === 'witness') {
      this.notes.push(`${place} is no evidence of another ledger: its signature does not fit.`);
    } else this.#problems.atFile(file, code, line);
  }
}
