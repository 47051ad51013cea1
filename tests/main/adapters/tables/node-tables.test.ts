import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NodeFiles } from '../../../../main/adapters/files/node-files.ts';
import { NodeTables } from '../../../../main/adapters/tables/node-tables.ts';
import { isDomainError } from '../../../../main/domain/errors/index.ts';
import type { Row } from '../../../../main/domain/tables/table-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'valise-tables-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const tables = new NodeTables(new NodeFiles(), 'valise test');

async function read(content: string | Uint8Array, columns?: readonly string[]) {
  const path = join(folder, 'table');
  writeFileSync(path, content);
  const table = await tables.open(path);
  const rows: Row[] = [];
  let absent: readonly string[] = [];
  const missing = (names: readonly string[]) => {
    absent = names;
  };
  for await (const some of table.rows(columns ?? table.columns, {}, missing)) rows.push(...some);
  return { form: table.form, columns: table.columns, rows, absent };
}
async function problemOf(content: string | Uint8Array) {
  try {
    await read(content);
  } catch (error) {
    if (isDomainError(error)) return [error.code, error.params['line'] ?? 0];
    throw error;
  }
  return ['none', 0];
}

describe('tables are read', () => {
  it.each([
    [
      'commas',
      'a,b\r\n1,"x, ""y"""\r\n2,\r\n',
      [
        ['1', 'x, "y"'],
        ['2', ''],
      ],
    ],
    ['semicolons, a mark, no last line end', '\ufeffa;b\n1;2', [['1', '2']]],
    ['tabs', 'a\tb\n1\t2\n', [['1', '2']]],
    ['line ends within quotes', 'a,b\n"1\n2",3\n', [['1\n2', '3']]],
    ['a header alone', 'a,b\n', []],
  ])('CSV with %s', async (_, content, rows) => {
    expect(await read(content)).toEqual({ form: 'csv', columns: ['a', 'b'], rows, absent: [] });
  });

  it('JSON Lines, whose rows have other members', async () => {
    expect(await read('{"a":1,"b":"x"}\n\n{"b":null,"c":[1]}')).toEqual({
      form: 'jsonl',
      columns: ['a', 'b', 'c'],
      rows: [
        [1, 'x', undefined],
        [undefined, null, [1]],
      ],
      absent: [],
    });
  });

  it('a JSON array, cut wherever the file is cut', async () => {
    const content = ' [ {"a":"]}\\"[{","b":{"c":[1,{}]}} ,\n{"a":"é"}] \n';
    expect(await read(content)).toMatchObject({
      form: 'json',
      rows: [
        [']}"[{', { c: [1, {}] }],
        ['é', undefined],
      ],
    });
    expect((await read('[]')).rows).toEqual([]);
  });

  it('with only what is asked for, and what no row had is told', async () => {
    const { rows, absent } = await read('{"a":1,"b":2}\n{"a":3}\n', ['b', 'z']);
    expect(rows).toEqual([
      [2, undefined],
      [undefined, undefined],
    ]);
    expect(absent).toEqual(['z']);
  });

  it.each([
    ['too few fields', 'a,b\n1\n', ['table-damaged', 2]],
    ['a quote that is not closed', 'a,b\n1,"2\n3,4\n', ['table-damaged', 3]],
    ['a column twice', 'a,a\n1,2\n', ['table-damaged', 1]],
    ['other letters than UTF-8', Buffer.from('a,b\n\xe9,1\n', 'latin1'), ['table-not-utf8', 0]],
    ['an empty file', '', ['table-unknown', 0]],
    ['a line that is no JSON', '{"a":1}\n{"a":\n', ['table-damaged', 2]],
    ['a line that is no object', '{"a":1}\n[1]\n', ['table-damaged', 2]],
    ['an array that does not end', '[{"a":1}', ['table-damaged', 2]],
    ['an array with a comma too many', '[{"a":1},]', ['table-damaged', 2]],
    ['an array with a comma too few', '[{"a":1}{"a":2}]', ['table-damaged', 2]],
    ['an array of numbers', '[1,2]', ['table-damaged', 1]],
    ['something behind the array', '[{"a":1}] x', ['table-damaged', 2]],
    ['a number that would change', '{"a":12345678901234567}\n', ['table-damaged', 1]],
  ])('%s is refused with its place', async (_, content, expected) => {
    expect(await problemOf(content)).toEqual(expected);
  });

  it('a long number as a text, and a short one beside it, are kept', async () => {
    expect((await read('{"a":"12345678901234567","b":1.25}\n')).rows).toEqual([
      ['12345678901234567', 1.25],
    ]);
  });
});

describe('tables are written', () => {
  const rows: Row[] = [
    ['1', 'x, "y"'],
    [2, undefined],
  ];
  it.each([
    ['csv', 'a,b\r\n1,"x, ""y"""\r\n2,\r\n'],
    ['jsonl', '{"a":"1","b":"x, \\"y\\""}\n{"a":2}\n'],
    ['json', '[\n{"a":"1","b":"x, \\"y\\""},\n{"a":2}\n]\n'],
  ] as const)('as %s, in parts', (form, expected) => {
    const [first = [], second = []] = rows;
    const text = (some: readonly Row[], isFirst: boolean, isLast: boolean) =>
      tables.text(form, ['a', 'b'], some, { isFirst, isLast });
    expect(text([first], true, false) + text([second], false, false) + text([], false, true)).toBe(
      expected,
    );
  });

  it('without a row', () => {
    const none = (form: 'csv' | 'jsonl' | 'json') =>
      tables.text(form, ['a'], [], { isFirst: true, isLast: true });
    expect([none('csv'), none('jsonl'), none('json')]).toEqual(['a\r\n', '', '[\n]\n']);
  });
});
