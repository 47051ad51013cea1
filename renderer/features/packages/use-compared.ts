import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { useFormats } from '../../ui/index.ts';
import type { Contact } from './types.ts';

/** How and when the fingerprint of a contact was compared, as one sentence. */
export function useCompared(): (verification: Contact['verification']) => string {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const own = useWindow((state) =>
    state.vault?.state === 'open' ? state.vault.member.fingerprint : undefined,
  );
  return (verification) => {
    if (verification === undefined) return t('compared.never');
    const { method, by, at } = verification;
    const who = by === own ? 'you' : 'member';
    return t(`compared.${who}.${method}`, { date: formats.longDate(at) });
  };
}
