import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, DateField, Dialog } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { tokensOf, type Token } from '../packages/index.ts';
import type { ContactDialogProps } from './ContactDialogs.tsx';
import { IdentityFields, identityOf, type Identity } from './IdentityFields.tsx';

interface Document {
  readonly token: Token<'evidence'>;
  readonly name: string;
}

/** What we say of a contact: name, organisation, country, and the mandate to receive. */
export function ChangeDialog({ contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation('contacts');
  const { fingerprint, name } = contact;
  const [identity, setIdentity] = useState<Identity>({
    name,
    organisation: contact.organisation ?? '',
    country: contact.country ?? null,
  });
  const [mandate, setMandate] = useState<Document>();
  const [until, setUntil] = useState<string | null>(null);
  const change = useAct((input: Parameters<typeof bridge.contacts.change>[0]) =>
    bridge.contacts.change(input),
  );
  const choose = async () => {
    const reply = await bridge.files.pick({ use: 'evidence' });
    const [first] = reply.ok ? reply.value : [];
    const [token] = first === undefined ? [] : tokensOf([first], 'evidence');
    if (first !== undefined && token !== undefined) setMandate({ token, name: first.name });
  };
  const run = async () => {
    const changed = await change.run({
      fingerprint,
      ...identityOf(identity),
      ...(mandate === undefined
        ? {}
        : { mandate: { file: mandate.token, ...(until === null ? {} : { until }) } }),
    });
    setMandate(undefined);
    if (changed === undefined) return;
    messages.show({ tone: 'ok', text: t('change.done') });
    onClose();
  };
  const missing = change.isRunning
    ? t('working')
    : identity.name.trim() === ''
      ? t('add.nameFault')
      : undefined;
  return (
    <Dialog
      title={t('change.title', { name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('notNow')}
          </Button>
          <Button variant="primary" disabledReason={missing} onPress={() => void run()}>
            {t('change.confirm')}
          </Button>
        </>
      }
    >
      <div className="v-contacts-stack">
        <IdentityFields identity={identity} onChange={setIdentity} nameFault={undefined} />
        <div className="v-contacts-tight">
          <h3 className="v-field-label">{t('change.mandate')}</h3>
          <p className="v-caption v-muted">{t('change.mandateHint')}</p>
          <div className="v-contacts-state">
            <Button size="small" icon="file" onPress={() => void choose()}>
              {t('change.mandateChoose')}
            </Button>
            {mandate !== undefined && (
              <span className="v-strong v-wrap-anywhere">{mandate.name}</span>
            )}
          </div>
          {mandate !== undefined && (
            <DateField
              label={t('change.mandateUntil')}
              isOptional
              value={until}
              onChange={setUntil}
            />
          )}
        </div>
        <FailureNote failure={change.failure} />
      </div>
    </Dialog>
  );
}
