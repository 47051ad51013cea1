import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useChooseVault } from './use-choose-vault.ts';

/** The vault of last time is not where it was: a stick that is not plugged in, a folder that moved. */
export function OpenExisting({ missing }: { readonly missing: string }) {
  const { t } = useTranslation('vault');
  const { choose, failure } = useChooseVault();
  return (
    <section className="v-panel v-door-panel">
      <h1>{t('missing.title')}</h1>
      <p>{t('missing.text', { folder: missing })}</p>
      <FailureNote failure={failure} />
      <Button variant="primary" isWide icon="folder" onPress={choose}>
        {t('missing.act')}
      </Button>
    </section>
  );
}
