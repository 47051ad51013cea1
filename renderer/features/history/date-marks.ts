import { momentOf } from './filter.ts';

/** A day, a month or a year of the list. */
export interface DateMark {
  /** Its first moment, and that of the next one, as the office writes them. */
  readonly from: string;
  readonly to: string;
  readonly unit: 'day' | 'month' | 'year';
}

/** Longer spans are marked by months, and the first month of a year by the year. */
const MOST_DAYS = 62;
/** What the office is asked for at once, less the end of the last mark. */
const MOST_MARKS = 480;
const DAY_MS = 86_400_000;

/**
 * The marks beside a list that reaches from `oldest` to `newest` (instants), oldest first: days of
 * the reader's own where there are few, months where there are many.
 */
export function dateMarks(oldest: string, newest: string): readonly DateMark[] {
  const first = new Date(oldest);
  const last = new Date(newest);
  const isByDay = (last.getTime() - first.getTime()) / DAY_MS < MOST_DAYS;
  const step = (at: Date) =>
    isByDay
      ? new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1)
      : new Date(at.getFullYear(), at.getMonth() + 1, 1);
  const marks: DateMark[] = [];
  let at = new Date(first.getFullYear(), first.getMonth(), isByDay ? first.getDate() : 1);
  while (at <= last && marks.length < MOST_MARKS) {
    const next = step(at);
    const unit = isByDay ? 'day' : at.getMonth() === 0 ? 'year' : 'month';
    marks.push({ from: momentOf(at.getTime()), to: momentOf(next.getTime()), unit });
    at = next;
  }
  return marks;
}

/** A mark with its place in a list that shows the newest first. */
export interface PlacedMark extends DateMark {
  /** Index of its newest entry. */
  readonly index: number;
}

/**
 * Puts marks in their places; those without an entry of their own are left out.
 * @param older how many entries are older than each mark's first moment, then than the last one's end
 */
export function placed(
  marks: readonly DateMark[],
  older: readonly number[],
  count: number,
): readonly PlacedMark[] {
  return marks.flatMap((mark, at) => {
    const before = older[at] ?? 0;
    const until = older[at + 1] ?? count;
    return until > before ? [{ ...mark, index: count - until }] : [];
  });
}

/**
 * Which marks have room for their words: each far enough below the one before it. A year's words
 * come before those of its months.
 * @param height of the whole scale, and of one line of words, in the same unit
 */
export function withWords(
  marks: readonly PlacedMark[],
  count: number,
  height: number,
  line: number,
): ReadonlySet<PlacedMark> {
  const chosen: { readonly mark: PlacedMark; readonly top: number }[] = [];
  const inTurn = [
    ...marks.filter(({ unit }) => unit === 'year'),
    ...marks.filter(({ unit }) => unit !== 'year'),
  ];
  for (const mark of inTurn) {
    const top = (mark.index / Math.max(count, 1)) * height;
    if (chosen.every((other) => Math.abs(other.top - top) >= line)) chosen.push({ mark, top });
  }
  return new Set(chosen.map(({ mark }) => mark));
}
