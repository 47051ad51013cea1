import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asPrinted, Button, EmptyState, VirtualTable } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { DateScale } from './DateScale.tsx';
import { EntryDrawer } from './EntryDrawer.tsx';
import { Filters } from './Filters.tsx';
import { ListActs } from './ListActs.tsx';
import { EVERYTHING, type EntryView, type Filter, type Row } from './types.ts';
import { useColumns } from './use-columns.tsx';
import { useDateScale } from './use-date-scale.ts';
import { useCopyRow } from './use-copy-row.ts';
import { useRows } from './use-rows.ts';
import { useSearchKey } from './use-search-key.ts';
import './history.css';

export interface EntryTableProps {
  readonly label: string;
  /** At first, only entries about this package. */
  readonly package?: string | undefined;
  /** An entry to open at first. */
  readonly seq?: number | undefined;
  /** What else can be done with an open entry. */
  readonly actions?: (entry: EntryView) => ReactNode;
}

/** Entries of the source at hand, newest first, with filters and each with its proof. */
export function EntryTable(props: EntryTableProps) {
  const { label } = props;
  const { t } = useTranslation('history');
  const frame = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState<Filter>({ ...EVERYTHING, package: props.package });
  const [selected, setSelected] = useState<number | null>(null);
  const [open, setOpen] = useState<number | undefined>(props.seq);
  const rows = useRows(filter);
  const scale = useDateScale(filter, rows.count, rows.rowAt(0) !== undefined);
  const [shown, setShown] = useState<{ readonly index: number }>();
  const columns = useColumns();
  const { copy, failure } = useCopyRow();
  useSearchKey(frame);
  const narrow = (to: Filter) => {
    setFilter(to);
    setSelected(null);
  };
  const goTo = (index: number) => {
    const row = Math.min(index, rows.count - 1);
    if (row < 0) return;
    setSelected(row);
    setShown({ index: row });
  };

  return (
    <div className="v-history-list" ref={frame}>
      <Filters filter={filter} onChange={narrow} />
      <ListActs
        filter={filter}
        count={rows.count}
        onChange={narrow}
        {...(scale.isThere
          ? {
              onDay: (day: string) =>
                void scale.indexOf(day).then((index) => {
                  if (index !== undefined) goTo(index);
                }),
            }
          : {})}
      />
      <FailureNote failure={rows.failure ?? failure} />
      <div className="v-history-table">
        <VirtualTable<Row>
          label={label}
          count={rows.count}
          rowAt={rows.rowAt}
          onRange={rows.onRange}
          selected={selected}
          onSelect={setSelected}
          onOpen={(index) => {
            setOpen(rows.rowAt(index)?.seq);
          }}
          onCopy={(index) => {
            const row = rows.rowAt(index);
            if (row !== undefined) copy(row);
          }}
          menu={(row) => [
            {
              id: 'open',
              label: t('menu.open'),
              onAction: () => {
                setOpen(row.seq);
              },
            },
            {
              id: 'copy',
              label: t('menu.copy'),
              icon: 'copy',
              shortcut: 'Ctrl C',
              onAction: () => {
                copy(row);
              },
            },
            'line',
            {
              id: 'actor',
              label: t('menu.onlyActor'),
              onAction: () => {
                narrow({ ...filter, actor: row.actor.fingerprint });
              },
            },
            ...(row.package === undefined
              ? []
              : [
                  {
                    id: 'package',
                    label: t('menu.onlyPackage'),
                    onAction: () => {
                      narrow({ ...filter, package: row.package?.id });
                    },
                  },
                ]),
          ]}
          whenEmpty={rows.isKnown ? <EmptyState icon="history" title={t('nothing')} /> : <></>}
          shown={shown}
          columns={columns}
        />
        {scale.marks.length > 1 && <DateScale marks={scale.marks} count={rows.count} onGo={goTo} />}
      </div>
      <p className="v-history-hint v-muted" role="status">
        {rows.isKnown && t('found', { count: rows.count })}{' '}
        {t('hint', { copy: asPrinted('Ctrl C') })}
      </p>
      <EntryDrawer
        seq={open}
        onClose={() => {
          setOpen(undefined);
        }}
        actions={(entry) => (
          <div className="v-entry-acts">
            {entry.row.package !== undefined && entry.row.package.id !== filter.package && (
              <Button
                icon="filter"
                onPress={() => {
                  setOpen(undefined);
                  narrow({ ...filter, package: entry.row.package?.id });
                }}
              >
                {t('entry.onlyPackage')}
              </Button>
            )}
            {props.actions?.(entry)}
          </div>
        )}
      />
    </div>
  );
}
