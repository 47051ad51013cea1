import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { ActDialog } from './ActDialog.tsx';
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
    <ActDialog
      title={t('discard.title')}
      act={t('discard.act')}
      acting={discard}
      onAct={run}
      onClose={onClose}
      leave={t('discard.keep')}
      size="small"
      isDangerous
    >
      <p>{t('discard.text', { count: shown.files })}</p>
    </ActDialog>
  );
}
