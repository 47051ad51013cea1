import { isDomainError } from '../../domain/errors/index.ts';
import type { Digest } from '../../domain/identifiers.ts';
import { Authority, isKeysType } from '../../domain/ledger/authority.ts';
import type { Checkpoint } from '../../domain/ledger/checkpoint.ts';
import { EntryPass, type Place } from '../../domain/ledger/entry-pass.ts';
import { decodeEntry, entryDigest, NO_PREV, type Entry } from '../../domain/ledger/entry.ts';
import type { EntryType } from '../../domain/ledger/entry-types.ts';
import { factsOf, type EntryFacts } from '../../domain/ledger/facts.ts';
import { leafHash, verifyInclusion } from '../../domain/ledger/merkle.ts';
import { Problems, type ProblemCode } from '../../domain/ledger/problems.ts';
import type { BundleProblems } from '../../domain/ledger/bundle-problems.ts';
import type { At } from './claims.ts';
import type { Line } from './read-bundle.ts';

/** An entry of a bundle that could be read. */
export interface ReadEntry {
  readonly seq: number;
  /** Where it stands in entries.jsonl, from 1. */
  readonly line: number;
  readonly facts: EntryFacts;
  /** With all its members, for the types that name a receipt, a key or a vault. */
  readonly entry: Entry | undefined;
}

/** What the entries of a bundle add up to. */
export interface EntriesFound {
  readonly count: number;
  readonly origin: string;
  readonly authority: Authority;
  /** The ledger after so many entries, at the sizes that were asked for. */
  placeAt(size: number): Place | undefined;
  /** Sizes at which somebody has to have signed: the end of every run of one actor. */
  readonly ends: readonly number[];
}

/** Called for each entry in order; what it finds wrong it notes itself. */
export type OnEntry = (read: ReadEntry) => Promise<void>;

const FILE = 'entries.jsonl';

/** All entries of a ledger: the same pass that verifies the ledger itself. */
export async function readWhole(
  lines: AsyncIterable<Line>,
  wanted: Iterable<number>,
  problems: BundleProblems,
  onEntry: OnEntry,
): Promise<EntriesFound> {
  const found = new Problems();
  const pass = new EntryPass(found, wanted);
  for await (const { bytes, ended, number } of lines) {
    if (!ended) problems.atFile(FILE, 'file-malformed', number);
    if (!ended) continue;
    const seq = pass.size;
    const facts = pass.take(bytes);
    if (!facts) continue;
    const entry = needsMembers(facts.type) ? pass.entry(bytes, seq) : undefined;
    await onEntry({ seq, line: number, facts, entry });
  }
  const tooLarge = new Set(
    found.list().flatMap(({ seq, code }) => (code === 'entry-too-large' ? [seq] : [])),
  );
  for (const { seq, code } of found.list())
    if (code !== 'not-canonical' || !tooLarge.has(seq)) problems.atEntry(seq, code);
  return {
    count: pass.size,
    origin: pass.present().origin,
    authority: pass.authority,
    placeAt: (size) => pass.placeAt(size),
    ends: pass.ends().map(({ size }) => size),
  };
}

/** Some entries of a ledger, and what is known of the tree that they are in. */
export interface PartSource {
  readonly lines: AsyncIterable<Line> | Iterable<Line>;
  /** Where the line of this number, from 1, stands. */
  readonly at: (number: number) => At;
  /** What leads from an entry to the root of the last checkpoint. */
  readonly hashesOf: (seq: number, number: number) => readonly Digest[] | undefined;
  readonly last: Checkpoint | undefined;
  /** Roots of the tree by size, at every size where they are known: that of `last` among them. */
  readonly roots: ReadonlyMap<number, Digest>;
}

/** Some entries of a ledger, each with its proof; the whole chain of keys entries is among them. */
export async function readPart(
  source: PartSource,
  problems: BundleProblems,
  onEntry: OnEntry,
): Promise<EntriesFound> {
  const part = new Part(source, problems);
  for await (const line of source.lines) {
    const read = part.take(line);
    if (read) await onEntry(read);
  }
  return part.found();
}

class Part {
  readonly #source: PartSource;
  readonly #problems: BundleProblems;
  readonly #authority = new Authority();
  readonly #places = new Map<number, Place>();
  #count = 0;
  #origin = '';
  #before: Entry | undefined;
  #prev: Digest = NO_PREV;

  constructor(source: PartSource, problems: BundleProblems) {
    this.#source = source;
    this.#problems = problems;
  }

  take({ bytes, ended, number }: Line): ReadEntry | undefined {
    const { file, line } = this.#source.at(number);
    const wrong = (code: ProblemCode | 'proof-wrong') => {
      this.#problems.atFile(file, code, line);
    };
    if (!ended) wrong('file-malformed');
    if (!ended) return undefined;
    const digest = entryDigest(bytes);
    if (this.#origin === '') this.#origin = `valise/${digest}`;
    const entry = this.#read(bytes, wrong);
    if (entry) this.#judge(entry, { bytes, number }, wrong);
    this.#prev = digest;
    this.#count += 1;
    if (!entry) return undefined;
    this.#before = entry;
    this.#places.set(entry.seq + 1, {
      origin: this.#origin,
      size: entry.seq + 1,
      root: this.#source.roots.get(entry.seq + 1) ?? '',
      head: digest,
      time: entry.at,
      keys: this.#authority.keysSeq,
      actor: entry.actor.fingerprint,
    });
    return { seq: entry.seq, line: number, facts: factsOf(entry), entry };
  }

  found(): EntriesFound {
    const { roots } = this.#source;
    return {
      count: this.#count,
      origin: this.#origin,
      authority: this.#authority,
      // Between its entries a part says nothing: only where a root is known can it be compared.
      placeAt: (size) => (roots.has(size) ? this.#places.get(size) : undefined),
      ends: [...roots.keys()],
    };
  }

  #read(bytes: Uint8Array, wrong: (code: ProblemCode) => void): Entry | undefined {
    try {
      return decodeEntry(bytes, 0);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      wrong(error.code === 'not-canonical' ? error.code : 'document-refused');
      return undefined;
    }
  }

  #judge(
    entry: Entry,
    { bytes, number }: Pick<Line, 'bytes' | 'number'>,
    wrong: (code: ProblemCode | 'proof-wrong') => void,
  ): void {
    const before = this.#before;
    const next = before ? before.seq + 1 : 0;
    if (before ? entry.seq < next : entry.seq !== 0) wrong('seq-wrong');
    if (entry.seq === next && entry.prev !== this.#prev) wrong('prev-mismatch');
    if (before && entry.seq === next && entry.at < before.at && entry.type !== 'clock-went-back')
      wrong('time-order');
    const problem =
      entry.seq === 0 && entry.type !== 'genesis' ? 'genesis-wrong' : this.#authority.apply(entry);
    if (problem) wrong(problem);
    const hashes = this.#source
      .hashesOf(entry.seq, number)
      ?.map((hash) => Buffer.from(hash, 'hex'));
    const { size, root } = this.#source.last ?? { size: 0, root: '' };
    if (
      !hashes ||
      !verifyInclusion(leafHash(bytes), entry.seq, size, hashes, Buffer.from(root, 'hex'))
    )
      wrong('proof-wrong');
  }
}

function needsMembers(type: EntryType): boolean {
  return isKeysType(type) || type.startsWith('receipt-');
}
