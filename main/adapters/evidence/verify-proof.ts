import { sha256Hex } from '../../domain/digest.ts';
import { isDomainError } from '../../domain/errors/index.ts';
import type { Digest, Fingerprint, Uuid } from '../../domain/identifiers.ts';
import { isKeysType } from '../../domain/ledger/authority.ts';
import { decodeBundlePart } from '../../domain/ledger/bundle.ts';
import { BundleProblems, type BundleProblem } from '../../domain/ledger/bundle-problems.ts';
import type { Checkpoint } from '../../domain/ledger/checkpoint.ts';
import { entryDigest, type EntryOf } from '../../domain/ledger/entry.ts';
import { verifyConsistency } from '../../domain/ledger/merkle.ts';
import { decodeProof, type Proof } from '../../domain/ledger/proof.ts';
import { SignedRotation } from '../../domain/vault/rotation.ts';
import { dearmor } from './armor.ts';
import { readPart, type EntriesFound, type ReadEntry } from './bundle-entries.ts';
import { Claims } from './claims.ts';
import { Positions, readPrevious } from './positions.ts';
import { proofLines } from './proof-lines.ts';
import type { Line } from './read-bundle.ts';
import { claimRotation } from './rotation-claim.ts';
import { Signers } from './signers.ts';
import type { VerifyBundleOptions } from './verify-bundle.ts';

export interface ProofVerdict {
  /** As for a bundle: 0 proved, and by a trusted key; 3 not confirmed or not judged; 4 wrong. */
  readonly exit: 0 | 3 | 4;
  readonly lines: readonly string[];
  readonly problems: readonly BundleProblem[];
  /** The entry that it proves, or the size that it continues. */
  readonly entry?: { readonly seq: number; readonly digest: Digest; readonly text: string };
  readonly from?: number;
  /** Of the ledger under the checkpoint. */
  readonly size: number;
  readonly origin: string;
  readonly root: Digest;
  readonly head: Digest;
  readonly signer: Fingerprint | undefined;
  /** Up to which size a trusted key signed; 0 when none did. */
  readonly confirmed: number;
  /** What could not be judged here, and what is said besides. */
  readonly unchecked: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Verifies one proof as `assets/verify.py` does, with the same verdict: form, hashes, authority,
 * every signature. Places are members of the document.
 * @throws DomainError `checkpoint-malformed` of the older bundle, `file-missing`
 */
export async function verifyProof(
  bytes: Uint8Array,
  options: VerifyBundleOptions,
): Promise<ProofVerdict> {
  return new Verification(options).run(bytes);
}

interface Statement {
  readonly index: number;
  readonly bytes: Uint8Array;
}

class Verification {
  readonly #options: VerifyBundleOptions;
  readonly #problems = new BundleProblems();
  readonly #signers: Signers;
  readonly #claims: Claims;
  /** By digest, what keys entries name. */
  readonly #certificates = new Set<Digest>();
  readonly #statements = new Map<Digest, Statement>();
  #vault: Uuid = '';
  #proved: ProofVerdict['entry'];

  constructor(options: VerifyBundleOptions) {
    this.#options = options;
    this.#signers = new Signers(options.engine, options.at ?? new Date());
    this.#claims = new Claims(this.#problems, this.#signers);
  }

  async run(bytes: Uint8Array): Promise<ProofVerdict> {
    const previous = await readPrevious(this.#options.previous);
    const proof = this.#document(bytes);
    if (!proof) return this.#verdict({}, undefined, undefined);
    await this.#keys(proof);
    const last = this.#claims.checkpoint(Buffer.from(proof.checkpoint.body), {
      file: 'checkpoint',
    });
    const earlier = this.#earlier(proof, last);
    const found = await this.#entries(proof, last, earlier);
    for (const [checkpoint, signed, file] of [
      [earlier, proof.earlier, 'earlier'],
      [last, proof.checkpoint, 'checkpoint'],
    ] as const)
      if (checkpoint && signed)
        this.#claims.addCheckpoint(
          checkpoint,
          { body: Buffer.from(signed.body), signature: Buffer.from(signed.signature) },
          found.placeAt(checkpoint.size),
          { file },
        );
    if (proof.seq !== undefined && !this.#proved) this.#problems.atFile('seq', 'entry-missing');
    for (const seq of found.authority.breaks)
      this.#claims.notes.push(
        `entry ${seq} replaces a lost key, and nobody vouches for the new one.`,
      );
    if (previous) new Positions(this.#problems, found, last?.size ?? 0).comparePrevious(previous);
    await this.#claims.judge(found.ends);
    return this.#verdict(earlier ? { from: earlier.size } : {}, last, found);
  }

  #document(bytes: Uint8Array): Proof | undefined {
    try {
      return decodeProof(bytes);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const { code } = error;
      const known = code === 'not-canonical' || code === 'version-unknown';
      this.#problems.atFile('proof', known ? code : 'document-refused');
      return undefined;
    }
  }

  async #keys({ certificates, statements }: Proof): Promise<void> {
    for (const [index, { fingerprint, armored }] of certificates.entries()) {
      const file = `certificates[${index}]`;
      const bytes = dearmor(Buffer.from(armored), 'PUBLIC KEY BLOCK');
      if (!bytes) this.#problems.atFile(file, 'file-malformed');
      else if (!(await this.#signers.add(fingerprint, bytes)))
        this.#problems.atFile(file, 'file-mismatch');
      else this.#certificates.add(sha256Hex(bytes));
    }
    for (const [index, text] of statements.entries()) {
      const bytes = Buffer.from(text);
      this.#statements.set(sha256Hex(bytes), { index, bytes });
    }
  }

  /** The checkpoint that the ledger continues, once its tree is proved to begin the other. */
  #earlier({ earlier }: Proof, last: Checkpoint | undefined): Checkpoint | undefined {
    if (!earlier) return undefined;
    const checkpoint = this.#claims.checkpoint(Buffer.from(earlier.body), { file: 'earlier' });
    if (!checkpoint || !last) return checkpoint;
    const [from, to] = [checkpoint, last].map(({ root }) => Buffer.from(root, 'hex'));
    const hashes = earlier.hashes.map((hash) => Buffer.from(hash, 'hex'));
    if (!from || !to || !verifyConsistency(checkpoint.size, last.size, hashes, from, to))
      this.#problems.atFile('earlier', 'proof-wrong');
    return checkpoint;
  }

  async #entries(
    { seq, entries }: Proof,
    last: Checkpoint | undefined,
    earlier: Checkpoint | undefined,
  ): Promise<EntriesFound> {
    const lines = entries.map(({ text }, index): Line => ({
      bytes: Buffer.from(text),
      number: index + 1,
      ended: true,
    }));
    const source = {
      lines,
      at: (number: number) => ({ file: `entries[${number - 1}]` }),
      hashesOf: (_seq: number, number: number) => entries[number - 1]?.hashes,
      last,
      roots: new Map([earlier, last].flatMap((each) => (each ? [[each.size, each.root]] : []))),
    };
    return readPart(source, this.#problems, (read) => {
      const text = entries[read.line - 1]?.text ?? '';
      if (read.seq === seq) this.#proved = { seq, digest: entryDigest(Buffer.from(text)), text };
      this.#named(read);
      return Promise.resolve();
    });
  }

  /** Keys entries prove who may act, so what they name has to be here; others name it in vain. */
  #named({ line, entry }: ReadEntry): void {
    if (!entry || !isKeysType(entry.type)) return;
    if (entry.type === 'genesis') this.#vault = entry.detail.vault;
    const missing = () => {
      this.#problems.atFile(`entries[${line - 1}]`, 'evidence-missing');
    };
    if ('certificate' in entry.detail && !this.#certificates.has(entry.detail.certificate))
      missing();
    if (entry.type !== 'key-rotated') return;
    const statement = this.#statements.get(entry.detail.statement);
    if (!statement) missing();
    else this.#rotation(entry, statement);
  }

  #rotation(entry: EntryOf<'key-rotated'>, { index, bytes }: Statement): void {
    const file = `statements[${index}]`;
    try {
      const rotation = decodeBundlePart(SignedRotation, bytes, file);
      claimRotation(entry, this.#vault, rotation, file, {
        claims: this.#claims,
        problems: this.#problems,
      });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const { code } = error;
      this.#problems.atFile(file, code === 'not-canonical' ? code : 'document-refused');
    }
  }

  #verdict(
    proves: Pick<ProofVerdict, 'from'>,
    last: Checkpoint | undefined,
    found: EntriesFound | undefined,
  ): ProofVerdict {
    const { unchecked, notes } = this.#claims;
    const problems = this.#problems.list;
    const { size: confirmed, by } = this.#claims.confirmed(this.#options.trust);
    const facts = {
      problems,
      ...(this.#proved ? { entry: this.#proved } : {}),
      ...proves,
      size: last?.size ?? 0,
      origin: found?.origin ?? '',
      root: last?.root ?? '',
      head: last?.head ?? '',
      signer: last && found?.placeAt(last.size)?.actor,
      confirmed,
      unchecked,
      notes,
    };
    const exit = problems.length > 0 ? 4 : confirmed > 0 && unchecked.length === 0 ? 0 : 3;
    return { exit, lines: proofLines({ ...facts, by }), ...facts };
  }
}
