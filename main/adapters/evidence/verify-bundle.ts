import { sha256Hex } from '../../domain/digest.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Digest, Fingerprint } from '../../domain/identifiers.ts';
import {
  KeptLine,
  OpeningLine,
  ProofLine,
  WitnessLine,
  type Bundle,
} from '../../domain/ledger/bundle.ts';
import { BundleProblems, type BundleProblem } from '../../domain/ledger/bundle-problems.ts';
import type { Checkpoint } from '../../domain/ledger/checkpoint.ts';
import { checkOpening } from '../../domain/ledger/opening.ts';
import type { Engine } from '../../domain/pgp/engine.ts';
import type { Work } from '../../domain/ports.ts';
import { readPart, readWhole, type EntriesFound, type OnEntry } from './bundle-entries.ts';
import { BundleParts } from './bundle-parts.ts';
import { NamedEvidence } from './named-evidence.ts';
import { openBundleFiles } from './bundle-tar.ts';
import { Positions, readPrevious } from './positions.ts';
import type { BundleFiles } from './read-bundle.ts';
import { Signers } from './signers.ts';
import { verdictLines } from './verdict-lines.ts';

export interface VerifyBundleOptions {
  /** Fingerprints that the caller knows from elsewhere. */
  readonly trust: readonly Fingerprint[];
  /** Folder of an older bundle that this one has to continue. */
  readonly previous?: string;
  readonly engine: Engine;
  /** The moment of the check; now unless told. */
  readonly at?: Date;
  /** Progress counts entries. */
  readonly work?: Work;
}

export interface BundleVerdict {
  /**
   * 0: everything fits and a trusted key signed it. 3: what could be checked fits, but no trusted
   * key signed it, or some signature could not be judged. 4: something is wrong.
   */
  readonly exit: 0 | 3 | 4;
  /** For people: what was found and what it means. */
  readonly lines: readonly string[];
  readonly problems: readonly BundleProblem[];
  /** Entries in the bundle, and in the ledger that its checkpoint signs. */
  readonly entries: number;
  readonly size: number;
  readonly origin: string;
  readonly root: Digest;
  readonly head: Digest;
  /** Who has to have signed the checkpoint: the actor of its last entry. */
  readonly signer: Fingerprint | undefined;
  /** Up to which size a trusted key signed; 0 when none did. */
  readonly confirmed: number;
  /** Every key with a good signature over a checkpoint: up to which size it signed. */
  readonly signed: ReadonlyMap<Fingerprint, number>;
  /** Whose key it is, as its certificate in the bundle says; nobody here confirmed it. */
  readonly names: ReadonlyMap<Fingerprint, string>;
  /** Signatures that could not be judged here, and what is said besides. */
  readonly unchecked: readonly string[];
  readonly notes: readonly string[];
  readonly bundle: Bundle | undefined;
}

/**
 * Verifies an evidence bundle as `assets/verify.py` does, with the same verdict: form, digests,
 * chain, tree, authority, every signature, and everything that entries name. Needs no vault.
 * @throws DomainError `not-a-bundle`, `checkpoint-malformed` of the older bundle, `file-missing`
 */
export async function verifyBundle(
  path: string,
  options: VerifyBundleOptions,
): Promise<BundleVerdict> {
  return verifyBundleFiles(await openBundleFiles(path, options.work), options);
}

/** The same for a bundle that is open already. */
export function verifyBundleFiles(
  files: BundleFiles,
  options: VerifyBundleOptions,
): Promise<BundleVerdict> {
  return new Verification(files, options).run();
}

const TELL_EVERY = 256;

interface Kept {
  readonly line: number;
  readonly checkpoint: Checkpoint;
  readonly value: { readonly body: string; readonly signature: string };
}

class Verification {
  readonly #folder: BundleFiles;
  readonly #options: VerifyBundleOptions;
  readonly #problems = new BundleProblems();
  readonly #parts: BundleParts;
  readonly #signers: Signers;

  constructor(folder: BundleFiles, options: VerifyBundleOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#signers = new Signers(options.engine, options.at ?? new Date());
    this.#parts = new BundleParts(folder, this.#problems, this.#signers);
  }

  async run(): Promise<BundleVerdict> {
    const previous = await readPrevious(this.#options.previous);
    const bundle = await this.#parts.bundle();
    if (!bundle) return this.#verdict(undefined, undefined, undefined);
    await this.#parts.readEvidence(bundle.files);
    const last = this.#parts.claims.checkpoint(await this.#folder.read('checkpoint'), {
      file: 'checkpoint',
    });
    const kept = await this.#kept();
    const asked = previous ? [previous] : [];
    const found = await this.#entries(bundle, last, kept, asked);
    await this.#checkpoints(kept, last, found);
    if (bundle.scope === 'whole' && last && last.size < found.count)
      this.#problems.atFile('checkpoint', 'checkpoint-not-last');
    for (const seq of found.authority.breaks)
      this.#parts.claims.notes.push(
        `entry ${seq} replaces a lost key, and nobody vouches for the new one.`,
      );
    if (!found.authority.keys().includes(bundle.by.fingerprint))
      this.#problems.atFile('bundle.json', 'exporter-unknown');
    this.#positions(found, last, previous);
    await this.#witnesses();
    await this.#parts.claims.judge(found.ends);
    return this.#verdict(bundle, last, found);
  }

  async #kept(): Promise<Kept[]> {
    const kept: Kept[] = [];
    for (const { line, value } of await this.#parts.documents(KeptLine, 'checkpoints.jsonl')) {
      const checkpoint = this.#parts.claims.checkpoint(Buffer.from(value.body), {
        file: 'checkpoints.jsonl',
        line,
      });
      if (checkpoint) kept.push({ line, checkpoint, value });
    }
    return kept;
  }

  async #entries(
    bundle: Bundle,
    last: Checkpoint | undefined,
    kept: readonly Kept[],
    asked: readonly { readonly size: number }[],
  ): Promise<EntriesFound> {
    const problems = this.#problems;
    const openings = new Map<Digest, number>();
    for (const { line, value } of await this.#parts.documents(OpeningLine, 'openings.jsonl')) {
      openings.set(value.digest, line);
      if (!checkOpening(value)) problems.atFile('openings.jsonl', 'opening-mismatch', line);
    }
    const proofs = new Map(
      (await this.#parts.documents(ProofLine, 'proofs.jsonl')).map(({ line, value }) => [
        value.seq,
        { line, hashes: value.hashes },
      ]),
    );
    const bodies = kept.map(
      ({ checkpoint, value }) => [checkpoint.size, sha256Hex(Buffer.from(value.body))] as const,
    );
    const named = new NamedEvidence(this.#parts, bundle, openings, new Map(bodies));
    const isWhole = bundle.scope === 'whole';
    const told = this.#teller(last?.size ?? 0);
    const onEntry: OnEntry = (read) => {
      told(read.line);
      return named.check(read, (code) =>
        isWhole
          ? problems.atEntry(read.seq, code)
          : problems.atFile('entries.jsonl', code, read.line),
      );
    };
    const wanted = [
      ...asked.map(({ size }) => size),
      ...kept.map(({ checkpoint }) => checkpoint.size),
      ...[...this.#parts.receipts.values()].map(({ receipt }) => receipt.witnessed.size ?? 0),
      last?.size ?? 0,
    ];
    const lines = this.#folder.lines('entries.jsonl');
    const found = isWhole
      ? await readWhole(lines, wanted, problems, onEntry)
      : await readPart(
          {
            lines,
            at: (line) => ({ file: 'entries.jsonl', line }),
            hashesOf: (seq) => {
              const hashes = proofs.get(seq)?.hashes;
              proofs.delete(seq);
              return hashes;
            },
            last,
            roots: new Map(last ? [[last.size, last.root]] : []),
          },
          problems,
          onEntry,
        );
    for (const { line } of proofs.values()) problems.atFile('proofs.jsonl', 'proof-wrong', line);
    named.finish();
    return found;
  }

  /** Tells how far the entries are read, and stops when it is asked to. */
  #teller(total: number): (line: number) => void {
    const { report, signal } = this.#options.work ?? {};
    return (line) => {
      if (line % TELL_EVERY !== 0 && line !== total) return;
      if (signal?.aborted === true) throw new DomainError('cancelled');
      report?.({ stage: 'verify', done: line, total: Math.max(line, total) });
    };
  }

  async #checkpoints(
    kept: readonly Kept[],
    last: Checkpoint | undefined,
    found: EntriesFound,
  ): Promise<void> {
    const { claims } = this.#parts;
    for (const { line, checkpoint, value } of kept)
      claims.addCheckpoint(
        checkpoint,
        { body: Buffer.from(value.body), signature: Buffer.from(value.signature) },
        found.placeAt(checkpoint.size),
        { file: 'checkpoints.jsonl', line },
      );
    if (!last) return;
    const body = await this.#folder.read('checkpoint');
    const signature = await this.#folder.read('checkpoint.asc');
    claims.addCheckpoint(last, { body, signature }, found.placeAt(last.size), {
      file: 'checkpoint',
      signature: 'checkpoint.asc',
    });
  }

  /** What others saw of this ledger has to be positions that it went through. */
  #positions(
    found: EntriesFound,
    last: Checkpoint | undefined,
    previous: Checkpoint | undefined,
  ): void {
    const positions = new Positions(this.#problems, found, last?.size ?? found.count);
    for (const { file, receipt } of this.#parts.receipts.values()) {
      const { origin, size = 0, root = '', head = '' } = receipt.witnessed;
      if (origin === found.origin) positions.compare(file, { size, root, head });
    }
    if (previous) positions.comparePrevious(previous);
  }

  async #witnesses(): Promise<void> {
    const file = 'witnesses.jsonl';
    for (const { line, value } of await this.#parts.documents(WitnessLine, file))
      this.#parts.claims.add(Buffer.from(value.signature), {
        file,
        line,
        code: 'witness',
        content: Buffer.from(value.checkpoint),
        signer: value.by,
      });
  }

  #verdict(
    bundle: Bundle | undefined,
    last: Checkpoint | undefined,
    found: EntriesFound | undefined,
  ): BundleVerdict {
    const { claims } = this.#parts;
    const problems = this.#problems.list;
    const { size: confirmed, by } = claims.confirmed(this.#options.trust);
    const facts = {
      problems,
      entries: found?.count ?? 0,
      size: last?.size ?? 0,
      origin: found?.origin ?? '',
      root: last?.root ?? '',
      head: last?.head ?? '',
      signer: last && found?.placeAt(last.size)?.actor,
      confirmed,
      bundle,
    };
    const { unchecked, notes, signed } = claims;
    const exit = problems.length > 0 ? 4 : confirmed > 0 && unchecked.length === 0 ? 0 : 3;
    return {
      exit,
      lines: verdictLines({ ...facts, by }, unchecked, notes),
      ...facts,
      signed,
      names: this.#signers.names,
      unchecked,
      notes,
    };
  }
}
