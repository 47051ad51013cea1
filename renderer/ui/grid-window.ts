/** Height of a row and of the header, in CSS pixels. */
export const ROW_HEIGHT = 36;

/**
 * How high the scrolled area may get. Chromium stops measuring at 2^25 pixels (33,554,432), which
 * is fewer than a million rows need; beyond this height one pixel of the scroll bar stands for a
 * little more than one pixel of rows.
 */
export const MAX_SCROLL_HEIGHT = 30_000_000;

export interface GridShape {
  readonly count: number;
  /** The height in which rows are seen: the grid without its header. */
  readonly viewport: number;
}

export interface GridWindow {
  /** The rows to draw: from `first` up to, not with, `end`. */
  readonly first: number;
  readonly end: number;
  /** How far above the top edge the first row begins, in pixels (0 or negative). */
  readonly shift: number;
}

/** The height to give the scrolled area. */
export function scrollHeight({ count }: GridShape): number {
  return Math.min(count * ROW_HEIGHT, MAX_SCROLL_HEIGHT);
}

/** The rows that are seen at a position of the scroll bar. */
export function windowAt(shape: GridShape, scrollTop: number): GridWindow {
  const top = clamp(scrollTop * scaleOf(shape), 0, maxTop(shape));
  const first = Math.floor(top / ROW_HEIGHT);
  const end = Math.min(shape.count, Math.ceil((top + shape.viewport) / ROW_HEIGHT));
  return { first, end, shift: first * ROW_HEIGHT - top };
}

/**
 * Where the scroll bar has to be for row `index` to be seen whole: as near as possible to where it
 * is now.
 */
export function scrollTopFor(shape: GridShape, index: number, scrollTop: number): number {
  const scale = scaleOf(shape);
  const top = clamp(scrollTop * scale, 0, maxTop(shape));
  const rowTop = index * ROW_HEIGHT;
  const rowEnd = rowTop + ROW_HEIGHT;
  if (rowTop < top) return rowTop / scale;
  if (rowEnd > top + shape.viewport) return (rowEnd - shape.viewport) / scale;
  return scrollTop;
}

/** Where the scroll bar has to be for row `index` to be the first that is seen. */
export function scrollTopAt(shape: GridShape, index: number): number {
  return clamp(index * ROW_HEIGHT, 0, maxTop(shape)) / scaleOf(shape);
}

/** How many rows Page Up and Page Down go: what is seen, less one to keep one's place. */
export function pageRows({ viewport }: GridShape): number {
  return Math.max(1, Math.floor(viewport / ROW_HEIGHT) - 1);
}

function maxTop({ count, viewport }: GridShape): number {
  return Math.max(0, count * ROW_HEIGHT - viewport);
}

/** Pixels of rows for one pixel of the scroll bar: 1 unless the area had to be cut. */
function scaleOf(shape: GridShape): number {
  const range = scrollHeight(shape) - shape.viewport;
  return range <= 0 ? 1 : Math.max(1, maxTop(shape) / range);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
