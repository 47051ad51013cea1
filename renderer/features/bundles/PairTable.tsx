import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { EmptyState, StatusBadge, Tag, VirtualTable } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { PairDrawer } from './PairDrawer.tsx';
import { STATE_LOOK } from './state-look.ts';
import type { Pair, PairState } from './types.ts';
import { useSideWords } from './use-words.ts';

const PAGE = 100;

export interface PairTableProps {
  readonly a: string;
  readonly b: string;
  /** Only pairs of this state. */
  readonly states: PairState | undefined;
}

/** Package by package and recipient by recipient: what A says, what B says, how that meets. */
export function PairTable({ a, b, states }: PairTableProps) {
  const { t } = useTranslation('bundles');
  const sideWords = useSideWords();
  const [selected, setSelected] = useState<number | null>(null);
  const [open, setOpen] = useState<Pair>();
  const { count, pairAt, onRange, failure } = usePairs({ a, b, states });
  return (
    <>
      <FailureNote failure={failure} />
      <div className="v-bundle-pairs">
        <VirtualTable<Pair>
          label={t('compare.list')}
          count={count}
          rowAt={pairAt}
          onRange={onRange}
          selected={selected}
          onSelect={setSelected}
          onOpen={(index) => {
            setOpen(pairAt(index));
          }}
          whenEmpty={<EmptyState icon="compare" title={t('compare.none')} />}
          columns={[
            {
              id: 'package',
              header: t('column.package'),
              track: '112px',
              render: (pair) => <Tag>{pair.package.slice(-8)}</Tag>,
            },
            {
              id: 'a',
              header: t('side.a'),
              track: 'minmax(170px, 1fr)',
              render: ({ a: side }) => sideWords(side),
            },
            {
              id: 'state',
              header: t('column.state'),
              track: '140px',
              render: ({ state }) => (
                <StatusBadge {...STATE_LOOK[state]}>{t(`state.${state}`)}</StatusBadge>
              ),
            },
            {
              id: 'b',
              header: t('side.b'),
              track: 'minmax(170px, 1fr)',
              render: ({ b: side }) => sideWords(side),
            },
            {
              id: 'recipient',
              header: t('column.recipient'),
              track: '150px',
              render: ({ recipient }) => recipient.name ?? recipient.fingerprint.slice(-8),
            },
          ]}
        />
      </div>
      <p className="v-caption v-muted">{t('compare.hint')}</p>
      <PairDrawer
        pair={open}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </>
  );
}

/** Pairs a page at a time, as they come into sight. */
function usePairs({ a, b, states }: PairTableProps) {
  const key = `${a} ${b} ${states ?? ''}`;
  const [loaded, setLoaded] = useState<{
    readonly key: string;
    readonly count: number;
    readonly pages: ReadonlyMap<number, readonly Pair[]>;
  }>({ key, count: 0, pages: new Map() });
  const [failure, setFailure] = useState<Failure>();
  const asked = useRef({ key: '', pages: new Set<number>() });
  const onRange = useCallback(
    (from: number, end: number) => {
      if (asked.current.key !== key) asked.current = { key, pages: new Set() };
      const { pages } = asked.current;
      for (let page = Math.floor(from / PAGE); page * PAGE < Math.max(end, 1); page += 1) {
        if (pages.has(page)) continue;
        pages.add(page);
        const only = states === undefined ? {} : { states: [states] };
        void bridge.bundles
          .pairs({ a, b, ...only, skip: page * PAGE, limit: PAGE })
          .then((reply) => {
            if (!reply.ok) {
              setFailure(reply.failure);
              return;
            }
            const { count, pairs } = reply.value;
            setLoaded((now) => ({
              key,
              count,
              pages: new Map(now.key === key ? now.pages : []).set(page, pairs),
            }));
          });
      }
    },
    [a, b, key, states],
  );
  useEffect(() => {
    onRange(0, 1);
  }, [onRange]);
  const isCurrent = loaded.key === key;
  return {
    count: isCurrent ? loaded.count : 0,
    pairAt: (index: number) =>
      isCurrent ? loaded.pages.get(Math.floor(index / PAGE))?.[index % PAGE] : undefined,
    onRange,
    failure,
  };
}
