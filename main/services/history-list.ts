import { csv } from '../domain/csv.ts';
import type { Digest } from '../domain/identifiers.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { LedgerQuery } from '../domain/ledger/ledger-store.ts';
import { nextTurn } from '../domain/next-turn.ts';
import type { Work } from '../domain/ports.ts';
import type { Desk } from './desk.ts';
import type { History } from './history.ts';
import type { HistoryRow } from './history-row.ts';

export const LIST_FORMATS = ['csv', 'jsonl'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export interface ListWritten {
  readonly entries: number;
  /** Hex SHA-256 of the file. */
  readonly digest: Digest;
}

/** Tells spreadsheets that a table is UTF-8. */
const UTF8_MARK = '\ufeff';

/** Rows that are read and written before others have their turn. */
const PAGE = 256;

/** Lists of what History shows, for other programs. They prove nothing: evidence does. */
export class HistoryList {
  readonly #desk: Desk;
  readonly #history: History;

  constructor(desk: Desk, history: History) {
    this.#desk = desk;
    this.#history = history;
  }

  /**
   * Writes what the filter finds, newest first, to a new file, and an entry that says so.
   * Progress counts entries.
   * @throws DomainError `file-exists`, `disk-full`, `not-writable`, `cancelled`: no file is left
   */
  async write(
    filter: LedgerQuery,
    format: ListFormat,
    path: string,
    work: Work = {},
  ): Promise<ListWritten> {
    const { files } = this.#desk.tools;
    if (await files.facts(path)) throw new DomainError('file-exists', { path });
    const partial = `${path}.partial`;
    const written = await this.#desk.withScratch(partial, async () => {
      const list = await this.#fill(partial, filter, format, work);
      await files.rename(partial, path);
      return list;
    });
    const { entries, digest } = written;
    if (this.#desk.session.readOnly === undefined)
      await this.#desk.commit({
        acts: [
          {
            type: 'exported',
            detail: { scope: `list-${format}`, entries, bundle: digest, redacted: false },
          },
        ],
      });
    return written;
  }

  async #fill(
    partial: string,
    filter: LedgerQuery,
    format: ListFormat,
    { report, signal }: Work,
  ): Promise<ListWritten> {
    const { ledger } = this.#desk.session;
    const seqs = ledger.seqs(filter, ledger.size());
    const total = seqs.length;
    const line = format === 'csv' ? csvRow : jsonRow;
    const file = await this.#desk.tools.files.hashedPartial(partial);
    try {
      if (format === 'csv') await file.write(utf8(UTF8_MARK + csv([COLUMNS])));
      for (let end = total; end > 0; end -= PAGE) {
        if (signal?.aborted) throw new DomainError('cancelled');
        const from = Math.max(end - PAGE, 0);
        const rows = this.#history.rowsOf([...seqs.subarray(from, end)].reverse());
        await file.write(utf8(rows.map(line).join('')));
        report?.({ stage: 'list', done: total - from, total });
        await nextTurn();
      }
      const { digest } = await file.finish();
      return { entries: total, digest };
    } catch (error) {
      await file.discard();
      throw error;
    }
  }
}

const COLUMNS = [
  'entry',
  'time',
  'type',
  'outcome',
  'reason',
  'person',
  'person fingerprint',
  'role',
  'package',
  'package title',
  'case',
  'case reference',
  'contact',
  'contact fingerprint',
  'details',
];

function csvRow(row: HistoryRow): string {
  const { actor, contact, detail } = row;
  const text = (name: string) => (typeof detail[name] === 'string' ? detail[name] : undefined);
  const cells = [
    row.seq,
    row.at,
    row.type,
    text('kind') ?? text('outcome'),
    text('reason') ?? text('code'),
    actor.name,
    actor.fingerprint,
    actor.role,
    row.package?.id,
    row.package?.title,
    row.case?.id,
    row.case?.reference,
    contact?.name,
    contact?.fingerprint,
    JSON.stringify(detail),
  ];
  return csv([cells]);
}

function jsonRow(row: HistoryRow): string {
  return `${JSON.stringify(row)}\n`;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
