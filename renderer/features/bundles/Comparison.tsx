import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickOne, tellWritten } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Select, TrustSentence, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { PairTable } from './PairTable.tsx';
import { PAIR_STATES, type Bundle, type PairState, type Totals } from './types.ts';

export interface ComparisonProps {
  readonly a: Bundle;
  readonly b: Bundle;
}

type Shown = PairState | 'all';

/** What two bundles come to: a sentence, a list to go through, and a file to take along. */
export function Comparison({ a, b }: ComparisonProps) {
  const { t } = useTranslation('bundles');
  const both = { a: a.id, b: b.id };
  const isPossible = a.state !== 'failed' && b.state !== 'failed';
  const [totals, setTotals] = useState<Totals>();
  const [shown, setShown] = useState<Shown>('all');
  const compare = useAct((ids: typeof both, following) => bridge.bundles.compare(ids, following));
  const save = useAct(async (format: 'csv' | 'json', following) => {
    const out = await pickOne('out');
    if (!out.ok) return out;
    return bridge.bundles.save({ ...both, out: out.value, format }, following);
  });
  const { run } = compare;
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current || !isPossible) return;
    isStarted.current = true;
    void run({ a: a.id, b: b.id }).then((done) => {
      setTotals(done?.totals);
    });
  }, [a.id, b.id, isPossible, run]);

  if (!isPossible) return <TrustSentence tone="bad">{t('compare.impossible')}</TrustSentence>;
  return (
    <section className="v-bundle-comparison" aria-label={t('compare.title')}>
      <FailureNote failure={compare.failure ?? save.failure} />
      {compare.isRunning && (
        <WorkBar
          label={t('compare.running')}
          done={compare.running?.done ?? 0}
          unit="entries"
          {...(compare.running === undefined ? {} : { total: compare.running.total })}
          onCancel={compare.cancel}
          isCancelling={compare.isCancelling}
        />
      )}
      {totals !== undefined && (
        <>
          <Outcome a={a} b={b} totals={totals} />
          <div className="v-bundle-bar">
            <Select<Shown>
              label={t('compare.show')}
              isCompact
              value={shown}
              onChange={setShown}
              choices={(['all', ...PAIR_STATES] as const).map((id) => ({
                id,
                label: t('compare.choice', {
                  state: t(`state.${id}`),
                  count: id === 'all' ? sumOf(totals) : totals[id],
                }),
              }))}
            />
            {(['csv', 'json'] as const).map((format) => (
              <Button
                key={format}
                icon="download"
                onPress={() => {
                  void save.run(format).then((file) => {
                    if (!file) return;
                    tellWritten(t('saved', { name: file.name }), file.written, t('reveal'));
                  });
                }}
              >
                {t(`saveAs.${format}`)}
              </Button>
            ))}
          </div>
          <PairTable {...both} states={shown === 'all' ? undefined : shown} />
        </>
      )}
    </section>
  );
}

function Outcome({ a, b, totals }: ComparisonProps & { readonly totals: Totals }) {
  const { t } = useTranslation('bundles');
  const wrong = totals.differs + totals['only-in-a'] + totals['only-in-b'];
  const isConfirmed = a.confirmed === a.size && b.confirmed === b.size;
  const all = sumOf(totals);
  const sentence =
    all === 0
      ? t('compare.nothing')
      : wrong > 0
        ? t('compare.disagree', { count: wrong, all })
        : t('compare.agree', { count: all });
  return (
    <TrustSentence
      size="large"
      tone={wrong > 0 ? 'bad' : isConfirmed && all > 0 ? 'ok' : 'warn'}
      facts={PAIR_STATES.map((state) => ({ term: t(`state.${state}`), value: totals[state] }))}
    >
      {sentence} {totals.pending > 0 && t('compare.pending', { count: totals.pending })}{' '}
      {!isConfirmed && t('compare.unconfirmed')}
    </TrustSentence>
  );
}

function sumOf(totals: Totals): number {
  return PAIR_STATES.reduce((sum, state) => sum + totals[state], 0);
}
