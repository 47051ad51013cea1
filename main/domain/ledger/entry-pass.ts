import { isDomainError } from '../errors/index.ts';
import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import { Authority, isJudgedWhole, isKeysType } from './authority.ts';
import { decodeEntry, MAX_ENTRY_BYTES, NO_PREV, type Entry } from './entry.ts';
import type { EntryType } from './entry-types.ts';
import { factsOf, type EntryFacts } from './facts.ts';
import { GrowingTree, type NodeSink } from './growing-tree.ts';
import { hashHex } from './hash.ts';
import { PROBLEMS, type ProblemCode, type Problems } from './problems.ts';
import { quickFacts } from './quick-facts.ts';

/** Where a ledger stood after so many entries, computed from these alone. */
export interface Place {
  readonly origin: string;
  readonly size: number;
  readonly root: Digest;
  readonly head: Digest;
  readonly time: Instant;
  readonly keys: number;
  /** Who made the last entry: who has to sign here. */
  readonly actor: Fingerprint;
}

/**
 * One pass over all entries from the first: canonical form, schema, order, chain, tree and
 * authority. The ledger and the evidence bundle are verified by the same pass.
 */
export class EntryPass {
  readonly authority = new Authority();
  readonly #problems: Problems;
  readonly #wanted: ReadonlySet<number>;
  readonly #tree: GrowingTree;
  readonly #places = new Map<number, Place>();
  readonly #runs: Place[] = [];
  #last: EntryFacts | undefined;
  #origin = '';
  #head: Digest = NO_PREV;

  /**
   * @param wanted sizes at which `placeAt` will be asked
   * @param nodes takes the nodes of the tree, when they are to be compared
   */
  constructor(problems: Problems, wanted: Iterable<number>, nodes?: NodeSink) {
    this.#problems = problems;
    this.#wanted = new Set(wanted);
    this.#tree = new GrowingTree(nodes);
  }

  get size(): number {
    return this.#tree.size;
  }

  /**
   * Takes the next entry. The answer is undefined when it cannot be read; it counts as a leaf all
   * the same, so that the tree says what stands there.
   */
  take(bytes: Uint8Array): EntryFacts | undefined {
    const seq = this.size;
    if (bytes.length > MAX_ENTRY_BYTES) {
      this.#problems.add(seq, 'entry-too-large');
      bytes = bytes.subarray(0, MAX_ENTRY_BYTES);
    }
    const facts = this.#read(bytes, seq);
    this.#count(facts, bytes, () => bytes);
    return facts;
  }

  /**
   * Takes the next entry as a text, which is faster when it is plain ASCII, as nearly all are. Any
   * other is asked for as `bytes`: a text does not show what bytes that are no UTF-8 were.
   */
  takeText(text: string, bytes: () => Uint8Array): EntryFacts | undefined {
    const facts = text.length > MAX_ENTRY_BYTES ? undefined : quickFacts(text);
    if (!facts) return this.take(bytes());
    this.#count(facts, text, () => Buffer.from(text, 'latin1'));
    return facts;
  }

  /** The entry with all its members, or undefined when it cannot be read. */
  entry(bytes: Uint8Array, seq: number): Entry | undefined {
    try {
      return decodeEntry(bytes, seq);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      return undefined;
    }
  }

  /** Where the ledger stands now. */
  present(): Place {
    return {
      origin: this.#origin,
      size: this.size,
      root: this.#tree.root(),
      head: this.#head,
      time: this.#last?.at ?? '',
      keys: this.authority.keysSeq,
      actor: this.#last?.actor ?? '',
    };
  }

  /** A place that was wanted and passed. */
  placeAt(size: number): Place | undefined {
    return this.#places.get(size);
  }

  /** The end of every run of one actor, the last included: somebody has to have signed there. */
  ends(): Place[] {
    return this.size === 0 ? [] : [...this.#runs, this.present()];
  }

  flush(): void {
    this.#tree.flush();
  }

  #read(bytes: Uint8Array, seq: number): EntryFacts | undefined {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const quick = quickFacts(text);
    if (quick) return quick;
    try {
      return factsOf(decodeEntry(bytes, seq));
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.#problems.add(seq, isProblem(error.code) ? error.code : 'document-refused');
      return undefined;
    }
  }

  #count(facts: EntryFacts | undefined, entry: Uint8Array | string, bytes: () => Uint8Array): void {
    const seq = this.size;
    if (facts) this.#judge(facts, seq, bytes);
    this.#tree.add(entry);
    this.#head = hashHex(entry);
    if (seq === 0) this.#origin = `valise/${this.#head}`;
    if (facts) this.#last = facts;
    if (this.#wanted.has(this.size)) this.#places.set(this.size, this.present());
  }

  #judge(facts: EntryFacts, seq: number, bytes: () => Uint8Array): void {
    if (facts.seq !== seq) this.#problems.add(seq, 'seq-wrong');
    if (facts.prev !== this.#head) this.#problems.add(seq, 'prev-mismatch');
    const last = this.#last;
    if (last && facts.at < last.at && facts.type !== 'clock-went-back')
      this.#problems.add(seq, 'time-order');
    if (last && last.actor !== facts.actor) this.#runs.push(this.present());
    const problem = this.#authorise(facts, seq, bytes);
    if (problem) this.#problems.add(seq, problem);
  }

  #authorise(facts: EntryFacts, seq: number, bytes: () => Uint8Array): ProblemCode | undefined {
    if (seq === 0 && facts.type !== 'genesis') return 'genesis-wrong';
    if (!isJudgedWhole(facts.type))
      return this.authority.judgeActor(facts.actor, facts.role, facts.type);
    const entry = this.entry(bytes(), seq);
    return entry && this.authority.apply({ ...entry, seq });
  }
}

/** Whether the entries of this type say which certificate belongs to whom. */
export function namesCertificate(type: EntryType): boolean {
  return isKeysType(type) || type.startsWith('contact-');
}

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
