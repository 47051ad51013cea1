import { csv } from '../domain/csv.ts';
import { DomainError } from '../domain/errors/index.ts';
import { decodeEntry, type Entry } from '../domain/ledger/entry.ts';
import type { EntryType } from '../domain/ledger/entry-types.ts';
import { originOf } from '../domain/ledger/checkpoint.ts';
import { nextTurn } from '../domain/next-turn.ts';
import { BOOK_TYPES, ReportBook } from '../domain/reports/book.ts';
import { DISCLOSURE_TYPES, DisclosureLog, type Disclosure } from '../domain/reports/disclosures.ts';
import { indicators, type Indicators } from '../domain/reports/indicators.ts';
import { published, type Published } from '../domain/reports/public.ts';
import { firstMoment, Instant, lastMoment } from '../domain/time.ts';
import type { Desk } from './desk.ts';
import type { History } from './history.ts';

/** What is asked for: days or moments, inclusive. */
export interface ReportAsked {
  readonly since?: string | undefined;
  /** The ledger's end unless said otherwise: so the same ledger always says the same. */
  readonly until?: string | undefined;
  /** Hides small counts. */
  readonly isPublic?: boolean | undefined;
}

export interface IndicatorReport {
  readonly format: 'valise.indicators/1';
  /** Which ledger, and how much of it was read. */
  readonly ledger: string;
  readonly entries: number;
  readonly since?: string;
  readonly until: string;
  readonly public: boolean;
  readonly indicators: Published<Indicators>;
}

/** One line of the disclosure log, with the names that are known here. */
export interface DisclosureRow extends Omit<Disclosure, 'by' | 'people'> {
  readonly by: { readonly fingerprint: string; readonly name?: string };
  readonly people: readonly { readonly fingerprint: string; readonly name?: string }[];
  readonly reference?: string;
}

/** Entries that are read before others have their turn. */
const PAGE = 1024;

/** Reports, computed from the ledger and from nothing else. */
export class Reports {
  readonly #desk: Desk;
  readonly #history: History;

  constructor(desk: Desk, history: History) {
    this.#desk = desk;
    this.#history = history;
  }

  /**
   * The indicators of a period. Without `until` it ends with the ledger's last entry.
   * @throws DomainError `input-refused` for a date that is none
   */
  async indicators(asked: ReportAsked): Promise<IndicatorReport> {
    const { ledger } = this.#desk.session;
    const { since, until } = this.#period(asked);
    const book = new ReportBook();
    const entries = await this.#read(BOOK_TYPES, until, (entry) => {
      book.note(entry);
    });
    const period = { ...(since === undefined ? {} : { since }), until };
    const found = indicators(book, period);
    const isPublic = asked.isPublic === true;
    const genesis = ledger.entry(0);
    return {
      format: 'valise.indicators/1',
      ledger: genesis === undefined ? '' : originOf(genesis.bytes),
      entries,
      ...period,
      public: isPublic,
      indicators: isPublic ? published(found) : found,
    };
  }

  /** Who saw, gave away or erased what, when and why. @throws DomainError `input-refused` */
  async disclosures(asked: ReportAsked): Promise<DisclosureRow[]> {
    const { since = '', until } = this.#period(asked);
    const log = new DisclosureLog();
    await this.#read(DISCLOSURE_TYPES, until, (entry) => {
      log.note(entry);
    });
    const named = (fingerprint: string) => {
      const name = this.#history.nameOf(fingerprint);
      return { fingerprint, ...(name === undefined ? {} : { name }) };
    };
    return log.rows
      .filter(({ at }) => at >= since)
      .map(({ by, people, ...row }) => {
        const reference = row.case === undefined ? undefined : this.#history.referenceOf(row.case);
        return {
          ...row,
          by: named(by),
          people: people.map(named),
          ...(reference === undefined ? {} : { reference }),
        };
      });
  }

  /**
   * Writes the indicators for other programs, to a new file.
   * @throws DomainError `file-exists`, `not-writable`, `disk-full`, `input-refused`
   */
  async writeIndicators(asked: ReportAsked, form: 'csv' | 'json', path: string): Promise<void> {
    const report = await this.indicators(asked);
    await this.#write(path, form === 'json' ? json(report) : indicatorsCsv(report));
  }

  /** Writes the disclosure log, as `writeIndicators`. */
  async writeDisclosures(asked: ReportAsked, form: 'csv' | 'json', path: string): Promise<void> {
    const items = await this.disclosures(asked);
    await this.#write(path, form === 'json' ? json({ items }) : disclosuresCsv(items));
  }

  #write(path: string, text: string): Promise<void> {
    return this.#desk.tools.files.write(path, new TextEncoder().encode(text));
  }

  async #read(
    types: readonly EntryType[],
    until: string,
    note: (entry: Entry) => void,
  ): Promise<number> {
    const { ledger } = this.#desk.session;
    let after: number | undefined;
    for (;;) {
      const place = after === undefined ? {} : { after };
      const query = { types, until, order: 'ascending', limit: PAGE, ...place } as const;
      const rows = ledger.query(query);
      for (const { bytes, seq } of rows) note(decodeEntry(bytes, seq));
      after = rows.at(-1)?.seq;
      if (rows.length < PAGE) return ledger.count({ until });
      await nextTurn();
    }
  }

  #period({ since, until }: ReportAsked): { readonly since?: string; readonly until: string } {
    const { ledger } = this.#desk.session;
    const last = ledger.entry(ledger.size() - 1)?.at ?? this.#desk.at();
    const from = since === undefined ? undefined : moment(firstMoment(since), '--since');
    return {
      ...(from === undefined ? {} : { since: from }),
      until: until === undefined ? last : moment(lastMoment(until), '--until'),
    };
  }
}

function moment(given: string, where: string): string {
  if (Instant.safeParse(given).success) return given;
  const problem = 'must be a day, such as 2026-03-31, or a moment';
  throw new DomainError('input-refused', { what: 'report', where, problem });
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Tells spreadsheets that a table is UTF-8. */
const UTF8_MARK = '\ufeff';

/** One measure a row. */
function indicatorsCsv({ indicators: found }: IndicatorReport): string {
  const rows = Object.entries(found).flatMap(([name, value]) =>
    Array.isArray(value)
      ? groupRows(name, '', value)
      : Object.entries(value).flatMap(([key, inner]) =>
          Array.isArray(inner) ? groupRows(name, key, inner) : [[name, '', '', key, inner]],
        ),
  );
  return UTF8_MARK + csv([['indicator', 'group', 'code', 'measure', 'value'], ...rows]);
}

type Cell = string | number;

function groupRows(name: string, group: string, items: readonly object[]): Cell[][] {
  return items.flatMap((item) => {
    const { code, ...measures } = item as { code: string } & Record<string, Cell>;
    return Object.entries(measures).map(([measure, value]) => [name, group, code, measure, value]);
  });
}

const DISCLOSURE_COLUMNS = [
  'entry',
  'time',
  'act',
  'by',
  'fingerprint',
  'role',
  'package',
  'case',
  'instrument',
  'legal basis',
  'purposes',
  'with whom',
  'fingerprints',
  'countries',
  'categories',
  'people affected',
];

function disclosuresCsv(rows: readonly DisclosureRow[]): string {
  const lines = rows.map((row) => [
    row.seq,
    row.at,
    row.act,
    row.by.name,
    row.by.fingerprint,
    row.role,
    row.package,
    row.reference ?? row.case,
    row.instrument,
    row.legalBasis.join(' '),
    row.purposes.join(' '),
    row.people.map(({ name, fingerprint }) => name ?? fingerprint).join('; '),
    row.people.map(({ fingerprint }) => fingerprint).join(' '),
    row.countries.join(' '),
    row.categories.join(' '),
    row.affected,
  ]);
  return UTF8_MARK + csv([DISCLOSURE_COLUMNS, ...lines]);
}
