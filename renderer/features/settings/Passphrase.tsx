import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useRole } from '../../store/use-role.ts';
import { Button, Dialog, PasswordField, Section } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

const SHORTEST = 12;

/** Changing the passphrase, and replacing the recovery code. */
export function Passphrase() {
  const { t } = useTranslation('settings');
  const isAuditor = useRole() === 'auditor';
  const current = useRef<HTMLInputElement>(null);
  const next = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<'short' | 'differs'>();
  const [code, setCode] = useState<string>();
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
    const wrong = faultOf(wanted, again.current?.value ?? '');
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
      if (done) setCode(done.recoveryCode);
    });
  };
  return (
    <Section title={t('passphrase.title')} description={t('passphrase.text')}>
      <form className="v-settings-form" onSubmit={submit}>
        <PasswordField
          label={t('passphrase.current')}
          inputRef={current}
          autoComplete="current-password"
        />
        <PasswordField
          label={t('passphrase.next')}
          inputRef={next}
          autoComplete="new-password"
          error={fault && t(`passphrase.${fault}`)}
        />
        <PasswordField label={t('passphrase.again')} inputRef={again} autoComplete="new-password" />
        <FailureNote failure={change.failure ?? renew.failure} />
        <div className="v-settings-acts">
          <Button type="submit" variant="primary">
            {t('passphrase.change')}
          </Button>
          {!isAuditor && <Button onPress={replace}>{t('passphrase.renew')}</Button>}
        </div>
      </form>
      <Dialog
        title={t('passphrase.newCode')}
        isOpen={code !== undefined}
        onClose={() => {
          setCode(undefined);
        }}
        isFirm
        actions={
          <Button
            variant="primary"
            onPress={() => {
              setCode(undefined);
            }}
          >
            {t('passphrase.filed')}
          </Button>
        }
      >
        <p>{t('passphrase.once')}</p>
        <p className="v-settings-code v-mono">{code}</p>
      </Dialog>
    </Section>
  );
}

function faultOf(first: string, second: string): 'short' | 'differs' | undefined {
  if (first.length < SHORTEST) return 'short';
  return first === second ? undefined : 'differs';
}
