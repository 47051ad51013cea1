import { useCallback, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  EmptyState,
  PageHeader,
  Panel,
  SearchField,
  Select,
  Skeleton,
  VirtualTable,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { NewPackage } from './NewPackage.tsx';
import { usePackageColumns } from './use-package-columns.tsx';
import { isDraft } from './state-look.ts';
import type { PackageItem } from './types.ts';

const STATES = [
  'drafts',
  'sealed',
  'dispatched',
  'delivered',
  'accepted',
  'rejected',
  'destroyed',
  'disputed',
] as const;
type StateFilter = (typeof STATES)[number] | 'all';
const DIRECTIONS = ['all', 'out', 'in'] as const;

/** Every package of the vault, both ways, newest first. */
export function PackageList() {
  const { t } = useTranslation('packages');
  const go = useWindow((state) => state.go);
  const { value: items, failure } = useAnswer(() => bridge.packages.list({}), 'packages');
  const [state, setState] = useState<StateFilter>('all');
  const [direction, setDirection] = useState<(typeof DIRECTIONS)[number]>('all');
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const [isMaking, setMaking] = useState(false);
  const open = useCallback(
    ({ id, state: of }: PackageItem) => {
      go(isDraft(of) ? { screen: 'compose', id } : { screen: 'packages', id });
    },
    [go],
  );
  const columns = usePackageColumns(open);

  const wanted = query.trim().toLowerCase();
  const found = (items ?? []).filter(
    (item) =>
      (state === 'all' || (state === 'drafts' ? isDraft(item.state) : item.state === state)) &&
      (direction === 'all' || item.direction === direction) &&
      [item.title, item.case, item.id, ...item.people].join(' ').toLowerCase().includes(wanted),
  );
  const openAt = (index: number) => {
    const item = found[index];
    if (item !== undefined) open(item);
  };
  const make = (
    <Button
      variant="primary"
      icon="add"
      onPress={() => {
        setMaking(true);
      }}
    >
      {t('new.act')}
    </Button>
  );

  return (
    <div className="v-packages-page">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={items !== undefined && items.length > 0 && make}
      />
      <FailureNote failure={failure} />
      {items === undefined && failure === undefined && <Skeleton isRows lines={6} />}
      {items?.length === 0 && (
        <EmptyState icon="package" title={t('empty.title')} actions={make}>
          {t('empty.text')}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <>
          <div className="v-packages-filters">
            <SearchField
              label={t('filter.search')}
              value={query}
              onChange={(next) => {
                setQuery(next);
                setSelected(null);
              }}
            />
            <Select
              label={t('filter.state')}
              isCompact
              choices={[
                { id: 'all', label: t('filter.states.all') },
                ...STATES.map((id) => ({ id, label: t(`filter.states.${id}`) })),
              ]}
              value={state}
              onChange={(next) => {
                setState(next);
                setSelected(null);
              }}
            />
            <Select
              label={t('filter.direction')}
              isCompact
              choices={DIRECTIONS.map((id) => ({ id, label: t(`filter.directions.${id}`) }))}
              value={direction}
              onChange={(next) => {
                setDirection(next);
                setSelected(null);
              }}
            />
            <span className="v-caption v-muted" role="status">
              {t('filter.found', { count: found.length })}
            </span>
          </div>
          <div style={{ '--rows': found.length } as CSSProperties}>
            <Panel isPadded={false} className="v-packages-table">
              <VirtualTable
                label={t('title')}
                columns={columns}
                count={found.length}
                rowAt={(index) => found[index]}
                onRange={noFetch}
                selected={selected}
                onSelect={setSelected}
                onOpen={openAt}
                menu={(item) => [
                  {
                    id: 'open',
                    label: t(isDraft(item.state) ? 'act.compose' : 'act.open'),
                    onAction: () => {
                      open(item);
                    },
                  },
                  {
                    id: 'history',
                    label: t('custody.history'),
                    icon: 'history',
                    onAction: () => {
                      go({ screen: 'history', package: item.id });
                    },
                  },
                ]}
                whenEmpty={t('filter.none')}
              />
            </Panel>
          </div>
        </>
      )}
      {isMaking && (
        <NewPackage
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
    </div>
  );
}

/** All rows are here already. */
const noFetch = () => undefined;
