import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Icon,
  Panel,
  SearchField,
  StatusBadge,
  Table,
  useFormats,
} from '../../ui/index.ts';
import { lookOf } from '../packages/index.ts';
import type { InboxItem } from './types.ts';

const PAGE = 100;
const MANY = 8;

/** What came in, newest first: who, what, and how it stands. */
export function InboxList({
  items,
  selected,
  onSelect,
}: {
  readonly items: readonly InboxItem[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}) {
  const { t } = useTranslation('inbox');
  const [query, setQuery] = useState('');
  const [drawn, setDrawn] = useState(PAGE);
  const wanted = query.trim().toLowerCase();
  const found = items.filter(({ title, senderName, sender, message }) =>
    [title, senderName, sender, message].join(' ').toLowerCase().includes(wanted),
  );
  return (
    <div className="v-inbox-list">
      {items.length > MANY && <SearchField label={t('search')} value={query} onChange={setQuery} />}
      <Panel isPadded={false}>
        <Table
          label={t('arrived')}
          columns={[
            {
              id: 'item',
              header: t('found', { count: found.length }),
              isRowHeader: true,
              isWrapped: true,
              render: (item) => <Row item={item} />,
            },
          ]}
          rows={found.slice(0, drawn)}
          rowId={({ id }) => id}
          rowText={({ senderName, title, message }) => [senderName, title, message].join(' ')}
          selected={selected ?? null}
          onSelect={onSelect}
          whenEmpty={t('noMatch')}
        />
      </Panel>
      {found.length > drawn && (
        <Button
          size="small"
          onPress={() => {
            setDrawn(drawn + PAGE);
          }}
        >
          {t('more', { count: Math.min(PAGE, found.length - drawn) })}
        </Button>
      )}
    </div>
  );
}

function Row({ item }: { readonly item: InboxItem }) {
  const { t } = useTranslation('inbox');
  const { t: words } = useTranslation('packages');
  const formats = useFormats();
  const when = formats.moment(item.at);
  if (item.state === 'quarantined')
    return (
      <span className="v-inbox-item">
        <StatusBadge tone="bad" icon="broken">
          {t('item.apart')}
        </StatusBadge>
        <span className="v-wrap-anywhere">
          {item.code === 'unknown-signer' ? t('quarantine.unknownSigner') : item.message}
        </span>
        <span className="v-caption v-muted">
          {t('item.bytesLine', { bytes: formats.bytes(item.bytes), when })}
        </span>
      </span>
    );
  const warnings = item.warnings?.length ?? 0;
  return (
    <span className="v-inbox-item">
      <span className="v-inbox-who">
        <b className="v-strong">{item.senderName ?? t('item.unknownSender')}</b>
        <StatusBadge {...lookOf(item.state)}>{words(`state.${item.state}`)}</StatusBadge>
      </span>
      <span className="v-wrap-anywhere">{item.title}</span>
      <span className="v-caption v-muted v-inbox-who">
        {t('item.line', { files: t('item.files', { count: item.files ?? 0 }), when })}
        {warnings > 0 && (
          <span className="v-inbox-warned">
            <Icon name="warning" size={16} />
            {t('item.warnings', { count: warnings })}
          </span>
        )}
      </span>
    </span>
  );
}
