import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import { Icon, StatusBadge, useFormats, type VirtualColumn } from '../../ui/index.ts';
import { useCounts } from './use-counts.ts';
import { lookOf } from './state-look.ts';
import type { PackageItem } from './types.ts';

/** The columns of the list of packages; the title opens one. */
export function usePackageColumns(
  open: (item: PackageItem) => void,
): readonly VirtualColumn<PackageItem>[] {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const countsOf = useCounts();
  return useMemo(() => {
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
        track: 'minmax(180px, 2.4fr)',
        render: (item) => (
          <Button
            className="v-package-link"
            excludeFromTabOrder
            onPress={() => {
              open(item);
            }}
          >
            <span title={item.title}>{item.title}</span>
          </Button>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        track: 'minmax(140px, 1.7fr)',
        render: (item) => (
          <span className="v-package-cell">
            <StatusBadge {...lookOf(item.state)}>{t(`state.${item.state}`)}</StatusBadge>
            <span className="v-caption v-muted" title={countsOf(item.counts)}>
              {countsOf(item.counts)}
            </span>
          </span>
        ),
      },
      {
        id: 'people',
        header: t('column.people'),
        track: 'minmax(120px, 1.2fr)',
        render: (item) =>
          item.people.length === 0 ? (
            <span className="v-muted">{t('nobody')}</span>
          ) : (
            formats.list(item.people)
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
        track: 'minmax(110px, 130px)',
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
  }, [countsOf, formats, open, t]);
}
