import { useTranslation } from 'react-i18next';
import type { Row } from './types.ts';

/** What an entry says, in one sentence: people by name, outcomes in words. */
export function useSentence(): (row: Row) => string {
  const { t, i18n } = useTranslation('history');
  return (row) => {
    const detail = row.detail;
    const kind = typeof detail['kind'] === 'string' ? detail['kind'] : '';
    const key = `act.${row.type}`;
    const variant = `${key}-${kind}`;
    const facts = {
      name: row.contact?.name ?? row.contact?.fingerprint.slice(-8) ?? t('somebody'),
      case: row.case?.reference ?? row.case?.id.slice(-8) ?? '',
      count: Number(detail['entries'] ?? detail['files'] ?? detail['count'] ?? 0),
      code: [detail['code'], detail['reason']].find((code) => typeof code === 'string') ?? '',
    };
    const known = [variant, key].find((name) => i18n.exists(name, { ns: 'history', ...facts }));
    return known === undefined ? row.type : t(known as never, facts);
  };
}

/** What a type of entry is called where no single entry is meant. */
export function useActName(): (type: string) => string {
  const { t, i18n } = useTranslation('history');
  return (type) => {
    const facts = { name: t('somebody'), case: '…', code: '…', count: 2 };
    const key = `act.${type}`;
    return i18n.exists(key, { ns: 'history', ...facts }) ? t(key as never, facts) : type;
  };
}

/** What an outcome is called; a code that the catalogue does not know as it came. */
export function useOutcomeName(): (code: string) => string {
  const { t, i18n } = useTranslation('history');
  return (code) => {
    const key = `outcome.${code}`;
    return i18n.exists(key, { ns: 'history' }) ? t(key as never) : code;
  };
}
