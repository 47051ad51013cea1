import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/index.ts';

const STATES = [
  'sealed',
  'dispatched',
  'delivered',
  'accepted',
  'rejected',
  'returned',
  'destroyed',
  'disputed',
] as const;

/** How many recipients are how far, in words; nothing for a single one. */
export function useCounts(): (counts: Readonly<Record<string, number>>) => string {
  const { t } = useTranslation('packages');
  const { list } = useFormats();
  return useCallback(
    (counts) => {
      const parts = STATES.flatMap((state) => {
        const count = counts[state] ?? 0;
        return count === 0 ? [] : [{ state, count }];
      });
      const total = parts.reduce((sum, { count }) => sum + count, 0);
      return total < 2
        ? ''
        : list(parts.map(({ state, count }) => t(`counts.${state}`, { count })));
    },
    [list, t],
  );
}
