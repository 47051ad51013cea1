import type { Work } from '../ports.ts';

export const TABLE_FORMS = ['csv', 'jsonl', 'json'] as const;
/** CSV (RFC 4180), JSON Lines, or one JSON array of objects. */
export type TableForm = (typeof TABLE_FORMS)[number];

/** A value of a row; undefined where a row of JSON does not have the member. */
export type Cell = unknown;
/** Values in the order of the columns that were asked for. */
export type Row = readonly Cell[];

/** A file of rows, read as a stream: never more of it is held than some hundred rows. */
export interface TableFile {
  readonly form: TableForm;
  readonly bytes: number;
  /** Of CSV its header; of JSON every member that the first rows have. */
  readonly columns: readonly string[];
  /** The first rows, with the values of `columns`. */
  readonly first: readonly Row[];
  /**
   * All rows, some at a time. A member that no row of JSON has is told to `missing` at the end.
   * @throws DomainError `table-damaged` with the line, `table-not-utf8`, `cancelled`
   */
  rows(
    columns: readonly string[],
    work: Work,
    missing: (columns: readonly string[]) => void,
  ): AsyncIterable<readonly Row[]>;
}

export interface Tables {
  /** How a manifest calls the program that made a table smaller. */
  readonly tool: string;
  /**
   * Opens a file of rows; which form it has is read from its content.
   * @throws DomainError `table-unknown`, `table-damaged`, `table-not-utf8`, `file-missing`
   */
  open(path: string): Promise<TableFile>;
  /** The text of rows in a form; `part` says which of them: JSON has brackets around them all. */
  text(
    form: TableForm,
    columns: readonly string[],
    rows: readonly Row[],
    part: { readonly isFirst: boolean; readonly isLast: boolean },
  ): string;
}
