/** Days, inclusive; null: open. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = 24 * 60 * 60 * 1000;

/** The period of the same length that ends the day before; undefined when one side is open. */
export function periodBefore({ from, to }: Period): Period | undefined {
  if (from === null || to === null || to < from) return undefined;
  const start = Date.parse(`${from}T00:00:00Z`);
  const length = Date.parse(`${to}T00:00:00Z`) - start + DAY;
  return { from: dayOf(start - length), to: dayOf(start - DAY) };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
