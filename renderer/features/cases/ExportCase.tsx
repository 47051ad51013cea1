import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickOne, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Banner, Select, WorkBar } from '../../ui/index.ts';
import { ActDialog } from '../packages/index.ts';

const FORMATS = ['case', 'ro-crate'] as const;
type Format = (typeof FORMATS)[number];

/** Writes a case out for other programs, after saying whether content goes with it. */
export function ExportCase({
  reference,
  onClose,
}: {
  readonly reference: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('cases');
  const [format, setFormat] = useState<Format>('case');
  const writing = useAct(async (as: Format, following) => {
    const picked = await pickOne('out');
    return picked.ok
      ? bridge.cases.export({ reference, format: as, out: picked.value }, following)
      : picked;
  });
  const { running } = writing;
  const run = async () => {
    const done = await writing.run(format);
    if (done === undefined) return;
    tellWritten(t('export.done', { name: done.name }), done.written, t('export.reveal'));
    onClose();
  };
  return (
    <ActDialog
      title={t('export.title')}
      act={t('export.run')}
      icon="folder"
      acting={writing}
      onAct={run}
      onClose={onClose}
    >
      <p>{t('export.text')}</p>
      <Select
        label={t('export.format')}
        choices={FORMATS.map((id) => ({
          id,
          label: t(`export.as.${id}`),
          description: t(`export.hint.${id}`),
        }))}
        value={format}
        onChange={setFormat}
        isDisabled={writing.isRunning}
      />
      <p className="v-muted">{t(`export.hint.${format}`)}</p>
      {format === 'ro-crate' && <Banner tone="warn" title={t('export.clear')} />}
      {running !== undefined && (
        <WorkBar
          label={t('export.running')}
          done={running.done}
          total={running.total}
          {...(running.speed === undefined ? {} : { speed: running.speed })}
          onCancel={writing.cancel}
          isCancelling={writing.isCancelling}
        />
      )}
    </ActDialog>
  );
}
