import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { EmptyState, PageHeader, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { SampleForm } from './SampleForm.tsx';
import { SampleResult } from './SampleResult.tsx';
import type { Asked } from './types.ts';
import './audit.css';

/** Entries that a stated seed chooses, looked at one by one. */
export function SampleScreen() {
  const { t } = useTranslation('audit');
  const size = useWindow((state) => state.ledger?.size ?? 0);
  const sample = useWindow((state) => state.sample);
  const setSample = useWindow((state) => state.setSample);
  const draw = useAct((asked: Asked, following) => bridge.audit.sample(asked, following));
  const run = async (asked: Asked) => {
    const drawn = await draw.run(asked);
    // The ledger may grow: what was drawn is fixed by the size at which it was drawn.
    if (drawn) setSample({ asked: { ...asked, size: drawn.size }, drawn, looked: new Set() });
  };
  return (
    <div className="v-audit-filled">
      <PageHeader title={t('sample.title')} description={t('sample.lead')} />
      <SampleForm
        key={sample?.drawn.root ?? ''}
        last={sample?.asked}
        size={size}
        isBusy={draw.isRunning}
        onDraw={(asked) => void run(asked)}
      />
      <FailureNote failure={draw.failure} />
      {draw.isRunning && (
        <WorkBar
          label={t('sample.drawing')}
          done={draw.running?.done ?? 0}
          unit="entries"
          {...(draw.running === undefined ? {} : { total: draw.running.total })}
          onCancel={draw.cancel}
          isCancelling={draw.isCancelling}
        />
      )}
      {sample === undefined ? (
        <EmptyState icon="dice" title={t('sample.none')}>
          {t('sample.noneText')}
        </EmptyState>
      ) : (
        <SampleResult sample={sample} />
      )}
    </div>
  );
}
