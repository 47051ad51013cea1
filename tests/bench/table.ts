/** One line of a bench: what was measured, beside what it is compared with. */
export interface Row {
  readonly work: string;
  readonly unit: 'MB/s' | 'MB' | 'ms' | 's';
  readonly ours: number;
  /** Another program at the same work on the same data, in the same run. */
  readonly peer?: number;
  /** What the machine could do at best. */
  readonly limit?: number;
  /** What was set out to be reached, in words. */
  readonly bar: string;
}

const HEAD = ['work', 'unit', 'ours', 'peer', 'limit', 'ours/peer', 'ours/limit', 'bar'];

/** Prints rows as a table, with the ratios that the bars speak of. Nothing is judged here. */
export function printTable(title: string, rows: readonly Row[]): void {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`\n${title}\n${text.join('\n')}\n`);
}

function cells({ work, unit, ours, peer, limit, bar }: Row): string[] {
  return [
    work,
    unit,
    number(ours),
    number(peer),
    number(limit),
    ratio(ours, peer),
    ratio(ours, limit),
    bar,
  ];
}

const number = (value: number | undefined): string =>
  value === undefined ? '' : value.toFixed(value < 10 ? 2 : 0);

const ratio = (ours: number, other: number | undefined): string =>
  other === undefined ? '' : (ours / other).toFixed(2);
