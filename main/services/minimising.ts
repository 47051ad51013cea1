import { createHmac } from 'node:crypto';
import { DomainError } from '../domain/errors/index.ts';
import type { Digest } from '../domain/identifiers.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { Derivation } from '../domain/packages/package.ts';
import type { Work } from '../domain/ports.ts';
import { lookAt, type ColumnLook } from '../domain/tables/detect.ts';
import { minimiser, MinimiseRules, type Minimiser } from '../domain/tables/rules.ts';
import type { Row, TableFile, TableForm, Tables } from '../domain/tables/table-port.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Desk } from './desk.ts';
import type { Drafts } from './drafts.ts';

/** A table before anything was done to it. */
export interface TableLook {
  readonly form: TableForm;
  readonly bytes: number;
  readonly columns: readonly ColumnLook[];
  /** How many rows were looked at, and the first of them. */
  readonly looked: number;
  readonly first: readonly Row[];
}

export interface Minimised extends Derivation {
  readonly path: string;
}

const SHOWN_ROWS = 20;
const KEY_NAME = 'pseudonym-key';
/** Letters of a pseudonym: 80 bits, so that two values never share one by chance. */
const PSEUDONYM_LENGTH = 20;

/** What a table holds, without a vault. @throws DomainError as `Tables.open` */
export async function lookAtTable(tables: Tables, path: string): Promise<TableLook> {
  const { form, bytes, columns, first } = await tables.open(path);
  return {
    form,
    bytes,
    columns: lookAt(columns, first),
    looked: first.length,
    first: first.slice(0, SHOWN_ROWS),
  };
}

/** Makes a table smaller before it goes into a package: columns, masks, pseudonyms, rows. */
export class Minimising {
  readonly #desk: Desk;
  readonly #drafts: Drafts;

  constructor(desk: Desk, drafts: Drafts) {
    this.#desk = desk;
    this.#drafts = drafts;
  }

  /** Where a file of a draft lies on this machine. @throws DomainError `file-unknown` */
  sourceOf(id: string, path: string): string {
    const file = this.#drafts.files(id).find((one) => one.path === path);
    if (file === undefined) throw new DomainError('file-unknown', { path });
    return file.source;
  }

  /**
   * The same with a table of a draft: what is written takes its place there.
   * @throws DomainError as `minimise`, and as changing the draft
   */
  async inDraft(
    id: string,
    path: string,
    rules: unknown,
    out: string,
    work: Work = {},
  ): Promise<Minimised> {
    this.#desk.assertOfficer();
    const made = await this.minimise(this.sourceOf(id, path), rules, out, work);
    await this.#drafts.change(id, { add: [out], remove: [path] });
    return made;
  }

  /**
   * What rules make of the first rows.
   * @throws DomainError `input-refused`, `rules-refused`, as `Tables.open`
   */
  async preview(
    path: string,
    given: unknown,
  ): Promise<{ columns: readonly string[]; rows: readonly Row[] }> {
    const rules = parseInput(MinimiseRules, given, 'rules.json');
    const { columns, first } = await this.#desk.tools.tables.open(path);
    const ready = minimiser(rules, columns, this.#pseudonyms(this.#key().key));
    const places = ready.reads.map((name) => columns.indexOf(name));
    const rows = rowsOf(
      ready,
      first.map((row) => places.map((place) => row[place])),
    );
    return { columns: ready.columns, rows: rows.slice(0, SHOWN_ROWS) };
  }

  /**
   * Writes the smaller table to a new file. The vault remembers, by its digest, what was done: a
   * package that the file goes into says so. The original stays where it is, untouched.
   * @throws DomainError `input-refused`, `rules-refused`, `file-exists`, `disk-full`, `cancelled`,
   * of the table; nothing is left behind
   */
  async minimise(path: string, given: unknown, out: string, work: Work = {}): Promise<Minimised> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const { files, tables } = desk.tools;
    const rules = parseInput(MinimiseRules, given, 'rules.json');
    if (await files.facts(out)) throw new DomainError('file-exists', { path: out });
    const table = await tables.open(path);
    const { key, effects } = this.#key();
    const ready = minimiser(rules, table.columns, this.#pseudonyms(key));
    const partial = `${out}.partial`;
    return desk.withScratch(partial, async () => {
      const done = await this.#write(partial, table, ready, work);
      const { mask = [], pseudonymise = [] } = rules;
      const derivation: Derivation = {
        sha256: done.sha256,
        from: await files.digest(path),
        tool: tables.tool,
        kept: ready.columns.filter((name) => ![...mask, ...pseudonymise].includes(name)),
        masked: mask,
        pseudonymised: pseudonymise,
        rowsIn: done.rowsIn,
        rowsOut: done.rowsOut,
        bytesIn: table.bytes,
        bytesOut: done.bytes,
      };
      const { rowsIn, rowsOut, bytesIn, bytesOut, from, sha256: to } = derivation;
      const detail = {
        ...{ rowsIn, rowsOut, bytesIn, bytesOut, from, to },
        kept: derivation.kept.length,
        masked: mask.length,
        pseudonymised: pseudonymise.length,
      };
      await desk.commit({
        acts: [{ type: 'minimised', detail }],
        effects: [...effects, { put: 'derivations', id: to, doc: derivation }],
        renames: [{ from: partial, to: out }],
      });
      return { ...derivation, path: out };
    });
  }

  async #write(
    partial: string,
    table: TableFile,
    ready: Minimiser,
    work: Work,
  ): Promise<{ rowsIn: number; rowsOut: number; bytes: number; sha256: Digest }> {
    const { files, tables } = this.#desk.tools;
    const file = await files.hashedPartial(partial);
    let rowsIn = 0;
    let rowsOut = 0;
    const write = async (rows: readonly Row[], isLast: boolean) => {
      const part = { isFirst: rowsOut === 0, isLast };
      const text = tables.text(table.form, ready.columns, rows, part);
      if (text !== '') await file.write(new TextEncoder().encode(text));
      rowsOut += rows.length;
    };
    try {
      const missing = (names: readonly string[]) => {
        const [column = ''] = names;
        throw new DomainError('rules-refused', { column, problem: 'is in no row of the table' });
      };
      for await (const some of table.rows(ready.reads, work, missing)) {
        rowsIn += some.length;
        const rows = rowsOf(ready, some);
        if (rows.length > 0) await write(rows, false);
      }
      await write([], true);
      const { bytes, digest } = await file.finish();
      return { rowsIn, rowsOut, bytes, sha256: digest };
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /** The vault's own key for pseudonyms, and what keeps it when it is new. */
  #key(): { readonly key: Uint8Array; readonly effects: readonly Effect[] } {
    const known = this.#desk.session.records.get('settings', KEY_NAME);
    if (known) return { key: Buffer.from(known.value, 'base64'), effects: [] };
    const key = this.#desk.tools.random.bytes(32);
    const doc = { value: Buffer.from(key).toString('base64') };
    return { key, effects: [{ put: 'settings', id: KEY_NAME, doc }] };
  }

  #pseudonyms(key: Uint8Array): (value: string) => string {
    return (value) =>
      createHmac('sha256', key).update(value, 'utf8').digest('hex').slice(0, PSEUDONYM_LENGTH);
  }
}

/** The rows that come out. */
function rowsOf(ready: Minimiser, rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => {
    const made = ready.row(row);
    return made === undefined ? [] : [made];
  });
}
