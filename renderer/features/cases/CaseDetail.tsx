import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import {
  Button,
  EmptyState,
  KeyValue,
  PageHeader,
  Panel,
  StatusBadge,
  Table,
  useFormats,
  type Fact,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useVocabularies } from '../packages/index.ts';
import { Deadlines } from './Deadlines.tsx';
import { ExportCase } from './ExportCase.tsx';
import { Remedies } from './Remedies.tsx';
import type { CaseView } from './CasesScreen.tsx';
import './cases.css';

/** One case: what is known of it, and its packages both ways. */
export function CaseDetail({ record }: { readonly record: CaseView }) {
  const { t } = useTranslation('cases');
  const { t: packages } = useTranslation('packages');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const lists = useVocabularies();
  const labelOf = (list: string, code: string) => lists.item(list, code)?.label ?? code;
  const { reference, state } = record;
  const [isExporting, setExporting] = useState(false);
  const turn = useAct(() =>
    state === 'open' ? bridge.cases.close({ reference }) : bridge.cases.reopen({ reference }),
  );
  const facts: Fact[] = [
    ...optional(t('fact.counterpart'), formats.list(record.counterpart)),
    { term: t('fact.opened'), value: formats.exact(record.openedAt) },
    ...optional(t('fact.theirReference'), record.theirReference),
    ...optional(
      t('fact.instrument'),
      record.instrument && labelOf('instrument', record.instrument),
    ),
    ...optional(
      t('fact.offences'),
      record.offences && formats.list(record.offences.map((code) => labelOf('offence', code))),
    ),
    ...optional(t('fact.received'), record.receivedOn && formats.longDate(record.receivedOn)),
    ...optional(
      t('fact.affected'),
      record.affectedIndividuals &&
        t(`affected.${record.affectedIndividuals.method}`, {
          count: record.affectedIndividuals.count,
        }),
    ),
  ];
  return (
    <>
      <PageHeader
        eyebrow={reference}
        title={record.title}
        back={{
          label: t('back'),
          onPress: () => {
            go({ screen: 'cases' });
          },
        }}
        actions={
          <>
            <Button
              icon="folder"
              onPress={() => {
                setExporting(true);
              }}
            >
              {t('export.act')}
            </Button>
            <Button
              onPress={() => {
                void turn.run(undefined);
              }}
            >
              {t(state === 'open' ? 'close' : 'reopen')}
            </Button>
          </>
        }
      />
      <div className="v-cases-parts">
        <FailureNote failure={turn.failure} />
        <Panel
          title={t('facts')}
          actions={
            <StatusBadge tone={state === 'open' ? 'info' : 'neutral'}>
              {t(`state.${state}`)}
            </StatusBadge>
          }
        >
          <KeyValue facts={facts} />
        </Panel>
        <Deadlines record={record} />
        <Remedies record={record} />
        {record.packages.length === 0 ? (
          <EmptyState icon="package" title={t('noPackages.title')}>
            {t('noPackages.text')}
          </EmptyState>
        ) : (
          <Table
            label={t('packages')}
            rows={record.packages}
            rowId={(item) => item.id}
            onOpen={(id) => {
              go({ screen: 'packages', id });
            }}
            columns={[
              {
                id: 'id',
                header: t('column.package'),
                isRowHeader: true,
                render: (item) => item.title,
              },
              {
                id: 'direction',
                header: t('column.direction'),
                width: '120px',
                render: (item) => t(`direction.${item.direction}`),
              },
              {
                id: 'state',
                header: t('column.state'),
                width: '140px',
                render: (item) => packages(`state.${item.state}` as never),
              },
            ]}
          />
        )}
      </div>
      {isExporting && (
        <ExportCase
          reference={reference}
          onClose={() => {
            setExporting(false);
          }}
        />
      )}
    </>
  );
}

function optional(term: string, value: string | undefined): Fact[] {
  return value === undefined || value === '' ? [] : [{ term, value }];
}
