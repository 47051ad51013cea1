import { CsvError, parse } from 'csv-parse';
import { DomainError } from '../../domain/errors/index.ts';

/** A longer record is no table. */
const LONGEST = 16 * 1024 * 1024;

/**
 * The records of a CSV, some at a time; its header is the first. Every record has as many fields.
 * @throws DomainError `table-damaged` with the line
 */
export async function* csvRows(
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncIterable<readonly string[][]> {
  const parser = parse({ delimiter, bom: true, max_record_size: LONGEST, skip_empty_lines: true });
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure = error;
  });
  const taken = () => {
    const rows: string[][] = [];
    for (;;) {
      const row = parser.read() as string[] | null;
      if (row === null) break;
      rows.push(row);
    }
    if (failure !== undefined) throw damaged(failure);
    return rows;
  };
  for await (const text of texts) {
    if (text === '') continue;
    parser.write(text);
    yield taken();
  }
  const ended = new Promise<void>((resolve) => {
    parser.once('end', resolve);
    parser.once('error', () => {
      resolve();
    });
  });
  parser.end();
  await new Promise((resolve) => setImmediate(resolve));
  yield taken();
  parser.resume();
  await ended;
  if (failure !== undefined) throw damaged(failure);
}

function damaged(error: Error): DomainError {
  const line = error instanceof CsvError ? Number(error['lines'] ?? 0) : 0;
  const code = error instanceof CsvError ? error.code : '';
  return new DomainError('table-damaged', { line, problem: PROBLEMS[code] ?? 'cannot be read' });
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has more or fewer fields than the header',
  CSV_RECORD_INCONSISTENT_COLUMNS: 'has more or fewer fields than the header',
  CSV_INVALID_CLOSING_QUOTE: 'has something behind a closing quote',
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is never closed',
  INVALID_OPENING_QUOTE: 'has a quote within a field',
  CSV_MAX_RECORD_SIZE: 'is longer than 16 MB',
};
