import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Banner, Button, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { AcknowledgeDialog } from './ContactDialogs.tsx';
import type { Contact } from './types.ts';

export interface LedgerAlarmProps {
  readonly contact: Contact;
  readonly alarm: NonNullable<Contact['ledgerAlarm']>;
}

/** Their ledger is not what was seen of it: what that means, and what can be done about it. */
export function LedgerAlarm({ contact, alarm }: LedgerAlarmProps) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const [isAsking, setAsking] = useState(false);
  const { name, fingerprint } = contact;
  const { kind, known, seen, complainedAt } = alarm;
  const act = useAct((to: string) => bridge.contacts.complain({ fingerprint: to }));
  const complain = async () => {
    if ((await act.run(fingerprint)) === undefined) return;
    messages.show({ tone: 'ok', text: t('alarm.complained', { name }) });
  };
  return (
    <Banner
      tone={kind === 'restarted' ? 'warn' : 'bad'}
      title={t(`alarm.title.${kind}`, { name })}
      actions={
        <>
          {alarm.canComplain && (
            <Button
              icon="send"
              disabledReason={act.isRunning ? t('working') : undefined}
              onPress={() => void complain()}
            >
              {t(complainedAt === undefined ? 'alarm.complain' : 'alarm.again')}
            </Button>
          )}
          <Button
            onPress={() => {
              setAsking(true);
            }}
          >
            {t('alarm.acknowledge')}
          </Button>
        </>
      }
    >
      <div className="v-contacts-stack">
        <p className="v-measure">
          {t(`alarm.text.${kind}`, {
            known: known.size,
            seen: seen.size,
            when: formats.when(seen.at),
          })}
        </p>
        {complainedAt !== undefined && (
          <p className="v-muted">{t('alarm.since', { when: formats.when(complainedAt) })}</p>
        )}
        <FailureNote failure={act.failure} />
      </div>
      {isAsking && (
        <AcknowledgeDialog
          contact={contact}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </Banner>
  );
}
