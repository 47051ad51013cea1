import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { EmptyState, Skeleton, Table, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useVocabularies } from '../packages/index.ts';
import type { Asked, DisclosureRow } from './types.ts';

/** Who saw, gave away or erased personal data: the newest first. */
export function Disclosures({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation('reports');
  const formats = useFormats();
  const lists = useVocabularies();
  const { since, until } = asked;
  const { value, failure } = useAnswer(
    () => bridge.reports.disclosures({ ...(since && { since }), ...(until && { until }) }),
    `disclosures-${since ?? ''}-${until ?? ''}`,
  );
  if (value === undefined)
    return failure === undefined ? <Skeleton lines={6} /> : <FailureNote failure={failure} />;
  if (value.rows.length === 0)
    return (
      <EmptyState icon="history" title={t('log.none')}>
        {t('log.noneText')}
      </EmptyState>
    );
  const why = (row: DisclosureRow) =>
    [
      row.instrument && (lists.item('instrument', row.instrument)?.label ?? row.instrument),
      ...row.purposes.map((code) => lists.item('purpose', code)?.label ?? code),
    ].filter((part) => part !== undefined);
  return (
    <>
      {value.total > value.rows.length && (
        <p className="v-muted">
          {t('log.cut', {
            shown: formats.count(value.rows.length),
            total: formats.count(value.total),
          })}
        </p>
      )}
      <Table<DisclosureRow>
        label={t('log.title')}
        rows={value.rows}
        rowId={(row) => String(row.seq)}
        rowText={(row) => t(`log.act.${row.act}`)}
        columns={[
          {
            id: 'at',
            header: t('log.when'),
            width: '150px',
            render: (row) => formats.moment(row.at),
          },
          {
            id: 'act',
            header: t('log.what'),
            width: '130px',
            isRowHeader: true,
            render: (row) => t(`log.act.${row.act}`),
          },
          {
            id: 'by',
            header: t('log.who'),
            width: '160px',
            isWrapped: true,
            render: (row) => row.by.name ?? row.by.fingerprint.slice(-8),
          },
          {
            id: 'people',
            header: t('log.whom'),
            width: '180px',
            isWrapped: true,
            render: (row) =>
              formats.list(
                row.people.map(({ name, fingerprint }) => name ?? fingerprint.slice(-8)),
              ),
          },
          {
            id: 'why',
            header: t('log.why'),
            width: '260px',
            isWrapped: true,
            render: (row) => why(row).join(' · '),
          },
          {
            id: 'case',
            header: t('log.case'),
            width: '130px',
            render: (row) => row.reference ?? '',
          },
        ]}
      />
    </>
  );
}
