import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, EmptyState, PageHeader, Table, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { EntryDrawer } from '../history/index.ts';
import { NoteButton } from './NoteButton.tsx';
import type { Finding } from './types.ts';
import './audit.css';

/** What auditors found, with their words and their names, newest first. */
export function FindingsScreen() {
  const { t } = useTranslation('audit');
  const formats = useFormats();
  const [open, setOpen] = useState<number>();
  const { value, failure } = useAnswer(() => bridge.audit.notes(), 'findings');
  const findings = [...(value ?? [])].reverse();
  return (
    <>
      <PageHeader
        title={t('findings.title')}
        description={t('findings.lead')}
        actions={<NoteButton />}
      />
      <div className="v-audit-parts">
        <FailureNote failure={failure} />
        {value !== undefined && (
          <Table<Finding>
            label={t('findings.title')}
            rows={findings}
            rowId={({ seq }) => String(seq)}
            rowText={({ entry }) => t('findings.about', { seq: entry })}
            onOpen={(seq) => {
              setOpen(Number(seq));
            }}
            whenEmpty={
              <EmptyState icon="edit" title={t('findings.none')} actions={<NoteButton />}>
                {t('findings.noneText')}
              </EmptyState>
            }
            columns={[
              {
                id: 'entry',
                header: t('findings.entry'),
                width: '112px',
                isRowHeader: true,
                render: ({ entry }) => (
                  <Button
                    size="small"
                    variant="quiet"
                    onPress={() => {
                      setOpen(entry);
                    }}
                  >
                    {t('findings.about', { seq: entry })}
                  </Button>
                ),
              },
              {
                id: 'text',
                header: t('findings.text'),
                isWrapped: true,
                render: ({ text }) => (
                  <span className="v-audit-words">{text ?? t('findings.gone')}</span>
                ),
              },
              {
                id: 'by',
                header: t('findings.by'),
                width: '190px',
                isWrapped: true,
                render: ({ by }) =>
                  t('findings.person', {
                    name: by.name ?? by.fingerprint.slice(-8),
                    role: t(`role.${by.role}`),
                  }),
              },
              {
                id: 'at',
                header: t('findings.at'),
                width: '160px',
                isWrapped: true,
                render: ({ at }) => formats.moment(at),
              },
            ]}
          />
        )}
      </div>
      <EntryDrawer
        seq={open}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </>
  );
}
