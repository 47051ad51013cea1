import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { useTexts } from './format.ts';
import { ContextMenu } from './Menu.tsx';
import type { MenuEntry } from './Menu.tsx';
import {
  pageRows,
  ROW_HEIGHT,
  scrollHeight,
  scrollTopAt,
  scrollTopFor,
  windowAt,
} from './grid-window.ts';
import './VirtualTable.css';

export interface VirtualColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** A track of a CSS grid: "72px", "minmax(160px, 2fr)". */
  readonly track: string;
  readonly align?: 'start' | 'end';
  readonly render: (row: Row) => ReactNode;
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  /** How many rows there are in all. */
  readonly count: number;
  /** The row, or nothing while it is on its way. */
  readonly rowAt: (index: number) => Row | undefined;
  /**
   * Told which rows are seen (from, up to but not with), after the scrolling has come to rest on
   * them. The caller fetches what it has not got.
   */
  readonly onRange: (from: number, end: number) => void;
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
  /** Enter or a double click. */
  readonly onOpen?: (index: number) => void;
  /** Ctrl C or Cmd C, while no text on the page is selected. */
  readonly onCopy?: (index: number) => void;
  readonly menu?: (row: Row, index: number) => readonly MenuEntry[];
  /** A row to be brought to the top; each new object is one wish. */
  readonly shown?: { readonly index: number } | undefined;
  readonly whenEmpty?: ReactNode;
}

/** Long enough not to ask for every page that a dragged scroll bar flies over. */
const REST_MS = 50;

/**
 * A table of any length: rows of one height, of which only those in sight exist. They stand in a
 * frame that sticks to the top, so that scrolling never uncovers a place without rows.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, count, rowAt, onRange, selected, onSelect, onOpen, onCopy, menu } = props;
  const { shown } = props;
  const t = useTexts();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [viewport, setViewport] = useState(0);
  const shape = { count, viewport };
  const { first, end, shift } = windowAt(shape, scrollTop);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = () => setViewport(Math.max(0, element.clientHeight - ROW_HEIGHT));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const asked = useRef({ first: -1, end: -1 });
  useEffect(() => {
    if (end <= first) return undefined;
    const isNear = first < asked.current.end && end > asked.current.first;
    const timer = setTimeout(
      () => {
        asked.current = { first, end };
        onRange(first, end);
      },
      isNear || asked.current.first < 0 ? 0 : REST_MS,
    );
    return () => clearTimeout(timer);
  }, [first, end, onRange]);

  const wish = useRef(shown);
  useEffect(() => {
    const element = scroller.current;
    if (shown === undefined || shown === wish.current || element === null) return;
    wish.current = shown;
    element.scrollTop = scrollTopAt({ count, viewport }, shown.index);
  }, [shown, count, viewport]);

  const reveal = (index: number) => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = scrollTopFor(shape, index, element.scrollTop);
  };
  const goTo = (index: number) => {
    if (count === 0) return;
    const target = Math.min(Math.max(index, 0), count - 1);
    onSelect(target);
    reveal(target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = selected ?? (event.key === 'ArrowDown' ? first - 1 : first);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + pageRows(shape),
      PageUp: at - pageRows(shape),
      Home: 0,
      End: count - 1,
    };
    const target = moves[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      if (onCopy === undefined || selected === null || isTextSelected()) return;
      event.preventDefault();
      onCopy(selected);
    } else if (target !== undefined && !event.altKey) {
      event.preventDefault();
      goTo(target);
    } else if (event.key === 'Enter' && selected !== null) {
      event.preventDefault();
      onOpen?.(selected);
    }
  };

  const tracks = columns.map((column) => column.track).join(' ');
  const isActiveSeen = selected !== null && selected >= first && selected < end;
  return (
    <ContextMenu
      label={label}
      className="v-grid-frame"
      entries={() => {
        const row = selected === null ? undefined : rowAt(selected);
        return menu === undefined || row === undefined || selected === null
          ? []
          : menu(row, selected);
      }}
    >
      <div
        ref={scroller}
        className="v-grid"
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={isActiveSeen ? rowDomId(id, selected) : undefined}
        tabIndex={0}
        style={{ '--tracks': tracks } as CSSProperties}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className="v-grid-head">
          <div role="row" aria-rowindex={1} className="v-grid-row">
            {columns.map((column, index) => (
              <div
                key={column.id}
                role="columnheader"
                aria-colindex={index + 1}
                data-align={column.align}
              >
                {column.header}
              </div>
            ))}
          </div>
        </div>
        {count === 0 ? (
          <div className="v-table-empty">{props.whenEmpty ?? t('table.empty')}</div>
        ) : (
          <div role="presentation" style={{ blockSize: scrollHeight(shape) }}>
            <div role="presentation" className="v-grid-window" style={{ blockSize: viewport }}>
              <div role="rowgroup" style={{ transform: `translateY(${String(shift)}px)` }}>
                {Array.from({ length: end - first }, (_, offset) => {
                  const index = first + offset;
                  return (
                    <GridRow
                      key={index}
                      domId={rowDomId(id, index)}
                      index={index}
                      row={rowAt(index)}
                      columns={columns}
                      isSelected={index === selected}
                      onSelect={onSelect}
                      onOpen={onOpen}
                    />
                  );
                })}
              </div>
            </div>
          </div>
        )}
      </div>
    </ContextMenu>
  );
}

function GridRow<Row>({
  domId,
  index,
  row,
  columns,
  isSelected,
  onSelect,
  onOpen,
}: {
  readonly domId: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly isSelected: boolean;
  readonly onSelect: (index: number) => void;
  readonly onOpen: ((index: number) => void) | undefined;
}) {
  return (
    <div
      id={domId}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined || undefined}
      className="v-grid-row v-grid-line"
      onMouseDown={() => onSelect(index)}
      onDoubleClick={() => onOpen?.(index)}
    >
      {columns.map((column, place) => (
        <div key={column.id} role="gridcell" aria-colindex={place + 1} data-align={column.align}>
          {row === undefined ? <span className="v-grid-wait" /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Then the person means that text. */
function isTextSelected(): boolean {
  return document.getSelection()?.isCollapsed === false;
}

function rowDomId(grid: string, index: number): string {
  return `${grid}-row-${String(index)}`;
}
