import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, CheckboxField, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Renewed } from './types.ts';

/** Whether contacts have revoked, prolonged or changed their keys: asked now, or once a day. */
export function NewerCertificates() {
  const { t } = useTranslation('contacts');
  const { value, failure, reload } = useAnswer(() => bridge.contacts.renewals(), 'renewals');
  const [found, setFound] = useState<readonly Renewed[]>();
  const ask = useAct((_: undefined, following) => bridge.contacts.renew(undefined, following));
  const turn = useAct((isDaily: boolean) => bridge.contacts.setRenewals({ isDaily }));
  const run = async () => {
    setFound(undefined);
    setFound(await ask.run(undefined));
  };
  return (
    <Section
      title={t('newer.title')}
      description={t('newer.text')}
      actions={
        <Button
          icon="refresh"
          disabledReason={ask.isRunning ? t('working') : undefined}
          onPress={() => void run()}
        >
          {t('newer.act')}
        </Button>
      }
    >
      <FailureNote failure={failure ?? ask.failure ?? turn.failure} />
      <CheckboxField
        isSelected={value?.isDaily ?? false}
        isDisabled={value === undefined || turn.isRunning}
        description={t('newer.dailyHint')}
        onChange={(isDaily) => {
          void turn.run(isDaily).then(reload);
        }}
      >
        {t('newer.daily')}
      </CheckboxField>
      {found && <News items={found} />}
    </Section>
  );
}

function News({ items }: { readonly items: readonly Renewed[] }) {
  const { t } = useTranslation('contacts');
  const news = items.filter(({ outcome, isRevoked }) => isRevoked || outcome !== 'unchanged');
  if (news.length === 0) return <p role="status">{t('newer.none', { count: items.length })}</p>;
  return (
    <ul role="status">
      {news.map(({ fingerprint, name, outcome, isRevoked }) => (
        <li key={fingerprint}>
          {t(isRevoked ? 'newer.revoked' : `newer.outcome.${outcome}`, { name })}
        </li>
      ))}
    </ul>
  );
}
