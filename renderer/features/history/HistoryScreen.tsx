import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import {
  Button,
  EmptyState,
  Icon,
  PageHeader,
  SearchField,
  Select,
  StatusBadge,
  Tag,
  useFormats,
  VirtualTable,
} from '../../ui/index.ts';
import { Remembered } from '../continuity/index.ts';
import { FailureNote } from '../failure/index.ts';
import { TROUBLE } from './act-groups.ts';
import { EntryDrawer } from './EntryDrawer.tsx';
import { ExportEvidence } from './ExportEvidence.tsx';
import { ACT_GROUPS, type ActGroup, type Row } from './types.ts';
import { useRows } from './use-rows.ts';
import { useSentence } from './use-sentence.ts';
import { VerifyNow } from './VerifyNow.tsx';
import './history.css';

export interface HistoryScreenProps {
  readonly package?: string | undefined;
  readonly seq?: number | undefined;
}

/** Every act, in order, newest first; each with its proof a key press away. */
export function HistoryScreen(props: HistoryScreenProps) {
  const { t } = useTranslation('history');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const sentence = useSentence();
  const [text, setText] = useState('');
  const [acts, setActs] = useState<ActGroup>('all');
  const [selected, setSelected] = useState<number | null>(null);
  const [open, setOpen] = useState<number | undefined>(props.seq);
  const rows = useRows({ text, acts, package: props.package });

  return (
    <div className="v-history">
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
      <div className="v-history-filters">
        <SearchField label={t('search')} value={text} onChange={setText} />
        <Select<ActGroup>
          label={t('acts')}
          isCompact
          choices={ACT_GROUPS.map((id) => ({ id, label: t(`group.${id}`) }))}
          value={acts}
          onChange={setActs}
        />
        {props.package !== undefined && (
          <Button
            size="small"
            icon="close"
            onPress={() => {
              go({ screen: 'history' });
            }}
          >
            {t('onePackage')}
          </Button>
        )}
      </div>
      <FailureNote failure={rows.failure} />
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
        whenEmpty={<EmptyState icon="history" title={t('nothing')} />}
        columns={[
          {
            id: 'seq',
            header: t('column.entry'),
            track: '72px',
            align: 'end',
            render: (row) => <span className="v-muted v-mono">{row.seq}</span>,
          },
          {
            id: 'at',
            header: t('column.when'),
            track: '152px',
            render: (row) => formats.moment(row.at),
          },
          {
            id: 'act',
            header: t('column.act'),
            track: 'minmax(200px, 1fr)',
            render: (row) =>
              TROUBLE.has(row.type) ? (
                <span className="v-history-trouble">
                  <Icon name="warning" />
                  {sentence(row)}
                </span>
              ) : (
                sentence(row)
              ),
          },
          {
            id: 'actor',
            header: t('column.actor'),
            track: '150px',
            render: (row) => row.actor.name ?? row.actor.fingerprint.slice(-8),
          },
          {
            id: 'package',
            header: t('column.package'),
            track: '112px',
            render: (row) => (row.package ? <Tag>{row.package.id.slice(-8)}</Tag> : null),
          },
          {
            id: 'proof',
            header: t('column.proof'),
            track: '104px',
            render: (row) => (
              <StatusBadge tone="ok">
                {t(row.type === 'receipt-in' ? 'proof.receipt' : 'proof.signed')}
              </StatusBadge>
            ),
          },
        ]}
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
