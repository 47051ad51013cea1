import { useTranslation } from 'react-i18next';
import { Button, ErrorNote } from '../../ui/index.ts';

/** What stands where a screen could not be drawn. */
export function Broken({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation('failures');
  return (
    <ErrorNote
      happened={t('screen.happened')}
      kept={t('screen.kept')}
      next={t('screen.next')}
      actions={<Button onPress={onRetry}>{t('screen.retry')}</Button>}
    />
  );
}
