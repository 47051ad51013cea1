import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/index.ts';
import type { Pair, Side } from './types.ts';

type Difference = Pair['differences'][number];

/** What became of a package, as a word; its code where the window has none. */
export function useOutcome(): (kind: string) => string {
  const { t, i18n } = useTranslation('bundles');
  return (kind) => {
    const key = `outcome.${kind}`;
    return i18n.exists(key, { ns: 'bundles' }) ? t(key as never) : kind;
  };
}

/** What one ledger says of a package, in a line. */
export function useSideWords(): (side: Side | undefined) => string {
  const { t } = useTranslation('bundles');
  const formats = useFormats();
  const outcome = useOutcome();
  return (side) => {
    const { sealedAt, sentAt, arrivedAt, outcomes = [] } = side ?? {};
    const words = [
      ...(sealedAt !== undefined && sentAt === undefined
        ? [t('said.sealed', { when: formats.moment(sealedAt) })]
        : []),
      ...(sentAt === undefined ? [] : [t('said.sent', { when: formats.moment(sentAt) })]),
      ...(arrivedAt === undefined ? [] : [t('said.arrived', { when: formats.moment(arrivedAt) })]),
      ...new Set(outcomes.map(({ kind }) => outcome(kind))),
    ];
    return words.length === 0 ? t('said.nothing') : words.join(' · ');
  };
}

/** Why two ledgers differ, in the window's words; the office's where it has none. */
export function useReason(): (difference: Difference) => string {
  const { t, i18n } = useTranslation('bundles');
  const formats = useFormats();
  const outcome = useOutcome();
  return ({ reason, params, text }) => {
    const shown = Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        const word = String(value);
        return [name, name.endsWith('At') ? formats.exact(word) : outcome(word)];
      }),
    );
    const key = `reason.${reason}`;
    return i18n.exists(key, { ns: 'bundles' }) ? t(key as never, shown) : text;
  };
}
