import { z } from 'zod';
import { AnyFileToken, Code, count, fileToken, Id, list, text, words } from './fields.ts';
import { invoke, work } from './kinds.ts';

const Columns = list(words(200), 2000);
const Value = text(10_000);

/** What stays of a table, and how; everything else goes. */
export const TableRules = z.strictObject({
  keep: Columns,
  mask: Columns.optional(),
  pseudonymise: Columns.optional(),
  where: z
    .union([
      z.strictObject({ column: words(200), equals: Value }),
      z.strictObject({ column: words(200), in: list(Value, 1000) }),
      z.strictObject({ column: words(200), notIn: list(Value, 1000) }),
    ])
    .optional(),
});

/** Some first rows, each value as a text that may be cut. */
const Sample = list(list(text(200), 2000), 20);

/** A file of a draft, by its path in the bag. */
const file = { package: Id, path: words(4096) };

export const tables = {
  /** Columns, and what in them looks like personal data. */
  look: invoke(
    z.strictObject(file),
    z.object({
      form: z.enum(['csv', 'jsonl', 'json']),
      bytes: count,
      looked: count,
      columns: list(
        z.object({
          name: text(1000),
          filled: count,
          suspicions: list(z.object({ kind: Code, values: count, byHeading: z.boolean() }), 20),
        }),
        5000,
      ),
      first: Sample,
    }),
  ),
  /** What rules make of the first rows. */
  preview: invoke(
    z.strictObject({ ...file, rules: TableRules }),
    z.object({ columns: list(text(1000), 5000), rows: Sample }),
  ),
  /** Writes the smaller table to the file that the person named, and puts it in the draft instead. */
  minimise: work(
    z.strictObject({ ...file, rules: TableRules, out: fileToken('save') }),
    z.object({
      name: text(1024),
      rowsIn: count,
      rowsOut: count,
      bytesIn: count,
      bytesOut: count,
      written: AnyFileToken,
    }),
  ),
} as const;
