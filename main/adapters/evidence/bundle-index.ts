import type { Digest } from '../../domain/identifiers.ts';
import { OpeningLine, decodeBundlePart } from '../../domain/ledger/bundle.ts';
import { decodeEntry } from '../../domain/ledger/entry.ts';
import { EntryType } from '../../domain/ledger/entry-types.ts';
import { factsOf, type EntryFacts } from '../../domain/ledger/facts.ts';
import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import { matcherOf } from '../../domain/ledger/matcher.ts';
import { NAMING_TYPES, NameBook } from '../../domain/ledger/name-book.ts';
import { quickFacts } from '../../domain/ledger/quick-facts.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Work } from '../../domain/ports.ts';
import type { Opening } from '../../domain/vault/journal.ts';
import type { ByteRange } from '../files/read.ts';
import type { BundleFiles } from './read-bundle.ts';

const FILE = 'entries.jsonl';
const TELL_EVERY = 1024;
const FIRST_ROOM = 4096;
/** Results of queries that are kept, so that scrolling does not search again. */
const MOST_KEPT = 8;

/**
 * Where each entry of a bundle stands in its file, and what it is: some bytes an entry, so that a
 * million can be paged through. Only for entries that were verified.
 */
export class BundleIndex {
  readonly names = new NameBook();
  readonly #files: BundleFiles;
  readonly #openings = new Map<Digest, Opening>();
  readonly #found = new Map<string, Promise<Uint32Array>>();
  #starts = new Float64Array(FIRST_ROOM);
  #seqs = new Float64Array(FIRST_ROOM);
  #types = new Uint8Array(FIRST_ROOM);
  #count = 0;

  private constructor(files: BundleFiles) {
    this.#files = files;
  }

  /** The index of a bundle whose entries are not to be read. */
  static empty(files: BundleFiles): BundleIndex {
    return new BundleIndex(files);
  }

  /** Reports entries at stage `reading`. @throws DomainError `cancelled` */
  static async of(files: BundleFiles, total: number, work: Work = {}): Promise<BundleIndex> {
    const index = new BundleIndex(files);
    for await (const { bytes } of files.lines('openings.jsonl')) {
      const opening = decodeBundlePart(OpeningLine, bytes, 'openings.jsonl');
      index.#openings.set(opening.digest, opening);
    }
    let start = 0;
    for await (const { bytes, number } of files.lines(FILE)) {
      index.#add(start, bytes);
      start += bytes.length + 1;
      if (number % TELL_EVERY !== 0 && number !== total) continue;
      if (work.signal?.aborted === true) throw new DomainError('cancelled');
      work.report?.({ stage: 'reading', done: number, total });
    }
    index.#starts = index.#starts.slice(0, index.#count + 1);
    index.#starts[index.#count] = start;
    return index;
  }

  get count(): number {
    return this.#count;
  }

  readonly opening = (digest: Digest): Opening | undefined => this.#openings.get(digest);

  /** The place of the entry with this number; undefined when the bundle lacks it. */
  placeOf(seq: number): number | undefined {
    const place = this.#seqs.subarray(0, this.#count).indexOf(seq);
    return place < 0 ? undefined : place;
  }

  /** The number of the entry at a place; undefined outside. */
  seqAt(place: number): number | undefined {
    return place < this.#count ? this.#seqs[place] : undefined;
  }

  /** An entry's bytes by its place. */
  async bytesAt(place: number): Promise<Uint8Array> {
    return this.#files.range(FILE, this.#rangeOf(place));
  }

  /** Places of what a query finds, ascending. */
  async find(query: LedgerQuery): Promise<Uint32Array> {
    const key = JSON.stringify({ ...query, order: undefined });
    const known = this.#found.get(key);
    if (known) return known;
    const search = this.#search(query);
    this.#found.set(key, search);
    const [oldest] = this.#found.keys();
    if (this.#found.size > MOST_KEPT && oldest !== undefined) this.#found.delete(oldest);
    try {
      return await search;
    } catch (error) {
      this.#found.delete(key);
      throw error;
    }
  }

  async #search({ order: _, ...query }: LedgerQuery): Promise<Uint32Array> {
    const asked = Object.keys(query);
    const places = Uint32Array.from({ length: this.#count }, (_each, place) => place);
    if (asked.length === 0) return places;
    if (asked.length === 1 && query.types !== undefined) {
      const wanted = new Set(query.types.map((type) => EntryType.options.indexOf(type)));
      return places.filter((place) => wanted.has(this.#types[place] ?? -1));
    }
    const matches = matcherOf(query);
    const found: number[] = [];
    for await (const { bytes, number } of this.#files.lines(FILE))
      if (matches(readFacts(bytes), this.opening)) found.push(number - 1);
    return Uint32Array.from(found);
  }

  #add(start: number, bytes: Uint8Array): void {
    const place = this.#count;
    if (place + 1 >= this.#starts.length) this.#grow();
    const facts = readFacts(bytes);
    this.#starts[place] = start;
    this.#seqs[place] = facts.seq;
    this.#types[place] = EntryType.options.indexOf(facts.type);
    this.#count += 1;
    if (NAMING_TYPES.includes(facts.type))
      this.names.take(decodeEntry(bytes, facts.seq), this.opening);
  }

  #grow(): void {
    const room = this.#starts.length * 2;
    const starts = new Float64Array(room);
    const seqs = new Float64Array(room);
    const types = new Uint8Array(room);
    starts.set(this.#starts);
    seqs.set(this.#seqs);
    types.set(this.#types);
    this.#starts = starts;
    this.#seqs = seqs;
    this.#types = types;
  }

  /** Without the LF that ends it. */
  #rangeOf(place: number): ByteRange {
    const start = this.#starts[place];
    const next = this.#starts[place + 1];
    if (start === undefined || next === undefined)
      throw new RangeError('the bundle has no entry at that place');
    return { start, end: next - 1 };
  }
}

/** What an entry says, from its verified bytes. */
export function readFacts(bytes: Uint8Array): EntryFacts {
  return quickFacts(Buffer.from(bytes).toString('latin1')) ?? factsOf(decodeEntry(bytes, 0));
}
