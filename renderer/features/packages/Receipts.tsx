import { useTranslation } from 'react-i18next';
import { CopyButton, Panel, Section, StatusBadge, Table, useFormats } from '../../ui/index.ts';
import type { PackageView } from './types.ts';

/** Receipts, theirs and ours: what was said, by whom, and the digest that names it. */
export function Receipts({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  if (shown.receipts.length === 0) return null;
  return (
    <Section title={t('receipts.title')}>
      <Panel isPadded={false}>
        <Table
          label={t('receipts.title')}
          columns={[
            {
              id: 'kind',
              header: t('receipts.kind'),
              isRowHeader: true,
              render: (one) =>
                t(`receipts.says.${one.direction}.${one.kind}`, { name: one.byName }),
              isWrapped: true,
            },
            {
              id: 'signed',
              header: t('receipts.signature'),
              width: '140px',
              render: (one) => (
                <StatusBadge
                  tone={one.signed ? 'ok' : 'warn'}
                  icon={one.signed ? 'receipt' : 'edit'}
                >
                  {t(one.signed ? 'receipts.signed' : 'receipts.unsigned')}
                </StatusBadge>
              ),
            },
            {
              id: 'at',
              header: t('receipts.at'),
              width: '140px',
              render: (one) => (
                <time dateTime={one.at} title={formats.exact(one.at)}>
                  {formats.moment(one.at)}
                </time>
              ),
            },
            {
              id: 'digest',
              header: t('receipts.digest'),
              width: '150px',
              render: ({ digest }) => (
                <span className="v-receipts-digest">
                  <span className="v-mono" title={digest}>
                    {t('digest', { first: digest.slice(0, 4), last: digest.slice(-4) })}
                  </span>
                  <CopyButton text={digest} label={t('receipts.copy')} />
                </span>
              ),
            },
          ]}
          rows={shown.receipts}
          rowId={(one) => one.digest}
        />
      </Panel>
    </Section>
  );
}
