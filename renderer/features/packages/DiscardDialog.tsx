import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { ActProps } from './DecisionDialogs.tsx';

export function DiscardDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const go = useWindow((state) => state.go);
  const discard = useAct((id: string) => bridge.packages.discard({ id }));
  const run = async () => {
    const done = await discard.run(shown.id);
    if (done === undefined) return;
    messages.show({ tone: 'info', text: t('discard.done', { title: shown.title }) });
    onClose();
    go({ screen: 'packages' });
  };
  return (
    <Dialog
      title={t('discard.title')}
      isOpen
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('discard.keep')}
          </Button>
          <Button
            variant="danger"
            disabledReason={discard.isRunning ? t('working') : undefined}
            onPress={() => void run()}
          >
            {t('discard.act')}
          </Button>
        </>
      }
    >
      <div className="v-packages-stack">
        <p>{t('discard.text', { count: shown.files })}</p>
        <FailureNote failure={discard.failure} />
      </div>
    </Dialog>
  );
}
