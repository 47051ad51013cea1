import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useRole } from '../../store/use-role.ts';
import { Button, PasswordField, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { NewPassphrase, passphraseFault } from '../vault/index.ts';

/** Changing one's own passphrase, and replacing the recovery code, which `onCode` then shows. */
export function Passphrase({ onCode }: { readonly onCode: (code: string) => void }) {
  const { t } = useTranslation('settings');
  const { t: vault } = useTranslation('vault');
  const isAuditor = useRole() === 'auditor';
  const current = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<'short' | 'differs'>();
  const change = useAct((input: { current: string; next: string }) =>
    bridge.vault.changePassphrase(input),
  );
  const renew = useAct((passphrase: string) => bridge.vault.renewRecovery({ passphrase }));

  const clear = () => {
    for (const field of [current, next, again]) if (field.current) field.current.value = '';
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wanted = next.current?.value ?? '';
    const wrong = passphraseFault(wanted, again.current?.value ?? '');
    setFault(wrong);
    if (wrong !== undefined) return;
    void change.run({ current: current.current?.value ?? '', next: wanted }).then((done) => {
      clear();
      if (done) messages.show({ tone: 'ok', text: t('passphrase.changed') });
    });
  };
  const replace = () => {
    void renew.run(current.current?.value ?? '').then((done) => {
      clear();
      if (done) onCode(done.recoveryCode);
    });
  };
  const busy = change.isRunning || renew.isRunning ? t('passphrase.busy') : undefined;
  return (
    <Section title={t('passphrase.title')} description={t('passphrase.text')}>
      <form className="v-settings-form" onSubmit={submit}>
        <PasswordField
          label={t('passphrase.current')}
          inputRef={current}
          autoComplete="current-password"
        />
        <NewPassphrase
          label={t('passphrase.next')}
          again={t('passphrase.again')}
          firstRef={next}
          secondRef={again}
          error={fault && vault(`passphrase.fault.${fault}`)}
        />
        <FailureNote failure={change.failure ?? renew.failure} />
        <div className="v-settings-acts">
          <Button type="submit" variant="primary" disabledReason={busy}>
            {t('passphrase.change')}
          </Button>
          {!isAuditor && (
            <Button onPress={replace} disabledReason={busy}>
              {t('passphrase.renew')}
            </Button>
          )}
        </div>
        {!isAuditor && <p className="v-muted">{t('passphrase.renewHint')}</p>}
      </form>
    </Section>
  );
}
