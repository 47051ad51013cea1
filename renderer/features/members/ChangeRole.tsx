import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { FailureNote } from '../failure/index.ts';
import { MemberDialog } from './MemberDialog.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import type { Person, Role } from './types.ts';

export interface PersonDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Another role: what it may, and what becomes of the keys that somebody had. */
export function ChangeRole({ person, onClose }: PersonDialogProps) {
  const { t } = useTranslation('members');
  const { id, name } = person;
  const [role, setRole] = useState(person.role);
  const act = useAct((to: Role) => bridge.members.setRole({ id, role: to }));
  const run = async () => {
    const done = await act.run(role);
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('change.done', { name, role: t(`role.${done.role}`) }) });
    onClose();
  };
  return (
    <MemberDialog
      title={t('change.title', { name })}
      act={t('change.act')}
      isRunning={act.isRunning}
      missing={role === person.role ? t('change.same') : undefined}
      onRun={() => void run()}
      onClose={onClose}
    >
      <RoleChoice label={t('change.role')} value={role} onChange={setRole} />
      {role === 'auditor' && person.role !== 'auditor' && <p>{t('change.lesser')}</p>}
      <FailureNote failure={act.failure} />
    </MemberDialog>
  );
}
