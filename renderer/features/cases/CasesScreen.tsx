import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  EmptyState,
  PageHeader,
  Skeleton,
  StatusBadge,
  Table,
  useFormats,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { CaseDetail } from './CaseDetail.tsx';
import { DAY, leftUntil, nextDeadline } from './deadline.ts';
import { NewCase } from './NewCase.tsx';

export type CaseView = ValueOf<Contract['cases']['list']>[number];

/** Cases: what packages belong to. */
export function CasesScreen({ id }: { readonly id?: string | undefined }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const [isNew, setNew] = useState(false);
  const { value, failure } = useAnswer(() => bridge.cases.list(), 'cases');
  const chosen = value?.find((item) => item.id === id);
  if (chosen) return <CaseDetail record={chosen} />;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Button
            variant="primary"
            icon="add"
            onPress={() => {
              setNew(true);
            }}
          >
            {t('open')}
          </Button>
        }
      />
      <FailureNote failure={failure} />
      {value === undefined && failure === undefined && <Skeleton />}
      {value?.length === 0 && (
        <EmptyState icon="cases" title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      )}
      {value && value.length > 0 && (
        <Table<CaseView>
          label={t('title')}
          rows={value}
          rowId={(item) => item.id}
          onOpen={(opened) => {
            go({ screen: 'cases', id: opened });
          }}
          columns={[
            {
              id: 'reference',
              header: t('column.reference'),
              width: '160px',
              isRowHeader: true,
              render: (item) => item.reference,
            },
            { id: 'title', header: t('column.title'), render: (item) => item.title },
            {
              id: 'state',
              header: t('column.state'),
              width: '110px',
              render: (item) => (
                <StatusBadge tone={item.state === 'open' ? 'info' : 'neutral'}>
                  {t(`state.${item.state}`)}
                </StatusBadge>
              ),
            },
            {
              id: 'due',
              header: t('column.due'),
              width: '140px',
              render: (item) => {
                const due = item.state === 'open' ? nextDeadline(item.deadlines) : undefined;
                if (due === undefined) return '';
                const left = leftUntil(due);
                return (
                  <StatusBadge tone={left < 0 ? 'bad' : left < DAY ? 'warn' : 'info'} icon="clock">
                    {t(left < 0 ? 'over' : 'left', { time: formats.duration(Math.abs(left)) })}
                  </StatusBadge>
                );
              },
            },
            {
              id: 'packages',
              header: t('column.packages'),
              width: '96px',
              align: 'end',
              render: (item) => formats.count(item.packages.length),
            },
            {
              id: 'opened',
              header: t('column.opened'),
              width: '140px',
              render: (item) => formats.moment(item.openedAt),
            },
          ]}
        />
      )}
      <NewCase
        isOpen={isNew}
        onClose={() => {
          setNew(false);
        }}
      />
    </>
  );
}
