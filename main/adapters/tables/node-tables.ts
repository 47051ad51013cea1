import { stringify } from 'csv-stringify/sync';
import { DomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';
import type { Work } from '../../domain/ports.ts';
import { nextTurn } from '../../domain/next-turn.ts';
import type { Row, TableFile, TableForm, Tables } from '../../domain/tables/table-port.ts';
import { csvRows } from './csv-rows.ts';
import { jsonArray, jsonLines, type JsonObject } from './json-objects.ts';
import { utf8Texts } from './utf8.ts';

/** What is looked at to know the form, and the columns of JSON. */
const HEAD = 64 * 1024;
const FIRST_ROWS = 1000;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Tables in files, by streams. */
export class NodeTables implements Tables {
  readonly tool: string;
  readonly #files: Files;

  constructor(files: Files, tool: string) {
    this.#files = files;
    this.tool = tool;
  }

  async open(path: string): Promise<TableFile> {
    const facts = await this.#files.facts(path);
    if (facts?.kind !== 'file') throw new DomainError('file-unknown', { path });
    const head = await this.#head(path);
    const form = formOf(head);
    const source = { path, bytes: facts.size, files: this.#files };
    return form === 'csv' ? openCsv(source, delimiterOf(head)) : openJson(source, form);
  }

  text(
    form: TableForm,
    columns: readonly string[],
    rows: readonly Row[],
    { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
  ): string {
    if (form === 'csv') {
      const all = isFirst ? [columns, ...rows] : rows;
      return all.length === 0 ? '' : stringify(all as unknown[][], { record_delimiter: '\r\n' });
    }
    const objects = rows.map((row) => JSON.stringify(objectOf(columns, row)));
    if (form === 'jsonl') return objects.map((object) => `${object}\n`).join('');
    const lines = objects.map((object, index) => `${isFirst && index === 0 ? '' : ','}\n${object}`);
    return `${isFirst ? '[' : ''}${lines.join('')}${isLast ? '\n]\n' : ''}`;
  }

  async #head(path: string): Promise<string> {
    for await (const chunk of this.#files.stream(path))
      return new TextDecoder().decode(chunk.subarray(0, HEAD)).replace(/^\ufeff/, '');
    throw new DomainError('table-unknown', { path });
  }
}

interface Source {
  readonly path: string;
  readonly bytes: number;
  readonly files: Files;
}

function formOf(head: string): TableForm {
  const first = head.trimStart().charAt(0);
  return first === '[' ? 'json' : first === '{' ? 'jsonl' : 'csv';
}

/** The sign that stands most often in the first line, outside quotes. */
function delimiterOf(head: string): string {
  const line = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/** The texts of the file, with progress, and other people's turn between them. */
async function* textsOf({ path, bytes, files }: Source, work: Work): AsyncIterable<string> {
  let done = 0;
  const chunks = (async function* () {
    for await (const chunk of files.stream(path)) {
      if (work.signal?.aborted) throw new DomainError('cancelled');
      yield chunk;
      done += chunk.length;
      work.report?.({ stage: 'minimising', done, total: bytes });
      await nextTurn();
    }
  })();
  yield* utf8Texts(chunks);
}

async function openCsv(source: Source, delimiter: string): Promise<TableFile> {
  const all = (work: Work) => csvRows(textsOf(source, work), delimiter);
  let columns: readonly string[] | undefined;
  const first: Row[] = [];
  for await (const rows of all({})) {
    for (const row of rows)
      if (columns === undefined) columns = row;
      else if (first.length < FIRST_ROWS) first.push(row);
    if (first.length >= FIRST_ROWS) break;
  }
  if (columns === undefined) throw new DomainError('table-unknown', { path: source.path });
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined)
    throw new DomainError('table-damaged', { line: 1, problem: `names the column ${twice} twice` });
  const known = columns;
  return {
    form: 'csv',
    bytes: source.bytes,
    columns,
    first,
    rows: async function* (wanted, work) {
      const places = wanted.map((name) => known.indexOf(name));
      let isHeader = true;
      for await (const rows of all(work)) {
        const some = isHeader && rows.length > 0 ? rows.slice(1) : rows;
        if (rows.length > 0) isHeader = false;
        yield some.map((row) => places.map((place) => row[place]));
      }
    },
  };
}

async function openJson(source: Source, form: 'jsonl' | 'json'): Promise<TableFile> {
  const reader = form === 'jsonl' ? jsonLines : jsonArray;
  const all = (work: Work) => reader(textsOf(source, work));
  const objects: JsonObject[] = [];
  for await (const some of all({})) {
    objects.push(...some.slice(0, FIRST_ROWS - objects.length));
    if (objects.length >= FIRST_ROWS) break;
  }
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return {
    form,
    bytes: source.bytes,
    columns,
    first: objects.map((object) => rowOf(object, columns)),
    rows: async function* (wanted, work, missing) {
      const unseen = new Set(wanted);
      for await (const some of all(work)) {
        for (const name of unseen)
          if (some.some((object) => Object.hasOwn(object, name))) unseen.delete(name);
        yield some.map((object) => rowOf(object, wanted));
      }
      if (unseen.size > 0) missing([...unseen]);
    },
  };
}

const rowOf = (object: JsonObject, columns: readonly string[]): Row =>
  columns.map((name) => (Object.hasOwn(object, name) ? object[name] : undefined));

function objectOf(columns: readonly string[], row: Row): JsonObject {
  return Object.fromEntries(
    columns.flatMap((name, index) => (row[index] === undefined ? [] : [[name, row[index]]])),
  );
}
