import { useTranslation } from 'react-i18next';
import type { Contact } from './types.ts';

type Blocker = Contact['blockers'][number];

export interface Words {
  /** Why a certificate is refused. */
  refusal(code: string): string;
  /** What is weak, or missing, without being refused. */
  warning(code: string): string;
  /** What stands against sealing to a contact. */
  blocker(blocker: Blocker): string;
}

/** Codes of certificates and contacts in words; an unknown code is shown as it came. */
export function useWords(): Words {
  const { t, i18n } = useTranslation('contacts');
  const has = (key: string) => i18n.exists(key, { ns: 'contacts' });
  const refusal = (code: string) =>
    has(`refusal.${code}`) ? t(`refusal.${code}` as never) : t('refusal.other', { code });
  return {
    refusal,
    warning: (code) =>
      has(`warning.${code}`) ? t(`warning.${code}` as never) : t('warning.other', { code }),
    blocker: ({ code, message, params }) => {
      if (has(`blocker.${code}`)) return t(`blocker.${code}` as never, { ...params });
      return has(`refusal.${code}`) ? refusal(code) : message;
    },
  };
}
