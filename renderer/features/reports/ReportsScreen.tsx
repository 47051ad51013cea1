import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickNew, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  CheckboxField,
  DateField,
  Menu,
  PageHeader,
  Skeleton,
  Tabs,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Disclosures } from './Disclosures.tsx';
import { IndicatorTable } from './IndicatorTable.tsx';
import { periodBefore, type Period } from './period.ts';
import { Plots } from './Plots.tsx';
import type { Asked, Report } from './types.ts';
import './reports.css';

const FORMS = ['csv', 'json'] as const;
type Side = 'indicators' | 'plots' | 'disclosures';

/** What the ledger adds up to: indicators, what they are made of, and the disclosure log. */
export function ReportsScreen() {
  const { t } = useTranslation('reports');
  const [period, setPeriod] = useState<Period>({ from: null, to: null });
  const [isPublic, setPublic] = useState(false);
  const [side, setSide] = useState<Side>('indicators');
  const asked = askedOf(period, isPublic);
  const earlier = periodBefore(period);
  const now = useIndicators(asked);
  const before = useIndicators(earlier && askedOf(earlier, isPublic));
  const act = useAct(async (form: (typeof FORMS)[number]) => {
    const what = side === 'disclosures' ? 'disclosures' : 'indicators';
    const picked = await pickNew(`${what}.${form}`);
    return picked.ok ? bridge.reports.save({ ...asked, what, form, out: picked.value }) : picked;
  });
  const save = async (form: (typeof FORMS)[number]) => {
    const done = await act.run(form);
    if (done !== undefined)
      tellWritten(t('save.done', { name: done.name }), done.written, t('save.reveal'));
  };
  const { value, failure } = now;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Menu
            label={t('save.act')}
            entries={FORMS.map((form) => ({
              id: form,
              label: t(`save.${form}`),
              onAction: () => void save(form),
            }))}
          >
            <Button icon="download">{t('save.act')}</Button>
          </Menu>
        }
      />
      <div className="v-reports-asked">
        <DateField
          label={t('from')}
          isOptional
          value={period.from}
          onChange={(from) => {
            setPeriod((given) => ({ ...given, from }));
          }}
        />
        <DateField
          label={t('to')}
          isOptional
          value={period.to}
          onChange={(to) => {
            setPeriod((given) => ({ ...given, to }));
          }}
        />
        <CheckboxField description={t('publicText')} isSelected={isPublic} onChange={setPublic}>
          {t('public')}
        </CheckboxField>
      </div>
      <FailureNote failure={failure ?? act.failure} />
      <Tabs
        label={t('title')}
        selected={side}
        onSelect={setSide}
        tabs={[
          {
            id: 'indicators',
            label: t('side.indicators'),
            content:
              value === undefined ? (
                <Skeleton lines={8} />
              ) : (
                <IndicatorTable now={value.indicators} before={before.value?.indicators} />
              ),
          },
          {
            id: 'plots',
            label: t('side.plots'),
            content:
              value === undefined ? (
                <Skeleton lines={8} />
              ) : (
                <Plots indicators={value.indicators} />
              ),
          },
          {
            id: 'disclosures',
            label: t('side.disclosures'),
            content: <Disclosures asked={asked} />,
          },
        ]}
      />
    </>
  );
}

function askedOf({ from, to }: Period, isPublic: boolean): Asked {
  return {
    ...(from === null ? {} : { since: from }),
    ...(to === null ? {} : { until: to }),
    ...(isPublic ? { isPublic } : {}),
  };
}

/** The report of a period; nothing while no period is asked for. */
function useIndicators(asked: Asked | undefined) {
  return useAnswer<Report | undefined>(
    async () => {
      if (asked === undefined) return { ok: true, value: undefined } as const;
      return bridge.reports.indicators(asked);
    },
    `indicators-${JSON.stringify(asked ?? null)}`,
  );
}
