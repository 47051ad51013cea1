import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, NumberField, Select, TextField } from '../../ui/index.ts';
import { ACT_GROUPS, TYPES_OF, type ActGroup } from '../history/index.ts';
import type { Asked } from './types.ts';

const MOST = 10_000;

export interface SampleFormProps {
  /** What was drawn last, to begin from. */
  readonly last: Asked | undefined;
  /** How many entries there are now. */
  readonly size: number;
  readonly isBusy: boolean;
  readonly onDraw: (asked: Asked) => void;
}

/** What fixes a sample: a seed, how many, of what, and the ledger at which size. */
export function SampleForm({ last, size, isBusy, onDraw }: SampleFormProps) {
  const { t } = useTranslation('audit');
  const { t: words } = useTranslation('history');
  const [seed, setSeed] = useState(last?.seed ?? '');
  const [count, setCount] = useState<number | null>(last?.count ?? 20);
  const [at, setAt] = useState<number | null>(last?.size ?? null);
  const [acts, setActs] = useState<ActGroup>('all');
  const wrong =
    seed.trim() === '' ? t('sample.noSeed') : count === null ? t('sample.noCount') : undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (wrong !== undefined || isBusy || count === null) return;
    const types = TYPES_OF[acts];
    onDraw({
      seed: seed.trim(),
      count,
      ...(at === null ? {} : { size: at }),
      ...(types.length === 0 ? {} : { filter: { types } }),
    });
  };
  return (
    <form className="v-audit-form" onSubmit={submit}>
      <TextField
        label={t('sample.seed')}
        value={seed}
        onChange={setSeed}
        maxLength={200}
        autoComplete="off"
      />
      <NumberField label={t('sample.count')} value={count} onChange={setCount} min={1} max={MOST} />
      <Select<ActGroup>
        label={t('sample.of')}
        choices={ACT_GROUPS.map((id) => ({ id, label: words(`group.${id}`) }))}
        value={acts}
        onChange={setActs}
      />
      <NumberField
        label={t('sample.at', { size })}
        value={at}
        onChange={setAt}
        min={1}
        max={Math.max(1, size)}
        isOptional
      />
      <Button
        type="submit"
        variant="primary"
        icon="dice"
        disabledReason={isBusy ? t('sample.drawing') : wrong}
      >
        {t('sample.draw')}
      </Button>
    </form>
  );
}
