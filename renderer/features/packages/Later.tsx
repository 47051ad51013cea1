import { useTranslation } from 'react-i18next';
import { Banner, useFormats } from '../../ui/index.ts';
import type { PackageView } from './types.ts';
import { useVocabularies } from './use-vocabularies.ts';

/** What happened to a package after its delivery, and what follows from it. */
export function Later({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const lists = useVocabularies();
  const wordsOf = (list: string, code: string) => lists.item(list, code)?.label ?? code;
  const { hold, recall, delayedUntil, overdue } = shown;
  const late = shown.recipients.filter(({ fingerprint }) => overdue.includes(fingerprint));
  return (
    <>
      {hold !== undefined && (
        <Banner
          tone="info"
          title={t('later.held', { reason: wordsOf('hold-reason', hold.reason) })}
        >
          {t('later.heldSince', { date: formats.longDate(hold.at.slice(0, 10)) })}
        </Banner>
      )}
      {recall !== undefined && (
        <Banner
          tone="warn"
          title={t('later.recalled', {
            name: shown.arrival?.senderName ?? '',
            date: formats.longDate(recall.at.slice(0, 10)),
          })}
        >
          {recall.reason && wordsOf('recall-reason', recall.reason.code)}
        </Banner>
      )}
      {delayedUntil !== undefined && (
        <Banner tone="info" title={t('later.delayed', { date: formats.longDate(delayedUntil) })} />
      )}
      {late.length > 0 && (
        <Banner
          tone="warn"
          title={t('later.overdue', {
            names: formats.list(late.map(({ name }) => name)),
            date: formats.longDate(shown.deleteBy ?? ''),
          })}
        >
          {t('later.overdueText')}
        </Banner>
      )}
    </>
  );
}
