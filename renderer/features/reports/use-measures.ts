import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/index.ts';
import type { Share, Shown, Spread } from './types.ts';

/** Measures in words. */
export interface Measures {
  count(shown: Shown): string;
  share(given: Share): string;
  /** 0 to 1; undefined when it is hidden, or of nothing. */
  part(given: Share): number | undefined;
  bytes(given: Share): string;
  spread(given: Spread): string;
}

export function useMeasures(): Measures {
  const { t } = useTranslation('reports');
  const formats = useFormats();
  const count = (shown: Shown) => (shown === '<5' ? t('hidden') : formats.count(shown));
  const part = ({ of, among }: Share) =>
    of === '<5' || among === '<5' || among === 0 ? undefined : of / among;
  const withPart = (words: string, share: number | undefined) =>
    share === undefined ? words : t('withPercent', { words, percent: formats.percent(share) });
  return {
    count,
    part,
    share: (given) =>
      given.among === 0
        ? t('nothing')
        : withPart(t('share', { of: count(given.of), among: count(given.among) }), part(given)),
    bytes: (given) => {
      const { of, among } = given;
      if (of === '<5' || among === '<5') return t('hidden');
      if (among === 0) return t('nothing');
      return withPart(
        t('share', { of: formats.bytes(of), among: formats.bytes(among) }),
        part(given),
      );
    },
    spread: ({ count: number, median, p90 }) => {
      if (number === 0) return t('nothing');
      if (typeof median !== 'number' || typeof p90 !== 'number') return t('hidden');
      return t('spread', { median: formats.duration(median), p90: formats.duration(p90) });
    },
  };
}
