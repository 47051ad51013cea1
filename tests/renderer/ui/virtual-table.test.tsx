import { act, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualTable } from '../../../renderer/ui/index.ts';
import type { VirtualTableProps } from '../../../renderer/ui/index.ts';
import { find, key, onScreen } from './on-screen.tsx';

const COUNT = 1_000_000;
const HEIGHT = 36 + 360;

/** jsdom lays nothing out: the frame is given a height, and is told so once. */
class FixedSize {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
}

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', FixedSize);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function Entries(props: Partial<VirtualTableProps<string>>) {
  const [selected, setSelected] = useState<number | null>(null);
  return (
    <VirtualTable<string>
      label="History"
      count={COUNT}
      rowAt={(index) => `entry ${String(index)}`}
      onRange={() => undefined}
      selected={selected}
      onSelect={setSelected}
      columns={[{ id: 'what', header: 'What happened', track: '1fr', render: (row) => row }]}
      {...props}
    />
  );
}

const grid = (place: HTMLElement) => find(place, '[role="grid"]');
const active = (place: HTMLElement) =>
  document.getElementById(grid(place).getAttribute('aria-activedescendant') ?? '');

/** Lets the table come to rest. */
function settle(): void {
  act(() => {
    vi.runAllTimers();
  });
}

/** jsdom moves a scroll bar without saying so. */
function scrolled(place: HTMLElement): void {
  act(() => {
    grid(place).dispatchEvent(new Event('scroll'));
  });
}

describe('a table of a million rows', () => {
  it('says how many there are and draws those in sight', () => {
    const place = onScreen(<Entries />);
    expect(grid(place).getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    const rows = [...place.querySelectorAll('.v-grid-line')];
    expect(rows).toHaveLength(10);
    expect(rows[0]?.getAttribute('aria-rowindex')).toBe('2');
    expect(rows[0]?.textContent).toBe('entry 0');
  });

  it('is walked by keys from end to end', () => {
    const place = onScreen(<Entries />);
    key(grid(place), 'ArrowDown');
    expect(active(place)?.textContent).toBe('entry 0');
    key(grid(place), 'PageDown');
    expect(active(place)?.textContent).toBe('entry 9');
    key(grid(place), 'End');
    scrolled(place);
    expect(active(place)?.textContent).toBe(`entry ${String(COUNT - 1)}`);
    expect(active(place)?.getAttribute('aria-rowindex')).toBe(String(COUNT + 1));
    key(grid(place), 'ArrowDown');
    expect(active(place)?.textContent).toBe(`entry ${String(COUNT - 1)}`);
    key(grid(place), 'ArrowUp');
    expect(active(place)?.textContent).toBe(`entry ${String(COUNT - 2)}`);
    key(grid(place), 'Home');
    scrolled(place);
    expect(active(place)?.textContent).toBe('entry 0');
  });

  it('opens the row that is walked to', () => {
    const onOpen = vi.fn();
    const place = onScreen(<Entries onOpen={onOpen} />);
    key(grid(place), 'Enter');
    expect(onOpen).not.toHaveBeenCalled();
    key(grid(place), 'ArrowDown');
    key(grid(place), 'ArrowDown');
    key(grid(place), 'Enter');
    expect(onOpen).toHaveBeenCalledWith(1);
  });

  it('asks for what it shows once it comes to rest, not for what flies by', () => {
    const onRange = vi.fn<(from: number, end: number) => void>();
    const place = onScreen(<Entries onRange={onRange} rowAt={() => undefined} />);
    settle();
    expect(onRange.mock.calls).toEqual([[0, 10]]);
    expect(place.querySelectorAll('.v-grid-line[aria-busy]')).toHaveLength(10);
    for (const top of [1_000_000, 2_000_000, 3_000_000]) {
      grid(place).scrollTop = top;
      scrolled(place);
    }
    settle();
    expect(onRange).toHaveBeenCalledTimes(2);
    const [from = 0, end = 0] = onRange.mock.calls[1] ?? [];
    expect(end - from).toBeLessThanOrEqual(11);
    expect(from).toBeGreaterThan(80_000);
  });

  it('says what an empty one is for', () => {
    const place = onScreen(<Entries count={0} whenEmpty="No entry has these words." />);
    expect(place.textContent).toContain('No entry has these words.');
  });
});
