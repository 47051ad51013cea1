import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, TrustSentence, useFormats, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

/** Recomputes the whole ledger, with a bar; says what came of it in one sentence. */
export function VerifyNow() {
  const { t } = useTranslation('history');
  const formats = useFormats();
  const ledger = useWindow((state) => state.ledger);
  const setVerifying = useWindow((state) => state.setVerifying);
  const setLedger = useWindow((state) => state.setLedger);
  const act = useAct(async (_: undefined, following) => {
    const reply = await bridge.ledger.verify(
      {},
      {
        ...following,
        onProgress: (progress) => {
          setVerifying({ done: progress.done, total: progress.total });
          following.onProgress?.(progress);
        },
      },
    );
    setVerifying(undefined);
    const status = await bridge.ledger.status();
    if (status.ok) setLedger(status.value);
    return reply;
  });
  return (
    <div className="v-history-verify">
      <div className="v-history-verdict">
        {ledger?.state === 'verified' && ledger.verified && (
          <TrustSentence tone="ok">
            {t('verified', {
              count: ledger.verified.entries,
              when: formats.when(ledger.verified.at),
            })}
          </TrustSentence>
        )}
        {ledger?.state === 'broken' && (
          <TrustSentence tone="bad">
            {t('broken', { seq: ledger.problem?.seq ?? 0, code: ledger.problem?.code ?? '' })}
          </TrustSentence>
        )}
        {ledger?.state === 'not-verified' && (
          <TrustSentence tone="warn">{t('notVerified')}</TrustSentence>
        )}
        <FailureNote failure={act.failure} />
        {act.isRunning && (
          <WorkBar
            label={t('verifying')}
            done={act.running?.done ?? 0}
            unit="entries"
            {...(act.running === undefined ? {} : { total: act.running.total })}
            {...(act.running?.speed === undefined ? {} : { speed: act.running.speed })}
            onCancel={act.cancel}
            isCancelling={act.isCancelling}
          />
        )}
      </div>
      <Button
        variant="primary"
        icon="verified"
        disabledReason={act.isRunning ? t('verifying') : undefined}
        onPress={() => {
          void act.run(undefined);
        }}
      >
        {t('verify')}
      </Button>
    </div>
  );
}
