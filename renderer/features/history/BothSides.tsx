import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, CustodyStrip, Dialog, Skeleton, type Stamp } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useEntrySource, type EntrySource } from './source.ts';
import { useActName, useOutcomeName } from './use-sentence.ts';

type Ask = NonNullable<EntrySource['timeline']>;

/** The life of a package as both offices signed it, when one package is what the list shows. */
export function BothSides({ package: id }: { readonly package: string }) {
  const { t } = useTranslation('history');
  const { timeline } = useEntrySource();
  const [isOpen, setOpen] = useState(false);
  if (timeline === undefined) return null;
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        icon="history"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('sides.act')}
      </Button>
      {isOpen && (
        <Dialog title={t('sides.title')} isOpen onClose={close} size="large">
          <p className="v-muted v-measure">{t('sides.lead')}</p>
          <Sides id={id} ask={timeline} />
        </Dialog>
      )}
    </>
  );
}

function Sides({ id, ask }: { readonly id: string; readonly ask: Ask }) {
  const { t } = useTranslation('history');
  const actName = useActName();
  const outcomeName = useOutcomeName();
  const { value, failure } = useAnswer(() => ask({ package: id }), `timeline-${id}`);
  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (value === undefined) return <Skeleton lines={6} />;
  const stamps = value.map(({ seq, at, side, type, outcome, person, signature }): Stamp => ({
    id: String(seq),
    side,
    at,
    act:
      outcome === undefined
        ? actName(type)
        : t(side === 'ours' ? 'sides.receipt' : 'sides.theirs', { outcome: outcomeName(outcome) }),
    ...(person === undefined ? {} : { person }),
    signature,
  }));
  return <CustodyStrip label={t('sides.label')} stamps={stamps} />;
}
