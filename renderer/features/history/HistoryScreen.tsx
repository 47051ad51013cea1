import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHeader, VirtualTable } from '../../ui/index.ts';
import { Remembered } from '../continuity/index.ts';
import { FailureNote } from '../failure/index.ts';
import { EntryDrawer } from './EntryDrawer.tsx';
import { ExportEvidence } from './ExportEvidence.tsx';
import { Filters } from './Filters.tsx';
import { EVERYTHING, type Filter, type Row } from './types.ts';
import { useColumns } from './use-columns.tsx';
import { useCopyRow } from './use-copy-row.ts';
import { useRows } from './use-rows.ts';
import { useSearchKey } from './use-search-key.ts';
import { VerifyNow } from './VerifyNow.tsx';
import './history.css';

export interface HistoryScreenProps {
  readonly package?: string | undefined;
  readonly seq?: number | undefined;
}

/** Every act, in order, newest first; each with its proof a key press away. */
export function HistoryScreen(props: HistoryScreenProps) {
  const { t } = useTranslation('history');
  const screen = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState<Filter>({ ...EVERYTHING, package: props.package });
  const [selected, setSelected] = useState<number | null>(null);
  const [open, setOpen] = useState<number | undefined>(props.seq);
  const rows = useRows(filter);
  const columns = useColumns();
  const { copy, failure } = useCopyRow();
  useSearchKey(screen);
  const narrow = (to: Filter) => {
    setFilter(to);
    setSelected(null);
  };

  return (
    <div className="v-history" ref={screen}>
      <PageHeader
        title={t('title')}
        description={t('lead', { count: rows.count })}
        actions={
          <>
            <Remembered />
            <ExportEvidence />
          </>
        }
      />
      <VerifyNow />
      <Filters filter={filter} onChange={narrow} />
      <FailureNote failure={rows.failure ?? failure} />
      <VirtualTable<Row>
        label={t('title')}
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
        whenEmpty={<EmptyState icon="history" title={t('nothing')} />}
        columns={columns}
      />
      <p className="v-history-hint v-muted">{t('hint')}</p>
      <EntryDrawer
        seq={open}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </div>
  );
}
