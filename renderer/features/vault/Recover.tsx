import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, PasswordField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Door } from './Door.tsx';
import { NewPassphrase, passphraseFault } from './NewPassphrase.tsx';
import { RecoverySheet } from './RecoverySheet.tsx';

export interface RecoverProps {
  readonly folder: string;
  readonly onBack: () => void;
}

/** The way in with the recovery code: a new passphrase and a new code come out of it. */
export function Recover({ folder, onBack }: RecoverProps) {
  const { t } = useTranslation('vault');
  const hold = useWindow((state) => state.hold);
  const setVault = useWindow((state) => state.setVault);
  const code = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<'short' | 'differs'>();
  const [next, setNext] = useState<string>();
  const act = useAct((input: { code: string; passphrase: string }) =>
    bridge.vault.useRecovery(input),
  );

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const passphrase = first.current?.value ?? '';
    const wrong = passphraseFault(passphrase, second.current?.value ?? '');
    setFault(wrong);
    const given = code.current?.value ?? '';
    if (wrong !== undefined || given === '') return;
    void (async () => {
      hold(true);
      const done = await act.run({ code: given, passphrase });
      for (const field of [code, first, second]) if (field.current) field.current.value = '';
      if (done === undefined) hold(false);
      else {
        setVault(done.state);
        setNext(done.recoveryCode);
      }
    })();
  };

  if (next !== undefined)
    return (
      <RecoverySheet
        code={next}
        onDone={() => {
          hold(false);
        }}
      />
    );
  return (
    <Door onBack={onBack}>
      <form className="v-panel v-door-panel" onSubmit={submit}>
        <h1>{t('recover.title')}</h1>
        <p className="v-muted">{t('recover.text', { folder })}</p>
        <PasswordField
          label={t('recover.code')}
          description={t('recover.codeHint')}
          inputRef={code}
          autoFocus
        />
        <NewPassphrase
          firstRef={first}
          secondRef={second}
          error={fault && t(`passphrase.fault.${fault}`)}
        />
        <FailureNote failure={act.failure} />
        <Button
          type="submit"
          variant="primary"
          isWide
          disabledReason={act.isRunning ? t('unlock.busy') : undefined}
        >
          {t('recover.act')}
        </Button>
      </form>
    </Door>
  );
}
