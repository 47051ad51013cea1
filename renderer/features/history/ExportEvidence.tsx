import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

/** Writes the evidence into a folder that the person picks. */
export function ExportEvidence() {
  const { t } = useTranslation('history');
  const act = useAct(async (_: undefined, following) => {
    const picked = await bridge.files.pick({ use: 'out' });
    if (!picked.ok) return picked;
    const token = picked.value[0]?.token;
    if (token?.use !== 'out')
      return { ok: false as const, failure: { code: 'cancelled', message: '' } };
    return bridge.ledger.export({ out: { id: token.id, use: 'out' } }, following);
  });
  return (
    <>
      <FailureNote failure={act.failure} />
      <Button
        icon="download"
        disabledReason={act.isRunning ? t('exporting') : undefined}
        onPress={() => {
          void act.run(undefined).then((done) => {
            if (!done) return;
            const { written } = done;
            messages.show({
              tone: 'ok',
              text: t('exported', { count: done.entries, name: done.name }),
              ...(written.use === 'written'
                ? {
                    action: {
                      label: t('reveal'),
                      onAction: () => {
                        void bridge.files.reveal({ file: { id: written.id, use: 'written' } });
                      },
                    },
                  }
                : {}),
            });
          });
        }}
      >
        {t('export')}
      </Button>
    </>
  );
}
