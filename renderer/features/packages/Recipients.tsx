import { useTranslation } from 'react-i18next';
import { Panel, Section, StatusBadge, Table, useFormats } from '../../ui/index.ts';
import { REASON_LISTS } from './ReasonFields.tsx';
import { lookOf } from './state-look.ts';
import type { PackageView, Recipient } from './types.ts';
import { useVocabularies } from './use-vocabularies.ts';

/** Each recipient with what we know of it, and how far that is proved. */
export function Recipients({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const lists = useVocabularies();
  const labelOf = (code: string) =>
    REASON_LISTS.map((list) => lists.item(list, code)?.label).find(
      (label) => label !== undefined,
    ) ?? code;
  const reasonOf = ({ reason }: Recipient) =>
    reason === undefined
      ? ''
      : [labelOf(reason.code), reason.text].filter((part) => part !== undefined).join(': ');
  return (
    <Section title={t('recipients.title')}>
      <Panel isPadded={false}>
        <Table
          label={t('recipients.title')}
          columns={[
            {
              id: 'name',
              header: t('recipients.who'),
              isRowHeader: true,
              isWrapped: true,
              render: (one) => <span className="v-strong">{one.name}</span>,
            },
            {
              id: 'state',
              header: t('recipients.state'),
              width: '150px',
              render: (one) => (
                <StatusBadge {...lookOf(one.state)}>{t(`state.${one.state}`)}</StatusBadge>
              ),
            },
            {
              id: 'by',
              header: t('recipients.proof'),
              isWrapped: true,
              render: (one) => (
                <>
                  <span>{t(`recipients.by.${one.by}`)}</span>
                  {one.reason !== undefined && (
                    <span className="v-recipients-reason v-muted">{reasonOf(one)}</span>
                  )}
                  {one.delay !== undefined && (
                    <span className="v-recipients-reason v-muted">
                      {t('recipients.delay', {
                        date: formats.longDate(one.delay.until),
                        reason: labelOf(one.delay.reason.code),
                      })}
                    </span>
                  )}
                </>
              ),
            },
            {
              id: 'at',
              header: t('recipients.at'),
              width: '140px',
              render: (one) => (
                <time dateTime={one.at} title={formats.exact(one.at)}>
                  {formats.moment(one.at)}
                </time>
              ),
            },
          ]}
          rows={shown.recipients}
          rowId={(one) => one.fingerprint}
          rowText={(one) => one.name}
        />
      </Panel>
    </Section>
  );
}
