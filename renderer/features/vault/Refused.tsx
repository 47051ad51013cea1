import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../preload/contract/kinds.ts';
import type { VaultState } from '../../store/create-store.ts';
import { Button } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Door } from './Door.tsx';
import { useChooseVault } from './use-choose-vault.ts';

/** A vault that cannot be opened at all: why, and that nothing was changed. */
export function Refused({ vault }: { readonly vault: Extract<VaultState, { state: 'refused' }> }) {
  const { t } = useTranslation('vault');
  const { choose, failure } = useChooseVault();
  return (
    <Door>
      <section className="v-panel v-door-panel">
        <h1>{t('refused.title')}</h1>
        <p className="v-muted">{t('refused.text', { folder: vault.folder })}</p>
        <FailureNote failure={failure ?? refusal(vault)} />
        <Button isWide icon="folder" onPress={choose}>
          {t('missing.act')}
        </Button>
      </section>
    </Door>
  );
}

function refusal({
  code,
  message,
  hint,
  params,
}: Extract<VaultState, { state: 'refused' }>): Failure {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(params === undefined ? {} : { params }),
  };
}
