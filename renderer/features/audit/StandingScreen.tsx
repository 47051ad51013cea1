import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { KeyValue, PageHeader, Section, StatusBadge, Table, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { VerifyNow } from '../history/index.ts';
import type { AnchorItem } from './types.ts';
import './audit.css';

const AGAINST: readonly string[] = ['rollback', 'fork'];

/** Whether the ledger is in order, where it stands, and what remembers it elsewhere. */
export function StandingScreen() {
  const { t } = useTranslation('audit');
  const formats = useFormats();
  const ledger = useWindow((state) => state.ledger);
  const { value = [], failure } = useAnswer(() => bridge.ledger.anchors(), 'anchors');
  return (
    <>
      <PageHeader title={t('standing.title')} description={t('standing.lead')} />
      <div className="v-audit-parts">
        <VerifyNow />
        {ledger !== undefined && (
          <Section title={t('standing.place')} description={t('standing.placeText')}>
            <KeyValue
              facts={[
                { term: t('standing.size'), value: formats.count(ledger.size) },
                { term: t('standing.root'), value: ledger.root, isMono: true, copy: ledger.root },
                { term: t('standing.head'), value: ledger.head, isMono: true, copy: ledger.head },
                {
                  term: t('standing.origin'),
                  value: ledger.origin,
                  isMono: true,
                  copy: ledger.origin,
                },
              ]}
            />
          </Section>
        )}
        <Section title={t('anchors.title')} description={t('anchors.text')}>
          <FailureNote failure={failure} />
          <Table<AnchorItem>
            label={t('anchors.title')}
            rows={value}
            rowId={({ where, size, root }) => `${where} ${String(size)} ${root}`}
            whenEmpty={<p>{t('anchors.none')}</p>}
            columns={[
              {
                id: 'where',
                header: t('anchors.where'),
                isRowHeader: true,
                render: ({ where }) =>
                  where === 'this-computer' ? t('anchors.here') : where.slice(-16),
              },
              {
                id: 'size',
                header: t('anchors.size'),
                width: '110px',
                align: 'end',
                render: ({ size }) => formats.count(size),
              },
              {
                id: 'at',
                header: t('anchors.at'),
                width: '150px',
                render: ({ at }) => formats.moment(at),
              },
              {
                id: 'verdict',
                header: t('anchors.verdict'),
                width: '170px',
                render: ({ verdict }) => (
                  <StatusBadge tone={AGAINST.includes(verdict) ? 'bad' : 'ok'}>
                    {t(AGAINST.includes(verdict) ? 'anchors.contradicts' : 'anchors.fits')}
                  </StatusBadge>
                ),
              },
            ]}
          />
        </Section>
      </div>
    </>
  );
}
