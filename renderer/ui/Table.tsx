import type { ReactNode } from 'react';
import {
  Cell,
  Column as AriaColumn,
  Row as AriaRow,
  Table as AriaTable,
  TableBody,
  TableHeader,
} from 'react-aria-components';
import { cx } from './classes.ts';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import './Table.css';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** A CSS width; without one the column shares what is left. */
  readonly width?: string;
  readonly align?: 'start' | 'end';
  /** The column that names the row for screen readers. */
  readonly isRowHeader?: boolean;
  readonly isSortable?: boolean;
  /** May break into lines instead of being cut. */
  readonly isWrapped?: boolean;
  readonly render: (row: Row) => ReactNode;
}

export interface TableSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What a row says when it is announced, if its header column is no plain text. */
  readonly rowText?: (row: Row) => string;
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
  /** Enter or a double click. */
  readonly onOpen?: (id: string) => void;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly whenEmpty?: ReactNode;
}

/** A table of some tens of rows, walked with the arrow keys. For more, VirtualTable. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowId, rowText, selected, onSelect, onOpen, sort, onSort } = props;
  const t = useTexts();
  const header = columns.find((column) => column.isRowHeader === true) ?? columns[0];
  return (
    <div className="v-table-frame">
      <AriaTable
        className="v-table"
        aria-label={label}
        selectionMode={onSelect === undefined ? 'none' : 'single'}
        selectionBehavior="replace"
        selectedKeys={selected === undefined || selected === null ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          if (key !== undefined) onSelect?.(String(key));
        }}
        {...(onOpen === undefined
          ? {}
          : { onRowAction: (key: string | number) => onOpen(String(key)) })}
        {...(sort === undefined ? {} : { sortDescriptor: sort })}
        onSortChange={({ column, direction }) => onSort?.({ column: String(column), direction })}
      >
        <TableHeader>
          {columns.map((column) => (
            <AriaColumn
              key={column.id}
              id={column.id}
              isRowHeader={column === header}
              allowsSorting={column.isSortable ?? false}
              className="v-table-head"
              data-align={column.align}
              style={column.width === undefined ? {} : { width: column.width }}
            >
              {({ sortDirection, allowsSorting }) => (
                <span className="v-table-head-text">
                  {column.header}
                  {allowsSorting && (
                    <Icon
                      name={sortDirection === 'ascending' ? 'up' : 'down'}
                      className={cx(sortDirection === undefined && 'v-table-unsorted')}
                    />
                  )}
                </span>
              )}
            </AriaColumn>
          ))}
        </TableHeader>
        <TableBody
          renderEmptyState={() => (
            <div className="v-table-empty">{props.whenEmpty ?? t('table.empty')}</div>
          )}
        >
          {rows.map((row) => (
            <AriaRow
              key={rowId(row)}
              id={rowId(row)}
              className="v-table-row"
              {...(rowText === undefined ? {} : { textValue: rowText(row) })}
            >
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  className="v-table-cell"
                  data-align={column.align}
                  data-wrapped={column.isWrapped === true || undefined}
                >
                  {column.render(row)}
                </Cell>
              ))}
            </AriaRow>
          ))}
        </TableBody>
      </AriaTable>
    </div>
  );
}
