import type { Random } from '../ports.ts';
import { weigh, type LedgerAudit, type PostingWeights } from './ledger-store.ts';
import type { Problems } from './problems.ts';

const PAGE = 1024;

/**
 * Compares the index of words with the words of the entries. The sum, over all pairs of word and
 * entry, of two secret numbers multiplied tells whether both are the same set; only when it
 * differs are the pairs compared one by one, to name the entry.
 */
export class WordCheck {
  readonly #weights: PostingWeights;
  readonly #seed: number;
  readonly #factor: number;
  #sum = 0;
  #sumOfOther = 0;

  constructor(random: Random) {
    const numbers = new DataView(new Uint8Array(random.bytes(24)).buffer);
    const below = (offset: number) => 1 + (numbers.getUint32(offset) % 2 ** 20);
    this.#weights = [below(0), below(4), below(8), below(12)];
    this.#seed = numbers.getInt32(16);
    this.#factor = numbers.getInt32(20) | 1;
  }

  /** Takes note of an entry's words, each once. */
  add(seq: number, words: readonly string[]): void {
    const weight = weigh(this.#weights, seq);
    for (const word of words) {
      const key = this.#key(word);
      this.#sum = (this.#sum + Math.imul(key, weight)) | 0;
      this.#sumOfOther = (this.#sumOfOther + Math.imul(mixed(key), weight)) | 0;
    }
  }

  /** @param wordsOf all words of a readable entry; asked again only when something is wrong */
  compare(
    store: LedgerAudit,
    size: number,
    wordsOf: (seq: number) => readonly string[] | undefined,
    problems: Problems,
  ): void {
    if (!store.indexIsWhole()) {
      problems.add(0, 'index-damaged');
      return;
    }
    let sum = 0;
    let sumOfOther = 0;
    store.sumPostings(this.#weights, (word, weights) => {
      const key = this.#key(word);
      const weight = weights | 0;
      sum = (sum + Math.imul(key, weight)) | 0;
      sumOfOther = (sumOfOther + Math.imul(mixed(key), weight)) | 0;
    });
    if (sum === this.#sum && sumOfOther === this.#sumOfOther) return;
    for (const page of this.#pagesThatDiffer(store, size, wordsOf))
      for (const seq of differing(store, page * PAGE, wordsOf)) problems.add(seq, 'index-mismatch');
  }

  #pagesThatDiffer(
    store: LedgerAudit,
    size: number,
    wordsOf: (seq: number) => readonly string[] | undefined,
  ): number[] {
    const sums = new Map<number, number>();
    const count = (word: string, seq: number, sign: number) => {
      const page = Math.floor(seq / PAGE);
      const value = Math.imul(this.#key(word), weigh(this.#weights, seq));
      sums.set(page, ((sums.get(page) ?? 0) + sign * value) | 0);
    };
    store.eachPosting((word, seq) => {
      count(word, seq, 1);
    });
    for (let seq = 0; seq < size; seq += 1)
      for (const word of wordsOf(seq) ?? []) count(word, seq, -1);
    return [...sums].filter(([, sum]) => sum !== 0).map(([page]) => page);
  }

  #key(word: string): number {
    let key = this.#seed;
    for (let index = 0; index < word.length; index += 1)
      key = Math.imul(key ^ small(word.charCodeAt(index)), this.#factor);
    return key ^ (key >>> 15);
  }
}

/** Entries of a page whose words are not those of the index, also where there is no entry. */
function differing(
  store: LedgerAudit,
  from: number,
  wordsOf: (seq: number) => readonly string[] | undefined,
): number[] {
  const indexed = Array.from({ length: PAGE }, (): string[] => []);
  store.eachPosting((word, seq) => {
    indexed[seq - from]?.push(word);
  });
  return indexed.flatMap((stored, offset) => {
    const words = (wordsOf(from + offset) ?? []).map((word) => word.toLowerCase());
    const same = words.length === stored.length && words.every((word) => stored.includes(word));
    return same ? [] : [from + offset];
  });
}

/** A to Z as the index keeps them. */
function small(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

function mixed(key: number): number {
  const turned = Math.imul(key ^ (key >>> 13), 0x5bd1e995);
  return turned ^ (turned >>> 16);
}
