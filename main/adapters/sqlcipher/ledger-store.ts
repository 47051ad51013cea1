import type { Digest } from '../../domain/identifiers.ts';
import {
  WEIGHT_PRIMES,
  type EntryRow,
  type KeptCheckpoint,
  type LedgerAudit,
  type LedgerQuery,
  type PostingWeights,
} from '../../domain/ledger/ledger-store.ts';
import { MAX_ENTRY_BYTES } from '../../domain/ledger/entry.ts';
import { HASH_BYTES } from '../../domain/ledger/merkle.ts';
import { tagged, type Tag } from '../../domain/ledger/words.ts';
import type { Evidence, Opening, SignedCheckpoint } from '../../domain/vault/journal.ts';
import type { Database } from './database.ts';
import {
  asBlob,
  toEvidence,
  toRow,
  type Blob,
  type StoredEntry,
  type StoredEvidence,
  type StoredOpening,
} from './ledger-rows.ts';
import { isCorrupt } from './sql-error.ts';
import { matchExpression, rangesAfter, rangesBetween, type SeqRange } from './ledger-query.ts';

/** Words that one prefix is spelled out to; above, FTS5 looks for the prefix by itself. */
const MOST_WORDS = 500;
/** How many of the newest entries are looked at first. */
const WINDOW = 4096;
const EVIDENCE = 'SELECT sha256, kind, bytes, signature FROM evidence';
const OPENING = 'SELECT digest, salt, value FROM openings';

/** Reads ledger.db. */
export class SqlLedgerStore implements LedgerAudit {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  size(): number {
    return this.#number('SELECT coalesce(max(seq), -1) + 1 FROM entries');
  }

  entry(seq: number): EntryRow | undefined {
    const row = this.#database
      .prepare('SELECT seq, bytes FROM entries WHERE seq = ?')
      .get<StoredEntry>([seq]);
    return row && toRow(row);
  }

  entries(from: number, to: number): EntryRow[] {
    return this.#page(undefined, { from, to }, 'ascending', to - from);
  }

  query(query: LedgerQuery): EntryRow[] {
    const match = this.#match(query);
    const order = query.order ?? 'descending';
    const rows: EntryRow[] = [];
    for (const range of rangesAfter(this.#ranges(query), query)) {
      const left = (query.limit ?? Number.MAX_SAFE_INTEGER) - rows.length;
      if (left <= 0) break;
      // Not spread into one call: a list of all entries is longer than calls can be.
      for (const row of this.#page(match, range, order, left)) rows.push(row);
    }
    return rows;
  }

  count(query: LedgerQuery): number {
    const match = this.#match(query);
    let count = 0;
    for (const range of rangesAfter(this.#ranges(query), query))
      count += this.#countIn(match, range);
    return count;
  }

  seqAt(query: LedgerQuery, place: number): number | undefined {
    const match = this.#match(query);
    let left = place;
    for (const range of rangesAfter(this.#ranges(query), query)) {
      const count = this.#countIn(match, range);
      if (left < count)
        return this.#placeIn(match, range, query.order === 'ascending' ? left : count - 1 - left);
      left -= count;
    }
    return undefined;
  }

  seqs(query: LedgerQuery, size: number): Uint32Array<ArrayBuffer> {
    const match = this.#match(query);
    const found = new Uint32Array(size);
    let count = 0;
    const add = (seq: number) => {
      found[count] = seq;
      count += 1;
    };
    for (const { from, to } of this.#ranges(query)) {
      const end = Math.min(to, size);
      if (match !== undefined) this.#eachMatch(match, { from, to: end }, add);
      else for (let seq = from; seq < end; seq += 1) add(seq);
    }
    return found.slice(0, count);
  }

  named(tag: Tag, limit: number): string[] {
    const start = tagged(tag, '');
    return this.#wordsFrom(start, limit).map((word) => word.slice(start.length));
  }

  node(level: number, index: number): Uint8Array | undefined {
    return this.#database
      .prepare('SELECT hash FROM nodes WHERE level = ? AND idx = ?', { pluck: true })
      .get<Blob>([level, index]);
  }

  nodes(level: number): { index: number; hash: Uint8Array }[] {
    return this.#database
      .prepare('SELECT idx AS "index", hash FROM nodes WHERE level = ? ORDER BY idx')
      .all<{ index: number; hash: Blob }>([level]);
  }

  checkpoints(): KeptCheckpoint[] {
    return this.#database
      .prepare('SELECT size, body, signature, kept FROM checkpoints ORDER BY size')
      .all<{ size: number; body: string; signature: string; kept: KeptCheckpoint['kept'] }>();
  }

  lastCheckpoint(): SignedCheckpoint | undefined {
    return this.#database
      .prepare('SELECT size, body, signature FROM checkpoints ORDER BY size DESC LIMIT 1')
      .get<{ size: number; body: string; signature: string }>();
  }

  opening(digest: Digest): Opening | undefined {
    return this.#database.prepare(`${OPENING} WHERE digest = ?`).get<StoredOpening>([digest]);
  }

  openings(): Opening[] {
    return this.#database.prepare(`${OPENING} ORDER BY digest`).all<StoredOpening>();
  }

  openingDigests(): Digest[] {
    return this.#database
      .prepare('SELECT digest FROM openings ORDER BY digest', { pluck: true })
      .all<Digest>();
  }

  evidence(sha256: Digest): Evidence | undefined {
    const row = this.#database
      .prepare(`${EVIDENCE} WHERE sha256 = ?`)
      .get<StoredEvidence>([sha256]);
    return row && toEvidence(row);
  }

  evidenceOfKind(kind: Evidence['kind']): Evidence[] {
    return this.#database
      .prepare(`${EVIDENCE} WHERE kind = ? ORDER BY sha256`)
      .all<StoredEvidence>([kind])
      .map(toEvidence);
  }

  evidenceDigests(kind: Evidence['kind']): Digest[] {
    return this.#database
      .prepare('SELECT sha256 FROM evidence WHERE kind = ? ORDER BY sha256', { pluck: true })
      .all<Digest>([kind]);
  }

  bytesBetween(from: number, to: number): Uint8Array[] {
    return this.#database
      .prepare('SELECT bytes FROM entries WHERE seq >= ? AND seq < ? ORDER BY seq', { pluck: true })
      .all<Blob>([from, to]);
  }

  textsBetween(from: number, to: number): string[] {
    return this.#database
      .prepare(
        `SELECT CASE WHEN length(bytes) <= ${String(MAX_ENTRY_BYTES)}
         THEN CAST(bytes AS TEXT) ELSE '' END
         FROM entries WHERE seq >= ? AND seq < ? ORDER BY seq`,
        { pluck: true },
      )
      .all<string>([from, to]);
  }

  nextSeq(from: number): number | undefined {
    return this.#database
      .prepare('SELECT seq FROM entries WHERE seq >= ? ORDER BY seq LIMIT 1', { pluck: true })
      .get<number>([from]);
  }

  evidenceAfter(kind: Evidence['kind'], after: Digest, limit: number): Evidence[] {
    return this.#database
      .prepare(`${EVIDENCE} WHERE kind = ? AND sha256 > ? ORDER BY sha256 LIMIT ?`)
      .all<StoredEvidence>([kind, after, limit])
      .map(toEvidence);
  }

  openingsFrom(row: number, limit: number): { row: number; opening: Opening }[] {
    return this.#database
      .prepare('SELECT row, digest, salt, value FROM openings WHERE row > ? ORDER BY row LIMIT ?')
      .all<StoredOpening & { row: number }>([row, limit])
      .map(({ row, ...opening }) => ({ row, opening }));
  }

  seqsBetween(from: number, to: number): number[] {
    return this.#database
      .prepare('SELECT seq FROM entries WHERE seq >= ? AND seq < ? ORDER BY seq', { pluck: true })
      .all<number>([from, to]);
  }

  nodeCount(): number {
    return this.#number('SELECT count(*) FROM nodes');
  }

  unequalNodes(level: number, from: number, hashes: Uint8Array): number[] {
    const to = from + hashes.length / HASH_BYTES;
    const equal = this.#database
      .prepare(
        `SELECT count(*) FROM nodes WHERE level = ? AND idx >= ? AND idx < ?
         AND hash = substr(?, (idx - ?) * ${String(HASH_BYTES)} + 1, ${String(HASH_BYTES)})`,
        { pluck: true },
      )
      .get<number>([level, from, to, asBlob(hashes), from]);
    if (equal === to - from) return [];
    return Array.from({ length: to - from }, (_, offset) => from + offset).filter((index) => {
      const at = (index - from) * HASH_BYTES;
      const stored = this.node(level, index);
      return !stored || Buffer.compare(stored, hashes.subarray(at, at + HASH_BYTES)) !== 0;
    });
  }

  indexIsWhole(): boolean {
    try {
      this.#database.exec(`INSERT INTO words (words) VALUES ('integrity-check')`);
      return true;
    } catch (error) {
      if (isCorrupt(error)) return false;
      throw error;
    }
  }

  sumPostings(weights: PostingWeights, visit: (word: string, sum: number) => void): void {
    const [a, b, c, d] = weights.map(String) as [string, string, string, string];
    const [p, q] = WEIGHT_PRIMES.map(String) as [string, string];
    const weight = `((doc * ${a} + ${b}) % ${p}) * ((doc * ${c} + ${d}) % ${q})`;
    this.#visit(
      `SELECT term, sum(${weight}) % 4294967296 AS number FROM postings GROUP BY term`,
      visit,
    );
  }

  eachPosting(visit: (word: string, seq: number) => void): void {
    this.#visit('SELECT term, doc AS number FROM postings', visit);
  }

  /** Calls `visit` from inside SQL: a third of the time that rows take. */
  #visit(select: string, visit: (word: string, number: number) => void): void {
    this.#database.createFunction('valise_visit', (term, number) => {
      visit(term as string, number as number);
    });
    this.#database.exec(`SELECT count(valise_visit(term, number)) FROM (${select})`);
  }

  #countIn(match: string | undefined, { from, to }: SeqRange): number {
    if (match === undefined) return to - from;
    return this.#number(
      'SELECT count(*) FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?',
      [match, from, to],
    );
  }

  /** Forwards: FTS5 passes over many rows quickly, but begins at the end of none. */
  #placeIn(match: string | undefined, { from, to }: SeqRange, place: number): number | undefined {
    if (match === undefined) return from + place;
    return this.#database
      .prepare(
        `SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?
         ORDER BY rowid LIMIT 1 OFFSET ?`,
        { pluck: true },
      )
      .get<number>([match, from, to, place]);
  }

  #page(
    match: string | undefined,
    range: SeqRange,
    order: 'ascending' | 'descending',
    limit: number,
  ): EntryRow[] {
    if (match === undefined) return this.#run(range, order, limit);
    const seqs =
      order === 'ascending'
        ? this.#matches(match, range, limit)
        : this.#newestMatches(match, range, limit);
    return seqs.flatMap((seq) => this.entry(seq) ?? []);
  }

  #run({ from, to }: SeqRange, order: 'ascending' | 'descending', limit: number): EntryRow[] {
    const direction = order === 'ascending' ? 'ASC' : 'DESC';
    return this.#database
      .prepare(
        `SELECT seq, bytes FROM entries WHERE seq >= ? AND seq < ?
         ORDER BY seq ${direction} LIMIT ?`,
      )
      .all<StoredEntry>([from, to, limit])
      .map(toRow);
  }

  #matches(match: string, { from, to }: SeqRange, limit: number): number[] {
    return this.#database
      .prepare(
        `SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?
         ORDER BY rowid LIMIT ?`,
        { pluck: true },
      )
      .all<number>([match, from, to, limit]);
  }

  /** As `#matches`, inside SQL: a third of the time that rows take. */
  #eachMatch(match: string, { from, to }: SeqRange, visit: (seq: number) => void): void {
    this.#database.createFunction('valise_match', (seq) => {
      visit(seq as number);
    });
    this.#database
      .prepare(
        `SELECT count(valise_match(rowid)) FROM words
         WHERE words MATCH ? AND rowid >= ? AND rowid < ?`,
      )
      .get([match, from, to]);
  }

  /** FTS5 reads a whole list of rows to begin at its end: so forwards, in windows from the end. */
  #newestMatches(match: string, { from, to }: SeqRange, limit: number): number[] {
    const found: number[] = [];
    let end = to;
    for (let width = WINDOW; end > from && found.length < limit; width *= 4) {
      const start = Math.max(from, end - width);
      const window = this.#matches(match, { from: start, to: end }, Number.MAX_SAFE_INTEGER);
      for (const seq of window.reverse().slice(0, limit - found.length)) found.push(seq);
      end = start;
    }
    return found;
  }

  #match(query: LedgerQuery): string | undefined {
    return matchExpression(query, (prefix) => {
      const words = this.#wordsFrom(prefix, MOST_WORDS + 1);
      return words.length > MOST_WORDS ? undefined : words;
    });
  }

  #wordsFrom(prefix: string, limit: number): string[] {
    return this.#database
      .prepare('SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT ?', { pluck: true })
      .all<string>([prefix, `${prefix}\u{10ffff}`, limit]);
  }

  #ranges(query: LedgerQuery): SeqRange[] {
    const timed = query.since !== undefined || query.until !== undefined;
    const setBacks = timed
      ? this.#database
          .prepare('SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid', { pluck: true })
          .all<number>([matchExpression({ types: ['clock-went-back'] }) ?? ''])
      : [];
    return rangesBetween(query, this.size(), setBacks, (seq) => this.entry(seq)?.at ?? '');
  }

  #number(sql: string, params: (string | number)[] = []): number {
    return this.#database.prepare(sql, { pluck: true }).get<number>(params) ?? 0;
  }
}
