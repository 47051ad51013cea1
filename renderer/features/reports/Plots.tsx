import { useTranslation } from 'react-i18next';
import { EmptyState, Panel, useFormats } from '../../ui/index.ts';
import { useVocabularies } from '../packages/index.ts';
import { Bars, type Bar } from './Bars.tsx';
import type { Indicators, Shown, Spread } from './types.ts';
import { useMeasures } from './use-measures.ts';

/** What the indicators are made of, group by group. */
export function Plots({ indicators }: { readonly indicators: Indicators }) {
  const { t, i18n } = useTranslation('reports');
  const { t: history } = useTranslation('history');
  const formats = useFormats();
  const measures = useMeasures();
  const lists = useVocabularies();
  const label = (list: string) => (code: string) => lists.item(list, code)?.label ?? code;
  const exception = (code: string) =>
    i18n.exists(`exception.${code}`, { ns: 'reports' }) ? t(`exception.${code}` as never) : code;
  const times = (
    groups: readonly (Spread & { readonly code: string })[],
    name: (code: string) => string,
  ) =>
    barsOf(
      groups.map((one) => ({
        code: one.code,
        value: one.median ?? '<5',
        text: measures.spread(one),
      })),
      name,
    );
  const counts = (
    groups: readonly { readonly code: string; readonly count: Shown }[],
    name: (code: string) => string,
  ) =>
    barsOf(
      groups.map(({ code, count }) => ({ code, value: count, text: measures.count(count) })),
      name,
    );
  const { timeToRepatriation: time, refusals, exceptions } = indicators;
  const plots = [
    { id: 'byInstrument', bars: times(time.byInstrument, label('instrument')) },
    { id: 'byCountry', bars: times(time.byCountry, formats.country) },
    { id: 'refusalsTheirs', bars: counts(refusals.theirs, label('rejection-reason')) },
    { id: 'refusalsOurs', bars: counts(refusals.ours, label('rejection-reason')) },
    { id: 'exceptions', bars: counts(exceptions, exception) },
  ] as const;
  const some = plots.filter(({ bars }) => bars.length > 0);
  if (some.length === 0)
    return (
      <EmptyState icon="chart" title={t('plot.none')}>
        {t('plot.noneText', { history: history('title') })}
      </EmptyState>
    );
  return (
    <div className="v-reports-plots">
      {some.map(({ id, bars }) => (
        <Panel key={id} title={t(`plot.${id}`)}>
          <Bars label={t(`plot.${id}`)} bars={bars} />
        </Panel>
      ))}
    </div>
  );
}

function barsOf(
  values: readonly { readonly code: string; readonly value: Shown; readonly text: string }[],
  name: (code: string) => string,
): readonly Bar[] {
  const longest = Math.max(0, ...values.map(({ value }) => (value === '<5' ? 0 : value)));
  return values.map(({ code, value, text }) => ({
    id: code,
    label: name(code),
    text,
    share: value === '<5' || longest === 0 ? undefined : value / longest,
  }));
}
