import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { ActProps } from './DecisionDialogs.tsx';

/** Writes one readable page about a package, after saying what stands in it. */
export function PageDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const act = useAct(async (id: string) => {
    const picked = await pickNew(`package-${id.slice(-8)}.html`);
    return picked.ok ? bridge.packages.page({ id, out: picked.value }) : picked;
  });
  const run = async () => {
    const done = await act.run(shown.id);
    if (done === undefined) return;
    tellWritten(t('page.done', { name: done.name }), done.written, t('reveal'));
    onClose();
  };
  return (
    <Dialog
      title={t('page.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('notNow')}
          </Button>
          <Button
            variant="primary"
            icon="file"
            disabledReason={act.isRunning ? t('working') : undefined}
            onPress={() => void run()}
          >
            {t('page.act')}
          </Button>
        </>
      }
    >
      <p>{t('page.text')}</p>
      <p>{t('page.clear')}</p>
      <FailureNote failure={act.failure} />
    </Dialog>
  );
}
