import { useTranslation } from 'react-i18next';
import { Table } from '../../ui/index.ts';
import type { Indicators } from './types.ts';
import { useMeasures, type Measures } from './use-measures.ts';

const SHARES = [
  'recovery',
  'within72Hours',
  'offers',
  'acceptance',
  'certificates',
  'overdueRetention',
  'outstandingReceipts',
  'specialCategories',
] as const;
const SPREADS = ['timeToRepatriation', 'firstResponseTime', 'decisionTime'] as const;
const COUNTS = ['released', 'requested', 'received', 'cases'] as const;

type Name = (typeof SHARES)[number] | (typeof SPREADS)[number] | 'minimisation' | 'volume';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly what?: string;
  readonly now: string;
  readonly before?: string;
  readonly part?: number | undefined;
}

/** Each indicator with what it says, and what it said in the period before. */
export function IndicatorTable({
  now,
  before,
}: {
  readonly now: Indicators;
  readonly before: Indicators | undefined;
}) {
  const { t } = useTranslation('reports');
  const measures = useMeasures();
  const row = (name: Exclude<Name, 'volume'>): Row => ({
    id: name,
    name: t(`name.${name}`),
    what: t(`what.${name}`),
    now: said(now, name, measures),
    ...(before === undefined ? {} : { before: said(before, name, measures) }),
    part: partOf(now, name, measures),
  });
  const rows: Row[] = [
    ...COUNTS.map((name) => ({
      id: name,
      name: t(`volume.${name}`),
      now: measures.count(now.volume[name]),
      ...(before === undefined ? {} : { before: measures.count(before.volume[name]) }),
    })),
    ...[...SPREADS, ...SHARES, 'minimisation' as const].map(row),
  ];
  return (
    <Table<Row>
      label={t('indicators')}
      rows={rows}
      rowId={(one) => one.id}
      rowText={(one) => one.name}
      columns={[
        {
          id: 'name',
          header: t('column.name'),
          isRowHeader: true,
          isWrapped: true,
          render: (one) => (
            <>
              <span className="v-strong">{one.name}</span>
              {one.what !== undefined && <span className="v-reports-what v-muted">{one.what}</span>}
            </>
          ),
        },
        {
          id: 'now',
          header: t('column.now'),
          isWrapped: true,
          render: (one) => (
            <>
              <span>{one.now}</span>
              {one.part !== undefined && (
                <span className="v-bars-track" aria-hidden="true">
                  <span
                    className="v-bars-bar"
                    style={{ inlineSize: `${String(Math.round(Math.min(one.part, 1) * 100))}%` }}
                  />
                </span>
              )}
            </>
          ),
        },
        ...(before === undefined
          ? []
          : [
              {
                id: 'before',
                header: t('column.before'),
                isWrapped: true,
                render: (one: Row) => <span className="v-muted">{one.before}</span>,
              },
            ]),
      ]}
    />
  );
}

function said(from: Indicators, name: Exclude<Name, 'volume'>, measures: Measures): string {
  if (name === 'minimisation') return measures.bytes(from.minimisation);
  const value = from[name];
  return 'among' in value ? measures.share(value) : measures.spread(value);
}

function partOf(from: Indicators, name: Exclude<Name, 'volume'>, measures: Measures) {
  const value = from[name];
  return 'among' in value ? measures.part(value) : undefined;
}
