export const DAY = 24 * 60 * 60;

/** Whole seconds from now to a moment; negative when it is over. */
export function leftUntil(at: string, now = Date.now()): number {
  return Math.round((Date.parse(at) - now) / 1000);
}

/** The moment of the next deadline that is not over, or of the last one that is. */
export function nextDeadline(
  deadlines: readonly { readonly at: string }[] | undefined,
  now = Date.now(),
): string | undefined {
  const sorted = (deadlines ?? []).map(({ at }) => at).sort();
  return sorted.find((at) => leftUntil(at, now) >= 0) ?? sorted.at(-1);
}

/** So many hours after a day began (UTC), as documents write a moment. */
export function hoursAfter(day: string, hours: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) + hours * 3_600_000;
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
