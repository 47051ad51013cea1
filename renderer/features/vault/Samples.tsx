import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayloadOf, ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge, type Following } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, StatusBadge } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Door } from './Door.tsx';
import { SampleColumn } from './SampleColumn.tsx';

export type SampleStep = PayloadOf<Contract['samples']['step']>['step'];
type Result = ValueOf<Contract['samples']['start']>;

/** Two throw-away offices side by side: a seal, a receipt and a verified history, all of it real. */
export function Samples({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation('vault');
  const setVault = useWindow((state) => state.setVault);
  const [steps, setSteps] = useState<readonly SampleStep[]>([]);
  const [result, setResult] = useState<Result>();
  const act = useAct((_: undefined, following: Following) => bridge.samples.start({}, following));
  const enter = useAct(async (side: 'sender' | 'receiver') => {
    if (!result) throw new Error('The samples have not been made yet.');
    const chosen = await bridge.vault.choose({ folder: result.vaults[side] });
    if (!chosen.ok) return chosen;
    return bridge.vault.unlock({ passphrase: result.passphrase });
  });
  const { run, cancel } = act;
  const isStarted = useRef(false);

  useEffect(
    () =>
      bridge.samples.onStep(({ step }) => {
        setSteps((now) => [...now, step]);
      }),
    [],
  );
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    void run(undefined).then(setResult);
  }, [run]);

  const back = () => {
    if (act.isRunning) cancel();
    onBack();
  };
  return (
    <Door isWide onBack={back}>
      <section className="v-samples">
        <header>
          <h1>{t('samples.title')}</h1>
          <p className="v-muted">{t('samples.lead')}</p>
        </header>
        <FailureNote failure={act.failure ?? enter.failure} />
        <div className="v-samples-sides">
          {(['sender', 'receiver'] as const).map((side) => (
            <SampleColumn
              key={side}
              side={side}
              steps={steps.filter((step) => step.side === side || step.side === 'both')}
            >
              {result && (
                <Button
                  variant={side === 'sender' ? 'primary' : 'plain'}
                  onPress={() => {
                    void enter.run(side).then((state) => {
                      if (state) setVault(state);
                    });
                  }}
                >
                  {t(`samples.enter.${side}`)}
                </Button>
              )}
            </SampleColumn>
          ))}
        </div>
        <p role="status">
          {result ? (
            <StatusBadge tone="ok">{t('samples.done')}</StatusBadge>
          ) : (
            act.isRunning && <StatusBadge tone="info">{t('samples.running')}</StatusBadge>
          )}
        </p>
      </section>
    </Door>
  );
}
