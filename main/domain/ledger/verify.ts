import { DomainError } from '../errors/index.ts';
import type { Digest, Fingerprint } from '../identifiers.ts';
import { nextTurn } from '../next-turn.ts';
import type { Random, Work } from '../ports.ts';
import type { Opening } from '../vault/journal.ts';
import type { Position } from './anchor.ts';
import { compareApplied } from './applied.ts';
import { NamedCertificates } from './certificates-named.ts';
import { EntryPass, namesCertificate } from './entry-pass.ts';
import type { Entry } from './entry.ts';
import { allWords, factsOf, type EntryFacts } from './facts.ts';
import type { KeptCheckpoint, LedgerAudit } from './ledger-store.ts';
import { hashHex } from './hash.ts';
import { OpeningWindow } from './opening-window.ts';
import { checkOpening } from './opening.ts';
import { Problems, type Problem, type ProblemCode } from './problems.ts';
import { verifyReceipt, verifyRotation, verifyTimeStamp } from './verify-statements.ts';
import { verifyCheckpoints, type CheckSignature } from './verify-checkpoints.ts';
import { WordCheck } from './verify-words.ts';
import { witnessesIn } from './witnesses.ts';

const PAGE = 1024;
/** Pages whose signatures are still being checked while the next ones are read. */
const PAGES_IN_FLIGHT = 16;

export interface VerifyOptions {
  readonly checkSignature: CheckSignature;
  readonly random: Random;
  /** What is remembered of this ledger outside of it, and what counterparties witnessed. */
  readonly known?: readonly Position[];
  /** seq of the last entry whose effects are in vault.db; left out without a vault.db. */
  readonly applied?: { readonly seq: number | undefined };
  /** Progress counts entries. */
  readonly work?: Work;
}

export interface LedgerVerdict {
  readonly verified: boolean;
  readonly entries: number;
  /** Hex; of the tree and of the last entry as they were computed. */
  readonly root: Digest;
  readonly head: Digest;
  readonly problems: readonly Problem[];
  /** Entries where a lost key was replaced without anybody to vouch for it. */
  readonly breaks: readonly number[];
}

/**
 * Recomputes a ledger from the stored bytes of its entries and compares everything else with
 * them: chain, tree, authority, index, checkpoints with their signatures, openings, evidence,
 * what vault.db says was applied, and what others remember. Nothing that is stored is believed.
 * @throws DomainError `cancelled`
 */
export async function verifyLedger(
  store: LedgerAudit,
  options: VerifyOptions,
): Promise<LedgerVerdict> {
  return new Verification(store, options).run();
}

class Verification {
  readonly #store: LedgerAudit;
  readonly #options: VerifyOptions;
  readonly #problems = new Problems();
  readonly #named = new NamedCertificates();
  readonly #words: WordCheck;
  readonly #openings: OpeningWindow;
  readonly #evidence = new Set<Digest>();
  #checkpoints: readonly KeptCheckpoint[] = [];
  readonly #statements: { readonly entry: Entry; readonly seq: number }[] = [];
  readonly #checking: Promise<readonly (readonly [number, ProblemCode | undefined])[]>[] = [];

  constructor(store: LedgerAudit, options: VerifyOptions) {
    this.#store = store;
    this.#options = options;
    this.#words = new WordCheck(options.random);
    this.#openings = new OpeningWindow(store);
  }

  async run(): Promise<LedgerVerdict> {
    const store = this.#store;
    const genesis = store.bytesBetween(0, 1)[0];
    const known = [
      ...(this.#options.known ?? []),
      ...(genesis ? witnessesIn(store, `valise/${hashHex(genesis)}`) : []),
    ];
    if (store.nextSeq(Number.MIN_SAFE_INTEGER) !== 0) this.#problems.add(0, 'entry-missing');
    const checkpoints = store.checkpoints();
    this.#checkpoints = checkpoints;
    const wanted = [...checkpoints, ...known].map(({ size }) => size);
    const pass = new EntryPass(this.#problems, wanted, (level, from, hashes) => {
      this.#compareNodes(level, from, hashes);
    });
    await this.#entries(pass);
    this.#words.compare(store, pass.size, (seq) => this.#wordsOf(seq), this.#problems);
    await verifyCheckpoints(
      checkpoints,
      pass,
      (fingerprint) => this.#certificatesOf(fingerprint),
      this.#options.checkSignature,
      this.#problems,
    );
    this.#compareKnown(pass, known);
    this.#compareApplied();
    const { root, head, size } = pass.present();
    return {
      verified: this.#problems.none,
      entries: size,
      root,
      head,
      problems: this.#problems.list(),
      breaks: pass.authority.breaks,
    };
  }

  async #entries(pass: EntryPass): Promise<void> {
    const { report, signal } = this.#options.work ?? {};
    const total = this.#store.size();
    for (let from = 0; from < total;) {
      if (signal?.aborted) throw new DomainError('cancelled');
      const to = Math.min(from + PAGE, total);
      this.#page(pass, from, to);
      await this.#verifyStatements(PAGES_IN_FLIGHT);
      report?.({ stage: 'verify', done: to, total });
      await nextTurn();
      from = this.#store.nextSeq(to) ?? to;
      if (from > to) this.#problems.add(to, 'entry-missing');
    }
    await this.#verifyStatements(0);
    pass.flush();
    const nodes = nodesOf(pass.size);
    if (this.#store.nodeCount() !== nodes) this.#problems.add(pass.size, 'node-mismatch');
  }

  #page(pass: EntryPass, from: number, to: number): void {
    const texts = this.#store.textsBetween(from, to);
    const seqs = texts.length === to - from ? undefined : this.#nameMissing(from, to);
    texts.forEach((text, index) => {
      const seq = pass.size;
      const bytes = () => this.#bytes(seqs?.[index] ?? from + index);
      const facts = pass.takeText(text, bytes);
      if (facts) this.#entry(pass, seq, facts, bytes);
    });
  }

  #entry(pass: EntryPass, seq: number, facts: EntryFacts, bytes: () => Uint8Array): void {
    const openings = this.#opened(seq, facts.commitments);
    this.#words.add(
      facts.seq,
      allWords(facts, (digest) => openings.get(digest)),
    );
    for (const digest of facts.evidence) this.#checkEvidence(seq, digest);
    if (!namesCertificate(facts.type) && !NAMES_STATEMENT.has(facts.type)) return;
    const entry = pass.entry(bytes(), seq);
    if (!entry) return;
    this.#named.note(entry);
    if (NAMES_STATEMENT.has(facts.type)) this.#statements.push({ entry, seq });
  }

  #opened(seq: number, commitments: readonly Digest[]): Map<Digest, Opening> {
    const openings = new Map<Digest, Opening>();
    for (const digest of commitments) {
      const opening = this.#openings.find(digest);
      if (!opening) this.#problems.add(seq, 'opening-missing');
      else if (!checkOpening(opening)) this.#problems.add(seq, 'opening-mismatch');
      if (opening) openings.set(digest, opening);
    }
    return openings;
  }

  #checkEvidence(seq: number, digest: Digest): void {
    if (this.#evidence.has(digest)) return;
    const found = this.#store.evidence(digest);
    if (!found) this.#problems.add(seq, 'evidence-missing');
    else if (hashHex(found.bytes) !== digest) this.#problems.add(seq, 'evidence-mismatch');
    else this.#evidence.add(digest);
  }

  #wordsOf(seq: number): readonly string[] | undefined {
    const bytes = this.#store.bytesBetween(seq, seq + 1)[0];
    const entry = bytes && new EntryPass(new Problems(), []).entry(bytes, seq);
    return entry && allWords(factsOf(entry), (digest) => this.#store.opening(digest));
  }

  /** The seqs that are there, after the missing ones were named. */
  #nameMissing(from: number, to: number): number[] {
    const seqs = this.#store.seqsBetween(from, to);
    const there = new Set(seqs);
    for (let seq = from; seq < to; seq += 1)
      if (!there.has(seq)) this.#problems.add(seq, 'entry-missing');
    return seqs;
  }

  #bytes(seq: number): Uint8Array {
    return this.#store.bytesBetween(seq, seq + 1)[0] ?? new Uint8Array();
  }

  #compareNodes(level: number, from: number, hashes: Uint8Array): void {
    const [first] = this.#store.unequalNodes(level, from, hashes);
    if (first !== undefined) this.#problems.add(first * 2 ** level, 'node-mismatch');
  }

  /**
   * Begins with the statements of a page, which other threads check for the most part, and waits
   * for those of earlier pages until no more than `inFlight` are left.
   */
  async #verifyStatements(inFlight: number): Promise<void> {
    const page = this.#statements.splice(0);
    const verdicts = page.map(async ({ entry, seq }) => {
      return [seq, await this.#verifyStatement(entry)] as const;
    });
    const checking = Promise.all(verdicts);
    // A failure is told where it is waited for; a cancelled verification waits for nothing more.
    checking.catch(() => undefined);
    this.#checking.push(checking);
    while (this.#checking.length > inFlight)
      for (const [seq, problem] of (await this.#checking.shift()) ?? [])
        if (problem) this.#problems.add(seq, problem);
  }

  async #verifyStatement(entry: Entry): Promise<ProblemCode | undefined> {
    const certificatesOf = (fingerprint: Fingerprint) => this.#certificatesOf(fingerprint);
    const { checkSignature } = this.#options;
    const named = (digest: Digest) => this.#store.evidence(digest);
    switch (entry.type) {
      case 'key-rotated': {
        const { detail } = entry;
        return verifyRotation(detail, named(detail.statement), certificatesOf, checkSignature);
      }
      case 'receipt-in':
      case 'receipt-out':
        return verifyReceipt(entry, named(entry.detail.receipt), certificatesOf, checkSignature);
      case 'timestamped':
        return verifyTimeStamp(
          entry,
          named(entry.detail.response),
          this.#checkpoints.find(({ size }) => size === entry.detail.size),
        );
      default:
        return undefined;
    }
  }

  #certificatesOf(fingerprint: Fingerprint): Uint8Array[] {
    return this.#named
      .of(fingerprint)
      .flatMap((digest) => this.#store.evidence(digest)?.bytes ?? []);
  }

  #compareKnown(pass: EntryPass, known: readonly Position[]): void {
    const present = pass.present();
    for (const { origin, size, root, head } of known) {
      if (origin !== present.origin) {
        if (!this.#continues(origin)) this.#problems.add(0, 'fork');
      } else if (size > present.size) this.#problems.add(present.size, 'rollback');
      else {
        const place = pass.placeAt(size);
        if (place?.root !== root || place.head !== head) this.#problems.add(size - 1, 'fork');
      }
    }
  }

  #continues(origin: string): boolean {
    const bytes = this.#store.bytesBetween(0, 1)[0];
    const genesis = bytes && new EntryPass(new Problems(), []).entry(bytes, 0);
    return genesis?.type === 'genesis' && genesis.detail.continues?.origin === origin;
  }

  #compareApplied(): void {
    const { applied } = this.#options;
    if (!applied || !this.#problems.none) return;
    const comparison = compareApplied(this.#store, applied.seq);
    if (comparison === 'ahead') this.#problems.add(this.#store.size(), 'vault-ahead');
    if (comparison === 'behind') this.#problems.add((applied.seq ?? -1) + 1, 'vault-behind');
  }
}

const NAMES_STATEMENT: ReadonlySet<string> = new Set([
  'key-rotated',
  'receipt-in',
  'receipt-out',
  'timestamped',
]);

/** How many complete subtrees a tree of `size` leaves has. */
function nodesOf(size: number): number {
  let count = 0;
  for (let width = size; width > 0; width = Math.floor(width / 2)) count += width;
  return count;
}
