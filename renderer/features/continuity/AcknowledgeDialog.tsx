import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog, TextArea } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

/** The officer's decision to go on from what stands here, with its reason. */
export function AcknowledgeDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('continuity');
  const [reason, setReason] = useState('');
  const acting = useAct((given: string) => bridge.vault.acknowledge({ reason: given }));
  const run = async () => {
    const state = await acting.run(reason.trim());
    if (state === undefined) return;
    messages.show({ tone: 'ok', text: t('dialog.done') });
    onClose();
  };
  return (
    <Dialog
      title={t('dialog.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('dialog.later')}
          </Button>
          <Button
            variant="danger"
            disabledReason={
              acting.isRunning
                ? t('dialog.working')
                : reason.trim() === ''
                  ? t('dialog.first')
                  : undefined
            }
            onPress={() => void run()}
          >
            {t('dialog.act')}
          </Button>
        </>
      }
    >
      <div className="v-continuity-stack">
        <p>{t('dialog.text')}</p>
        <p>{t('dialog.who')}</p>
        <TextArea
          label={t('dialog.reason')}
          description={t('dialog.reasonHint')}
          rows={3}
          value={reason}
          onChange={setReason}
          maxLength={2000}
          autoFocus
        />
        <FailureNote failure={acting.failure} />
      </div>
    </Dialog>
  );
}
