import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { Icon, StatusBadge, useFormats, type VirtualColumn } from '../../ui/index.ts';
import { lookOf } from './state-look.ts';
import type { PackageItem } from './types.ts';

/** The columns of the list of packages; the title opens one. */
export function usePackageColumns(
  open: (item: PackageItem) => void,
): readonly VirtualColumn<PackageItem>[] {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  return useMemo(() => {
    const countsOf = ({ counts }: PackageItem) => {
      const states = Object.entries(counts);
      const total = states.reduce((sum, [, count]) => sum + count, 0);
      return total < 2
        ? ''
        : formats.list(
            states.map(([state, count]) => t('counts', { count, state: stateWord(state) })),
          );
    };
    const stateWord = (state: string) => t(`stateWord.${state}` as 'stateWord.sealed');
    return [
      {
        id: 'direction',
        header: t('column.direction'),
        track: '44px',
        render: (item) => (
          <Icon
            name={item.direction}
            label={t(`direction.${item.direction}`)}
            className="v-tone-neutral"
          />
        ),
      },
      {
        id: 'title',
        header: t('column.title'),
        track: 'minmax(180px, 2fr)',
        render: (item) => (
          <Button
            className="v-package-link"
            excludeFromTabOrder
            onPress={() => {
              open(item);
            }}
          >
            {item.title}
          </Button>
        ),
      },
      {
        id: 'people',
        header: t('column.people'),
        track: 'minmax(130px, 1.3fr)',
        render: (item) =>
          item.people.length === 0 ? (
            <span className="v-muted">{t('nobody')}</span>
          ) : (
            formats.list(item.people)
          ),
      },
      {
        id: 'state',
        header: t('column.state'),
        track: 'minmax(130px, 1.2fr)',
        render: (item) => (
          <span className="v-package-cell">
            <StatusBadge {...lookOf(item.state)}>{t(`state.${item.state}`)}</StatusBadge>
            <span className="v-caption v-muted">{countsOf(item)}</span>
          </span>
        ),
      },
      {
        id: 'case',
        header: t('column.case'),
        track: 'minmax(90px, 120px)',
        render: (item) => item.case ?? '',
      },
      {
        id: 'files',
        header: t('column.files'),
        track: 'minmax(120px, 150px)',
        align: 'end',
        render: (item) => t('size', { count: item.files, bytes: formats.bytes(item.bytes) }),
      },
      {
        id: 'changed',
        header: t('column.changed'),
        track: '130px',
        align: 'end',
        render: (item) => (
          <time dateTime={item.changedAt} title={formats.exact(item.changedAt)}>
            {formats.moment(item.changedAt)}
          </time>
        ),
      },
    ];
  }, [formats, open, t]);
}
