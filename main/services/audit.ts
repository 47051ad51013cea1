import { z } from 'zod';
import { DomainError } from '../domain/errors/index.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import { decodeEntry } from '../domain/ledger/entry.ts';
import type { LedgerQuery } from '../domain/ledger/ledger-store.ts';
import { rootAt } from '../domain/ledger/merkle.ts';
import { SampleInput, Sampler } from '../domain/ledger/sample.ts';
import { nextTurn } from '../domain/next-turn.ts';
import type { Work } from '../domain/ports.ts';
import type { Desk } from './desk.ts';
import type { History } from './history.ts';
import type { HistoryRow } from './history-row.ts';

/** Which entries may be drawn: what somebody else can tell from the entries alone. */
export type SampleFilter = Pick<LedgerQuery, 'package' | 'types' | 'since' | 'until'>;

export interface SampleRequest {
  readonly seed: string;
  readonly count: number;
  /** The ledger as it was after so many entries; as it is now when absent. */
  readonly size?: number | undefined;
  readonly filter?: SampleFilter | undefined;
}

/** An entry that was drawn, and why. */
export interface SampleItem extends HistoryRow {
  /** From 1. */
  readonly draw: number;
  /** Hex; see docs/formats/sample.md. */
  readonly rank: string;
}

/** A sample with all that it takes to draw it again. */
export interface Sample {
  readonly seed: string;
  readonly count: number;
  readonly size: number;
  /** Hex root of the tree of `size` entries. */
  readonly root: string;
  readonly filter: SampleFilter;
  /** How many entries it was drawn from. */
  readonly among: number;
  /** In the order in which they were drawn. */
  readonly items: readonly SampleItem[];
}

/** What somebody found about an entry, in their own words. */
export interface Finding {
  /** The entry that says so. */
  readonly seq: number;
  readonly at: string;
  /** The entry that it is about. */
  readonly entry: number;
  /** Absent when the ledger no longer holds the text behind the commitment. */
  readonly text?: string;
  readonly by: HistoryRow['actor'];
}

const NoteInput = z.strictObject({
  entry: z.int().min(0),
  text: z.string().trim().min(1).max(4000),
});

const PAGE = 4096;

/**
 * What an auditor does with a ledger: draws a sample that others can draw again, and writes down
 * findings. Whose finding it is stands in its entry, with the role; any member may make one.
 */
export class Audit {
  readonly #desk: Desk;
  readonly #history: History;

  constructor(desk: Desk, history: History) {
    this.#desk = desk;
    this.#history = history;
  }

  /**
   * The entries that the seed chooses. Nothing is appended.
   * @throws DomainError `input-refused`, `sample-beyond`, `cancelled`
   */
  async sample(request: SampleRequest, work: Work = {}): Promise<Sample> {
    const { seed, count } = parseInput(
      SampleInput,
      { seed: request.seed, count: request.count },
      'the sample',
    );
    const { ledger } = this.#desk.session;
    const present = ledger.size();
    const { size = present, filter = {} } = request;
    if (size > present || size < 1) throw new DomainError('sample-beyond', { size, present });
    const sampler = new Sampler(seed, count);
    await this.#show(sampler, filter, size, work);
    const items = sampler.drawn().map(({ seq, rank }, index): SampleItem => {
      return { draw: index + 1, rank, ...this.#history.row(seq) };
    });
    const root = Buffer.from(rootAt(ledger, size)).toString('hex');
    return { seed, count, size, root, filter, among: sampler.among, items };
  }

  /**
   * Appends a finding, signed by this member. The text stands in the ledger as a commitment only.
   * @throws DomainError `entry-unknown`, `input-refused`, `ledger-read-only`
   */
  async note(request: { readonly entry: number; readonly text: string }): Promise<Finding> {
    const { entry, text } = parseInput(NoteInput, request, 'the finding');
    const { ledger } = this.#desk.session;
    if (ledger.entry(entry) === undefined) throw new DomainError('entry-unknown', { seq: entry });
    const opening = this.#desk.opening(text);
    const { last } = await this.#desk.commit({
      acts: [{ type: 'finding', detail: { entry, text: opening.digest } }],
      openings: [opening],
    });
    return this.#finding(this.#history.row(last));
  }

  /** Every finding, oldest first. */
  notes(): Finding[] {
    return this.#history
      .rows({ types: ['finding'], order: 'ascending' })
      .map((row) => this.#finding(row));
  }

  async #show(
    sampler: Sampler,
    filter: SampleFilter,
    size: number,
    { report, signal }: Work,
  ): Promise<void> {
    const { ledger } = this.#desk.session;
    const isFiltered = Object.keys(filter).length > 0;
    for (let from = 0; from < size;) {
      if (signal?.aborted) throw new DomainError('cancelled');
      if (isFiltered) {
        const query = { ...filter, order: 'ascending' as const, after: from - 1, limit: PAGE };
        const seqs = ledger.query(query).map(({ seq }) => seq);
        for (const seq of seqs) if (seq < size) sampler.take(seq);
        from = seqs.length < PAGE ? size : Math.min(size, (seqs.at(-1) ?? size) + 1);
      } else {
        const to = Math.min(from + PAGE, size);
        for (; from < to; from += 1) sampler.take(from);
      }
      report?.({ stage: 'sample', done: from, total: size });
      await nextTurn();
    }
  }

  #finding({ seq, at, actor: by }: HistoryRow): Finding {
    const { ledger } = this.#desk.session;
    const row = ledger.entry(seq);
    const entry = row && decodeEntry(row.bytes, seq);
    if (entry?.type !== 'finding') throw new DomainError('entry-unknown', { seq });
    const text = ledger.opening(entry.detail.text)?.value;
    return { seq, at, entry: entry.detail.entry, ...(text === undefined ? {} : { text }), by };
  }
}
