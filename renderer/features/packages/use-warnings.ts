import { useTranslation } from 'react-i18next';

/** A warning of a verification in words; a code that is not known here is shown as it came. */
export function useWarnings(): (code: string) => string {
  const { t, i18n } = useTranslation('packages');
  return (code) =>
    i18n.exists(`warning.${code}`, { ns: 'packages' })
      ? t(`warning.${code}` as never)
      : t('warning.other', { code });
}
