import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { CheckboxField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Person } from './types.ts';

const SHOWN = 6;

/** What only one person's key opens, which goes when the key does. */
export function useOpensAlone({ id }: Person) {
  return useAnswer(() => bridge.members.opensAlone({ id }), `alone ${id}`);
}

export interface OpensAloneProps {
  readonly person: Person;
  readonly answer: ReturnType<typeof useOpensAlone>;
  readonly isLosing: boolean;
  readonly onLosing: (isLosing: boolean) => void;
}

/** Lists it first, and asks. */
export function OpensAlone({ person, answer, isLosing, onLosing }: OpensAloneProps) {
  const { t } = useTranslation('members');
  const { value, failure } = answer;
  if (failure) return <FailureNote failure={failure} />;
  if (!value) return <p className="v-muted">{t('alone.looking')}</p>;
  if (value.length === 0) return <p>{t('alone.none')}</p>;
  return (
    <div className="v-people-alone">
      <p>{t('alone.some', { count: value.length })}</p>
      <ul>
        {value.slice(0, SHOWN).map(({ id, kind, title }) => (
          <li key={id}>{kind === 'quarantined' ? t('alone.quarantined', { title }) : title}</li>
        ))}
        {value.length > SHOWN && <li>{t('alone.more', { count: value.length - SHOWN })}</li>}
      </ul>
      <CheckboxField
        isSelected={isLosing}
        onChange={onLosing}
        description={t('alone.advice', { name: person.name })}
      >
        {t('alone.lose')}
      </CheckboxField>
    </div>
  );
}
