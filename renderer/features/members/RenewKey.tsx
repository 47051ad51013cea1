import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { FailureNote } from '../failure/index.ts';
import { NewPassphrase, passphraseFault } from '../vault/index.ts';
import type { PersonDialogProps } from './ChangeRole.tsx';
import { MemberDialog } from './MemberDialog.tsx';
import { OpensAlone, useOpensAlone } from './OpensAlone.tsx';
import { missingBeforeLoss } from './missing.ts';

/** A lost key gives way to a new one, for which the officer who does it vouches. */
export function RenewKey({ person, onClose }: PersonDialogProps) {
  const { t } = useTranslation('members');
  const { t: vault } = useTranslation('vault');
  const { id, name } = person;
  const alone = useOpensAlone(person);
  const [isLosing, setLosing] = useState(false);
  const [fault, setFault] = useState<'short' | 'differs'>();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const act = useAct((input: { passphrase: string; losing: boolean }) =>
    bridge.members.replaceKey({ id, ...input }),
  );
  const missing = missingBeforeLoss(alone.value?.length, isLosing);
  const run = async () => {
    const passphrase = first.current?.value ?? '';
    const wrong = passphraseFault(passphrase, second.current?.value ?? '');
    setFault(wrong);
    if (wrong !== undefined) return;
    const done = await act.run({ passphrase, losing: isLosing });
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('renew.done', { name }) });
    onClose();
  };
  return (
    <MemberDialog
      title={t('renew.title', { name })}
      act={t('renew.act')}
      isDangerous
      isRunning={act.isRunning}
      missing={missing && t(missing)}
      onRun={() => void run()}
      onClose={onClose}
    >
      <p>{t('renew.text')}</p>
      <p>{t('renew.contacts', { name })}</p>
      <p>{t('remove.copies')}</p>
      <OpensAlone person={person} answer={alone} isLosing={isLosing} onLosing={setLosing} />
      <fieldset className="v-people-part">
        <legend>{t('add.first')}</legend>
        <p className="v-muted">{t('add.firstText')}</p>
        <NewPassphrase
          firstRef={first}
          secondRef={second}
          error={fault && vault(`passphrase.fault.${fault}`)}
        />
      </fieldset>
      <FailureNote failure={act.failure} />
    </MemberDialog>
  );
}
