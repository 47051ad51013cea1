import { useTranslation } from 'react-i18next';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

type Earlier = ValueOf<Contract['ledger']['earlier']>[number];

/** A ledger that the present one continues: how far it came, what was lost, and its evidence. */
export function EarlierLedger({ ledger }: { readonly ledger: Earlier }) {
  const { t } = useTranslation('continuity');
  const { origin, size, root, lostTo } = ledger;
  const act = useAct(async (_: undefined, following) => {
    const picked = await bridge.files.pick({ use: 'out' });
    if (!picked.ok) return picked;
    const token = picked.value[0]?.token;
    if (token?.use !== 'out')
      return { ok: false as const, failure: { code: 'cancelled', message: '' } };
    const out = { id: token.id, use: 'out' as const };
    return bridge.ledger.exportEarlier({ origin, out }, following);
  });
  return (
    <div className="v-continuity-earlier">
      <p>{t('remembered.earlierSize', { count: size, root: root.slice(0, 16) })}</p>
      <p className="v-muted">
        {lostTo === 'unknown'
          ? t('remembered.lostUnknown')
          : lostTo < size
            ? t('remembered.lostNone')
            : t('remembered.lost', {
                entries: t('entries', { from: size, to: lostTo, count: lostTo - size + 1 }),
              })}
      </p>
      <FailureNote failure={act.failure} />
      <div>
        <Button
          size="small"
          icon="download"
          disabledReason={act.isRunning ? t('remembered.exporting') : undefined}
          onPress={() => {
            void act.run(undefined).then((done) => {
              if (!done) return;
              const text = t('remembered.exported', { count: done.entries, name: done.name });
              messages.show({ tone: 'ok', text });
            });
          }}
        >
          {t('remembered.export')}
        </Button>
      </div>
    </div>
  );
}
