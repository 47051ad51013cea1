import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Banner,
  Button,
  Drawer,
  EmptyState,
  KeyValue,
  Panel,
  Skeleton,
  StatusBadge,
  useFormats,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { EarlierLedger } from './EarlierLedger.tsx';
import './continuity.css';

type Anchor = ValueOf<Contract['ledger']['anchors']>[number];

/** Everything outside the ledger that remembers it, and the ledgers that it continues. */
export function Remembered() {
  const { t } = useTranslation('continuity');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        icon="fingerprint"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('remembered.open')}
      </Button>
      <Drawer
        title={t('remembered.title')}
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
        }}
      >
        {isOpen && <RememberedPlaces />}
      </Drawer>
    </>
  );
}

/** What they remember, and how this ledger stands to it. */
export function RememberedPlaces() {
  const { t } = useTranslation('continuity');
  const problem = useWindow((state) => state.ledger?.anchorProblem);
  const anchors = useAnswer(() => bridge.ledger.anchors(), 'anchors');
  const earlier = useAnswer(() => bridge.ledger.earlier(), 'earlier');
  return (
    <div className="v-continuity-stack">
      <p className="v-muted">{t('remembered.lead')}</p>
      {problem !== undefined && (
        <Banner tone="warn" title={t('remembered.problem', { problem })}>
          {t('remembered.problemText')}
        </Banner>
      )}
      <FailureNote failure={anchors.failure ?? earlier.failure} />
      {anchors.value === undefined && anchors.failure === undefined && <Skeleton lines={4} />}
      {anchors.value?.length === 0 && (
        <EmptyState icon="fingerprint" title={t('remembered.none')} />
      )}
      {anchors.value?.map((anchor) => (
        <Place key={`${anchor.where} ${String(anchor.size)}`} anchor={anchor} />
      ))}
      {earlier.value !== undefined && earlier.value.length > 0 && (
        <Panel title={t('remembered.earlier')}>
          <div className="v-continuity-stack">
            {earlier.value.map((ledger) => (
              <EarlierLedger key={ledger.origin} ledger={ledger} />
            ))}
          </div>
        </Panel>
      )}
    </div>
  );
}

function Place({ anchor }: { readonly anchor: Anchor }) {
  const { t } = useTranslation('continuity');
  const formats = useFormats();
  const { where, name, verdict } = anchor;
  const isGood = verdict !== 'rollback' && verdict !== 'fork';
  const who = where === 'this-computer' ? t('remembered.self') : (name ?? where);
  return (
    <Panel
      title={who}
      actions={
        <StatusBadge tone={isGood ? 'ok' : 'bad'}>{t(`remembered.verdict.${verdict}`)}</StatusBadge>
      }
    >
      <KeyValue
        isStacked
        facts={[
          { term: t('remembered.size'), value: formats.count(anchor.size) },
          { term: t('remembered.when'), value: formats.exact(anchor.at) },
        ]}
      />
    </Panel>
  );
}
