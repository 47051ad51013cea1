import { useTranslation } from 'react-i18next';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Menu, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { queryOf } from './filter.ts';
import { useEntrySource, type EntrySource } from './source.ts';
import type { Filter } from './types.ts';

const FORMATS = ['csv', 'jsonl'] as const;

export interface SaveListProps {
  readonly filter: Filter;
  readonly count: number;
}

/** Writes what the list shows into a file for other programs. */
export function SaveList(props: SaveListProps) {
  const { list } = useEntrySource();
  return list === undefined ? null : <Saving {...props} list={list} />;
}

function Saving({
  filter,
  count,
  list,
}: SaveListProps & { readonly list: NonNullable<EntrySource['list']> }) {
  const { t } = useTranslation('history');
  const act = useAct(async (format: (typeof FORMATS)[number], following) => {
    const picked = await pickNew(`history.${format}`);
    return picked.ok
      ? list({ filter: queryOf(filter), format, out: picked.value }, following)
      : picked;
  });
  const save = async (format: (typeof FORMATS)[number]) => {
    const done = await act.run(format);
    if (done === undefined) return;
    const text = t('list.done', { count: done.entries, name: done.name });
    tellWritten(`${text} ${t('list.note')}`, done.written, t('reveal'));
  };
  if (act.isRunning)
    return (
      <WorkBar
        label={t('list.running')}
        done={act.running?.done ?? 0}
        unit="entries"
        {...(act.running === undefined ? {} : { total: act.running.total })}
        {...(act.running?.speed === undefined ? {} : { speed: act.running.speed })}
        onCancel={act.cancel}
        isCancelling={act.isCancelling}
      />
    );
  return (
    <>
      <Menu
        label={t('list.act')}
        entries={FORMATS.map((format) => ({
          id: format,
          label: t(`list.${format}`),
          disabledReason: count === 0 ? t('list.empty') : undefined,
          onAction: () => void save(format),
        }))}
      >
        <Button icon="download">{t('list.act')}</Button>
      </Menu>
      <FailureNote failure={act.failure} />
    </>
  );
}
