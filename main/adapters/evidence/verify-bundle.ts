import { sha256Hex } from '../../domain/digest.ts';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import type { Digest, Fingerprint } from '../../domain/identifiers.ts';
import {
  KeptLine,
  OpeningLine,
  ProofLine,
  WitnessLine,
  type Bundle,
} from '../../domain/ledger/bundle.ts';
import { BundleProblems, type BundleProblem } from '../../domain/ledger/bundle-problems.ts';
import { parseCheckpoint, type Checkpoint } from '../../domain/ledger/checkpoint.ts';
import type { Position } from '../../domain/ledger/anchor.ts';
import { checkOpening } from '../../domain/ledger/opening.ts';
import type { Engine } from '../../domain/pgp/engine.ts';
import type { Work } from '../../domain/ports.ts';
import { readPart, readWhole, type EntriesFound, type OnEntry } from './bundle-entries.ts';
import { BundleParts } from './bundle-parts.ts';
import { NamedEvidence } from './named-evidence.ts';
import type { BundleFiles } from './read-bundle.ts';
import { openBundleFiles } from './bundle-tar.ts';
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
  readonly #good = new Map<number, Fingerprint>();
  readonly #unsure = new Set<number>();
  readonly #unchecked: string[] = [];
  readonly #notes: string[] = [];

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
    const last = this.#checkpoint(await this.#folder.read('checkpoint'), 'checkpoint');
    const kept = await this.#kept();
    const asked = previous ? [previous] : [];
    const found = await this.#entries(bundle, last, kept, asked);
    await this.#checkpoints(kept, last, found);
    if (bundle.scope === 'whole' && last && last.size < found.count)
      this.#problems.atFile('checkpoint', 'checkpoint-not-last');
    for (const seq of found.authority.breaks)
      this.#notes.push(`entry ${seq} replaces a lost key, and nobody vouches for the new one.`);
    if (!found.authority.keys().includes(bundle.by.fingerprint))
      this.#problems.atFile('bundle.json', 'exporter-unknown');
    this.#positions(found, last, previous);
    await this.#witnesses();
    await this.#judge();
    for (const size of found.ends)
      if (!this.#good.has(size) && !this.#unsure.has(size))
        this.#problems.atEntry(size - 1, 'checkpoint-missing');
    return this.#verdict(bundle, last, found);
  }

  async #kept(): Promise<Kept[]> {
    const kept: Kept[] = [];
    for (const { line, value } of await this.#parts.documents(KeptLine, 'checkpoints.jsonl')) {
      const checkpoint = this.#checkpoint(Buffer.from(value.body), 'checkpoints.jsonl', line);
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
      : await readPart(lines, proofs, last, problems, onEntry);
    if (isWhole)
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
    for (const { line, checkpoint, value } of kept)
      this.#compare(checkpoint, Buffer.from(value.body), Buffer.from(value.signature), found, {
        file: 'checkpoints.jsonl',
        line,
      });
    if (!last) return;
    const body = await this.#folder.read('checkpoint');
    const signature = await this.#folder.read('checkpoint.asc');
    this.#compare(last, body, signature, found, { file: 'checkpoint' });
  }

  /** What a checkpoint says is so in this ledger; its signer is the actor of its last entry. */
  #compare(
    checkpoint: Checkpoint,
    body: Uint8Array,
    armored: Uint8Array,
    found: EntriesFound,
    at: { readonly file: string; readonly line?: number },
  ): void {
    const place = found.placeAt(checkpoint.size);
    const wrong = !place
      ? 'checkpoint-beyond'
      : (['origin', 'root', 'head', 'time', 'keys'] as const)
          .filter((member) => place[member] !== checkpoint[member])
          .map((member) => `checkpoint-${member}` as const)[0];
    if (wrong !== undefined) this.#problems.atFile(at.file, wrong, at.line);
    else if (place)
      this.#parts.claim(armored, {
        ...at,
        ...(at.file === 'checkpoint' ? { file: 'checkpoint.asc' } : {}),
        code: 'checkpoint-signature',
        content: body,
        signer: place.actor,
        size: checkpoint.size,
      });
  }

  /** What others saw of this ledger has to be positions that it went through. */
  #positions(
    found: EntriesFound,
    last: Checkpoint | undefined,
    previous: Checkpoint | undefined,
  ): void {
    const size = last?.size ?? found.count;
    const judge = (file: string, seen: Pick<Position, 'size' | 'root' | 'head'>) => {
      const place = found.placeAt(seen.size);
      if (seen.size > size) this.#problems.atFile(file, 'rollback');
      else if (place && (place.root !== seen.root || place.head !== seen.head))
        this.#problems.atFile(file, 'fork');
      else return place !== undefined;
      return true;
    };
    for (const { file, receipt } of this.#parts.receipts.values()) {
      const { origin, size: at = 0, root = '', head = '' } = receipt.witnessed;
      if (origin === found.origin) judge(file, { size: at, root, head });
    }
    if (!previous) return;
    if (previous.origin !== found.origin) this.#problems.atFile('previous', 'previous-other');
    else if (!judge('previous', previous)) this.#problems.atFile('previous', 'previous-unclear');
  }

  async #witnesses(): Promise<void> {
    const file = 'witnesses.jsonl';
    for (const { line, value } of await this.#parts.documents(WitnessLine, file))
      this.#parts.claim(Buffer.from(value.signature), {
        file,
        line,
        code: 'witness',
        content: Buffer.from(value.checkpoint),
        signer: value.by,
      });
  }

  async #judge(): Promise<void> {
    const { claims, signers } = this.#parts;
    for (const { file, line, code, packet, content, signer, size } of claims) {
      const place = line === undefined ? file : `${file} line ${line}`;
      if (!signers.canJudge(signer)) {
        if (size !== undefined) this.#unsure.add(size);
        if (code === 'witness') this.#notes.push(`${place}: its signer cannot be judged here.`);
        else this.#unchecked.push(`${place}: a signature by ${signer} cannot be checked here.`);
      } else if (await signers.isGood(content, packet, signer)) {
        if (size !== undefined) this.#good.set(size, signer);
      } else if (code === 'witness') {
        this.#notes.push(`${place} is no evidence of another ledger: its signature does not fit.`);
      } else this.#problems.atFile(file, code, line);
    }
  }

  #checkpoint(body: Uint8Array, file: string, line?: number): Checkpoint | undefined {
    try {
      return parseCheckpoint(Buffer.from(body).toString('utf8'));
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.#problems.atFile(file, 'checkpoint-malformed', line);
      return undefined;
    }
  }

  #verdict(
    bundle: Bundle | undefined,
    last: Checkpoint | undefined,
    found: EntriesFound | undefined,
  ): BundleVerdict {
    const { trust } = this.#options;
    const problems = this.#problems.list;
    const confirmed = Math.max(
      0,
      ...[...this.#good].filter(([, signer]) => trust.includes(signer)).map(([size]) => size),
    );
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
    const isSure = confirmed > 0 && this.#unchecked.length === 0;
    const exit = problems.length > 0 ? 4 : isSure ? 0 : 3;
    const by = this.#good.get(confirmed);
    const unchecked = this.#unchecked;
    const notes = this.#notes;
    return {
      exit,
      lines: verdictLines({ ...facts, by }, unchecked, notes),
      ...facts,
      signed: this.#signed(),
      names: this.#signers.names,
      unchecked,
      notes,
    };
  }

  #signed(): Map<Fingerprint, number> {
    const signed = new Map<Fingerprint, number>();
    for (const [size, signer] of this.#good)
      signed.set(signer, Math.max(size, signed.get(signer) ?? 0));
    return signed;
  }
}

async function readPrevious(path: string | undefined): Promise<Checkpoint | undefined> {
  if (path === undefined) return undefined;
  const folder = await openBundleFiles(path);
  return parseCheckpoint(Buffer.from(await folder.read('checkpoint')).toString('utf8'));
}
