import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { dateMarks, placed, type PlacedMark } from './date-marks.ts';
import { midnight, momentOf, queryOf } from './filter.ts';
import { useEntrySource } from './source.ts';
import type { Filter } from './types.ts';

const NO_MARKS: readonly PlacedMark[] = [];

/**
 * Where days and months begin in the list at hand, and where a day is in it. Asked once the rows
 * are there, which must not wait for it.
 */
export function useDateScale(filter: Filter, count: number, isReady: boolean) {
  const source = useEntrySource();
  const { places } = source;
  const wanted = queryOf(filter);
  const key = `${source.key}-scale-${JSON.stringify(wanted)}-${String(count)}-${String(isReady)}`;
  const { value = NO_MARKS } = useAnswer(async () => {
    const none = { ok: true as const, value: NO_MARKS };
    if (places === undefined || count === 0 || !isReady) return none;
    const ends = await Promise.all(
      (['ascending', 'descending'] as const).map((order) =>
        source.page({ filter: wanted, order, limit: 1 }),
      ),
    );
    const [oldest, newest] = ends.map((end) => (end.ok ? end.value.rows[0]?.at : undefined));
    if (oldest === undefined || newest === undefined) return none;
    const marks = dateMarks(oldest, newest);
    const last = marks.at(-1);
    if (last === undefined) return none;
    const reply = await places({
      filter: wanted,
      at: [...marks.map(({ from }) => from), last.to],
    });
    return reply.ok ? { ok: true as const, value: placed(marks, reply.value.older, count) } : reply;
  }, key);

  /** The index of the newest entry of a calendar day, or of the next older one. */
  const indexOf = async (day: string): Promise<number | undefined> => {
    if (places === undefined) return undefined;
    const reply = await bridge.ledger.places({ filter: wanted, at: [momentOf(midnight(day, 1))] });
    return reply.ok ? count - (reply.value.older[0] ?? 0) : undefined;
  };
  return { marks: value, indexOf, isThere: places !== undefined };
}
