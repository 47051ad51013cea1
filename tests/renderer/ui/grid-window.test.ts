import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_SCROLL_HEIGHT,
  pageRows,
  ROW_HEIGHT,
  scrollHeight,
  scrollTopFor,
  windowAt,
} from '../../../renderer/ui/grid-window.ts';

const shapes = fc.record({
  count: fc.integer({ min: 1, max: 5_000_000 }),
  viewport: fc.integer({ min: ROW_HEIGHT, max: 2000 }),
});

describe('the window over the rows', () => {
  it('draws what is seen and nothing else', () => {
    expect(windowAt({ count: 1000, viewport: 360 }, 0)).toEqual({ first: 0, end: 10, shift: 0 });
    expect(windowAt({ count: 1000, viewport: 360 }, 90)).toEqual({
      first: 2,
      end: 13,
      shift: -18,
    });
  });

  it('stays under the height at which the browser stops measuring', () => {
    expect(scrollHeight({ count: 1_000_000, viewport: 600 })).toBe(MAX_SCROLL_HEIGHT);
    expect(MAX_SCROLL_HEIGHT).toBeLessThan(2 ** 25);
  });

  it('leaves no gap at either edge, wherever the scroll bar stands', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), (shape, share) => {
        const range = Math.max(0, scrollHeight(shape) - shape.viewport);
        const { first, end, shift } = windowAt(shape, share * range);
        expect(shift).toBeLessThanOrEqual(0);
        expect(shift).toBeGreaterThan(-ROW_HEIGHT - 1e-6);
        const drawn = (end - first) * ROW_HEIGHT + shift;
        const seen = Math.min(shape.viewport, shape.count * ROW_HEIGHT);
        expect(drawn).toBeGreaterThanOrEqual(seen - 1e-3);
      }),
    );
  });

  it('reaches every row, the last one too', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), (shape, share) => {
        const index = Math.min(shape.count - 1, Math.floor(share * shape.count));
        const range = Math.max(0, scrollHeight(shape) - shape.viewport);
        for (const from of [0, range / 2, range]) {
          const top = scrollTopFor(shape, index, from);
          expect(top).toBeLessThanOrEqual(range + 1e-6);
          const { first, end, shift } = windowAt(shape, top);
          const rowTop = (index - first) * ROW_HEIGHT + shift;
          expect(index).toBeGreaterThanOrEqual(first);
          expect(index).toBeLessThan(end);
          expect(rowTop).toBeGreaterThanOrEqual(-1e-3);
          expect(rowTop + ROW_HEIGHT).toBeLessThanOrEqual(shape.viewport + 1e-3);
        }
      }),
    );
  });

  it('does not move for a row that is seen already', () => {
    const shape = { count: 1_000_000, viewport: 600 };
    expect(scrollTopFor(shape, 5, 100)).toBe(100);
  });

  it('keeps one row in sight when it turns a page', () => {
    expect(pageRows({ count: 1000, viewport: 360 })).toBe(9);
    expect(pageRows({ count: 1000, viewport: 20 })).toBe(1);
  });
});
