import { describe, expect, test } from 'vitest';
import { dateMarks, placed, withWords } from '../../../../renderer/features/history/date-marks.ts';

const local = (year: number, month: number, day = 1) =>
  `${new Date(year, month - 1, day).toISOString().slice(0, 19)}Z`;

describe('the marks of a list', () => {
  test('are days while they are few, each up to the next', () => {
    const marks = dateMarks(local(2026, 10, 30), local(2026, 11, 2));
    expect(marks.map(({ from }) => from)).toEqual([
      local(2026, 10, 30),
      local(2026, 10, 31),
      local(2026, 11, 1),
      local(2026, 11, 2),
    ]);
    expect(marks.every(({ unit }) => unit === 'day')).toBe(true);
    expect(marks[3]?.to).toBe(local(2026, 11, 3));
  });

  test('are months where there are many days, and January is its year', () => {
    const marks = dateMarks(local(2025, 11, 20), local(2026, 2, 3));
    expect(marks.map(({ from, unit }) => [from, unit])).toEqual([
      [local(2025, 11), 'month'],
      [local(2025, 12), 'month'],
      [local(2026, 1), 'year'],
      [local(2026, 2), 'month'],
    ]);
  });

  test('never ask the office for more places than it gives at once', () => {
    expect(dateMarks(local(1970, 1), local(2100, 1)).length).toBeLessThan(500);
  });
});

describe('their places', () => {
  const marks = dateMarks(local(2026, 10, 30), local(2026, 11, 1));

  test('are those of their newest entries, in a list that begins with the newest', () => {
    // Two entries on the first day, none on the second, three on the third.
    const found = placed(marks, [0, 2, 2, 5], 5);
    expect(found.map(({ from, index }) => [from, index])).toEqual([
      [local(2026, 10, 30), 3],
      [local(2026, 11, 1), 0],
    ]);
  });

  test('have words only where there is room, those of years first', () => {
    const year = { from: local(2026, 1), to: local(2026, 2), unit: 'year' as const, index: 52 };
    const month = { from: local(2026, 2), to: local(2026, 3), unit: 'month' as const, index: 50 };
    const far = { from: local(2026, 3), to: local(2026, 4), unit: 'month' as const, index: 0 };
    const worded = withWords([year, month, far], 100, 400, 20);
    expect([...worded]).toEqual([year, far]);
  });
});
