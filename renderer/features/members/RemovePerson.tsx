import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { FailureNote } from '../failure/index.ts';
import type { PersonDialogProps } from './ChangeRole.tsx';
import { MemberDialog } from './MemberDialog.tsx';
import { OpensAlone, useOpensAlone } from './OpensAlone.tsx';
import { missingBeforeLoss } from './missing.ts';

/** Somebody leaves: what would be lost with them, what old copies still open. */
export function RemovePerson({ person, onClose }: PersonDialogProps) {
  const { t } = useTranslation('members');
  const { id, name } = person;
  const alone = useOpensAlone(person);
  const [isLosing, setLosing] = useState(false);
  const act = useAct((losing: boolean) => bridge.members.remove({ id, losing }));
  const missing = missingBeforeLoss(alone.value?.length, isLosing);
  const run = async () => {
    const done = await act.run(isLosing);
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('remove.done', { name }) });
    onClose();
  };
  return (
    <MemberDialog
      title={t('remove.title', { name })}
      act={t('remove.act', { name })}
      isDangerous
      isRunning={act.isRunning}
      missing={missing && t(missing)}
      onRun={() => void run()}
      onClose={onClose}
    >
      <p>{t('remove.text')}</p>
      <p>{t('remove.copies')}</p>
      <OpensAlone person={person} answer={alone} isLosing={isLosing} onLosing={setLosing} />
      <FailureNote failure={act.failure} />
    </MemberDialog>
  );
}
