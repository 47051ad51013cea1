import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { DateField, useFormats } from '../../ui/index.ts';
import { ActDialog } from './ActDialog.tsx';
import { DecisionDialog, type ActProps } from './DecisionDialogs.tsx';
import { ReasonFields } from './ReasonFields.tsx';

/** The data went back to the sender: said with a receipt. */
export function ReturnDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const name = shown.arrival?.senderName ?? '';
  return (
    <DecisionDialog
      title={t('return.title')}
      act={t('return.act')}
      done={t('return.done', { name })}
      decide={(out) => bridge.packages.return({ id: shown.id, ...out })}
      onClose={onClose}
    >
      <p>{t('return.text', { name })}</p>
    </DecisionDialog>
  );
}

export function DisputeDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [reason, setReason] = useState<string>();
  const [note, setNote] = useState('');
  const name = shown.arrival?.senderName ?? '';
  return (
    <DecisionDialog
      title={t('dispute.title')}
      act={t('dispute.act')}
      done={t('dispute.done', { name })}
      blocked={reason === undefined ? t('reject.chooseReason') : undefined}
      decide={(out) =>
        bridge.packages.dispute({
          id: shown.id,
          reason: reason ?? '',
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...out,
        })
      }
      onClose={onClose}
    >
      <p>{t('dispute.text', { name })}</p>
      <ReasonFields
        list="dispute-reason"
        reason={reason}
        onReason={setReason}
        note={{ value: note, onChange: setNote, hint: t('reject.noteHint', { name }) }}
      />
    </DecisionDialog>
  );
}

/** Takes back what was sent. Nobody can be made to give it up: they are asked, signed. */
export function RecallDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const [reason, setReason] = useState<string>();
  const names = formats.list(shown.people);
  return (
    <DecisionDialog
      title={t('recall.title')}
      act={t('recall.act')}
      done={t('recall.done')}
      caption={t('recall.notice')}
      folderLabel={t('recall.folder')}
      blocked={reason === undefined ? t('reject.chooseReason') : undefined}
      decide={(out) => bridge.packages.recall({ id: shown.id, reason: reason ?? '', ...out })}
      onClose={onClose}
      isFirm
    >
      <p>{t('recall.text', { names })}</p>
      <p>{t('recall.limits')}</p>
      <ReasonFields list="recall-reason" reason={reason} onReason={setReason} />
    </DecisionDialog>
  );
}

/** Tells who asked that the answer comes later, why, and by when. */
export function DelayDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [reason, setReason] = useState<string>();
  const [until, setUntil] = useState<string | null>(null);
  const name = shown.arrival?.senderName ?? '';
  const blocked =
    reason === undefined
      ? t('reject.chooseReason')
      : until === null
        ? t('delay.chooseDay')
        : undefined;
  return (
    <DecisionDialog
      title={t('delay.title')}
      act={t('delay.act')}
      done={t('delay.done', { name })}
      caption={t('delay.notice')}
      folderLabel={t('recall.folder')}
      blocked={blocked}
      decide={(out) =>
        bridge.packages.delay({ id: shown.id, reason: reason ?? '', until: until ?? '', ...out })
      }
      onClose={onClose}
    >
      <p>{t('delay.text', { name })}</p>
      <ReasonFields list="delay-reason" reason={reason} onReason={setReason} />
      <DateField label={t('delay.until')} value={until} onChange={setUntil} />
    </DecisionDialog>
  );
}

/** A hold beats a date; while it stands nothing can be destroyed. */
export function HoldDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [reason, setReason] = useState<string>();
  const isHeld = shown.hold !== undefined;
  const holding = useAct(() =>
    bridge.packages.hold({ id: shown.id, ...(isHeld ? {} : { reason: reason ?? '' }) }),
  );
  const words = isHeld ? 'release' : 'hold';
  const blocked = !isHeld && reason === undefined ? t('reject.chooseReason') : undefined;
  const run = async () => {
    if ((await holding.run(undefined)) === undefined) return;
    messages.show({ tone: 'ok', text: t(`${words}.done`) });
    onClose();
  };
  return (
    <ActDialog
      title={t(`${words}.title`)}
      act={t(`${words}.act`)}
      acting={holding}
      onAct={run}
      onClose={onClose}
      blocked={blocked}
    >
      <p>{t(`${words}.text`)}</p>
      {!isHeld && <ReasonFields list="hold-reason" reason={reason} onReason={setReason} />}
    </ActDialog>
  );
}
