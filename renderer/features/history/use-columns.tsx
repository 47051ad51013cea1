import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { Icon, StatusBadge, Tag, useFormats, type VirtualColumn } from '../../ui/index.ts';
import { TROUBLE } from './act-groups.ts';
import { proofOf } from './proof.ts';
import { useEntrySource } from './source.ts';
import type { Row } from './types.ts';
import { useSentence } from './use-sentence.ts';

/** The columns of the table of every act. */
export function useColumns(): readonly VirtualColumn<Row>[] {
  const { t } = useTranslation('history');
  const formats = useFormats();
  const sentence = useSentence();
  const { standing } = useEntrySource();
  const own = useWindow((state) => state.ledger);
  const ledger = standing ?? own;
  return [
    {
      id: 'seq',
      header: t('column.entry'),
      track: '88px',
      align: 'end',
      render: (row) => <span className="v-muted v-mono">{row.seq}</span>,
    },
    {
      id: 'at',
      header: t('column.when'),
      track: '176px',
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
      track: '184px',
      render: (row) => {
        const { key, tone } = proofOf(row, ledger);
        return <StatusBadge tone={tone}>{t(`proof.${key}`)}</StatusBadge>;
      },
    },
  ];
}
