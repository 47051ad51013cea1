import { useRef, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import type { VaultState } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, PasswordField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Door } from './Door.tsx';
import { useChooseVault } from './use-choose-vault.ts';

export interface UnlockProps {
  readonly vault: Extract<VaultState, { state: 'locked' }>;
  readonly onForgotten: () => void;
  readonly onNew: () => void;
  readonly onEvidence: () => void;
}

/** The lock: one field, one button, and why the vault is closed. */
export function Unlock({ vault, onForgotten, onNew, onEvidence }: UnlockProps) {
  const { t } = useTranslation('vault');
  const input = useRef<HTMLInputElement>(null);
  const { choose, failure: chooseFailure } = useChooseVault();
  const act = useAct((passphrase: string) => bridge.vault.unlock({ passphrase }));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const field = input.current;
    if (!field || field.value === '' || act.isRunning) return;
    void act.run(field.value).then(() => {
      field.value = '';
      field.focus();
    });
  };
  return (
    <Door>
      <form className="v-panel v-door-panel" onSubmit={submit}>
        <h1>{t('unlock.title')}</h1>
        <p className="v-muted">{t(`unlock.why.${vault.reason}`)}</p>
        <PasswordField
          label={t('unlock.passphrase')}
          description={t('unlock.folder', { folder: vault.folder })}
          inputRef={input}
          autoComplete="current-password"
          autoFocus
        />
        <FailureNote failure={act.failure ?? chooseFailure} />
        <Button
          type="submit"
          variant="primary"
          isWide
          disabledReason={act.isRunning ? t('unlock.busy') : undefined}
        >
          {t('unlock.act')}
        </Button>
      </form>
      <div className="v-door-ways">
        <Button variant="quiet" onPress={onForgotten}>
          {t('unlock.forgotten')}
        </Button>
        <Button variant="quiet" onPress={choose}>
          {t('unlock.other')}
        </Button>
        <Button variant="quiet" onPress={onNew}>
          {t('unlock.new')}
        </Button>
        <Button variant="quiet" onPress={onEvidence}>
          {t('evidence')}
        </Button>
      </div>
    </Door>
  );
}
