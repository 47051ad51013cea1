import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { useRole } from '../../store/use-role.ts';
import { Button, Fingerprint, Select, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Bundle } from './types.ts';

export interface ConfirmSignerProps {
  readonly bundle: Bundle;
  readonly signer: NonNullable<Bundle['signer']>;
  readonly onConfirmed: (bundle: Bundle) => void;
}

/**
 * The signer's fingerprint, and a field for the one that the person knows already. What stands in
 * the bundle is never taken for it: it is typed, or chosen among the keys of the open vault.
 */
export function ConfirmSigner({ bundle, signer, onConfirmed }: ConfirmSignerProps) {
  const { t } = useTranslation('bundles');
  const [typed, setTyped] = useState('');
  const known = useKnownKeys();
  const trust = useAct((fingerprint: string) =>
    bridge.bundles.trust({ id: bundle.id, fingerprint }),
  );
  const confirm = async (fingerprint: string) => {
    const view = await trust.run(fingerprint);
    if (view) onConfirmed(view);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') void confirm(typed.trim());
  };
  return (
    <form
      className="v-bundle-confirm"
      onSubmit={submit}
      aria-label={t('confirm.of', { bundle: bundle.name })}
    >
      <p className="v-muted v-measure">{t('confirm.text')}</p>
      <Fingerprint value={signer.fingerprint} name={signer.name ?? t('verdict.somebody')} />
      <div className="v-bundle-known">
        <TextField
          label={t('confirm.label')}
          description={t('confirm.hint')}
          value={typed}
          onChange={setTyped}
          isMono
          autoComplete="off"
          maxLength={200}
        />
        <Button type="submit" disabledReason={typed.trim() === '' ? t('confirm.first') : undefined}>
          {t('confirm.act')}
        </Button>
        {known.length > 0 && (
          <Select
            label={t('confirm.known')}
            choices={known}
            value={null}
            onChange={(fingerprint) => void confirm(fingerprint)}
          />
        )}
      </div>
      <FailureNote failure={trust.failure} />
    </form>
  );
}

/** Keys that the open vault knows to be its members'; none without a vault. */
function useKnownKeys() {
  const isOpen = useRole() !== undefined;
  const { value = [] } = useAnswer(
    () => (isOpen ? bridge.members.list() : Promise.resolve({ ok: true, value: [] } as const)),
    `known-keys-${String(isOpen)}`,
  );
  return value.map(({ fingerprint, name }) => ({
    id: fingerprint,
    label: name,
    description: fingerprint.slice(-16),
  }));
}
