/** How values lie: their number, the one in the middle, and the one that nine of ten do not exceed. */
export interface Spread {
  readonly count: number;
  /** Seconds; the nearest rank, so that it is a value that was there. */
  readonly median?: number;
  readonly p90?: number;
}

/** `of` among `among`. */
export interface Share {
  readonly of: number;
  readonly among: number;
}

/** How often each code was there, most often first. */
export type Tally = readonly { readonly code: string; readonly count: number }[];

/** The spread of some durations. @param values whole seconds, in any order */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  const median = rank(sorted, 50);
  const p90 = rank(sorted, 90);
  return median === undefined || p90 === undefined ? { count } : { count, median, p90 };
}

/** The nearest rank: the smallest value that at least `percent` of all do not exceed. */
function rank(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.max(Math.ceil((sorted.length * percent) / 100) - 1, 0)];
}

/** How often each code occurs. */
export function tally(codes: Iterable<string>): Tally {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The spread of each group, by code. */
export function spreads(
  values: readonly { readonly code: string; readonly seconds: number }[],
): readonly (Spread & { readonly code: string })[] {
  const groups = new Map<string, number[]>();
  for (const { code, seconds } of values) groups.set(code, [...(groups.get(code) ?? []), seconds]);
  return [...groups]
    .map(([code, group]) => ({ code, ...spread(group) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
