import { ProgressBar } from 'react-aria-components';
import { Button } from './Button.tsx';
import { useFormats, useTexts } from './format.ts';
import './WorkBar.css';

export interface WorkBarProps {
  /** What is going on: "Sealing for 2 recipients". */
  readonly label: string;
  readonly done: number;
  /** Unknown for as long as it is not given: the bar then only says that it works. */
  readonly total?: number;
  /** Units a second. Time left is worked out from it. */
  readonly speed?: number;
  readonly unit?: 'bytes' | 'entries' | 'files';
  /** In the colour of the seal while sealing, and only then. */
  readonly isSealing?: boolean;
  readonly onCancel?: () => void;
  readonly isCancelling?: boolean;
}

/** Work under way: how much, how fast, how long still, and a way to stop it. */
export function WorkBar(props: WorkBarProps) {
  const { label, done, total, speed, unit = 'bytes', onCancel, isCancelling = false } = props;
  const t = useTexts();
  const formats = useFormats();
  const isEnding = total !== undefined && done >= total && total > 0;

  const amount =
    total === undefined
      ? unit === 'bytes'
        ? formats.bytes(done, true)
        : formats.count(done)
      : unit === 'bytes'
        ? t('work.bytes', {
            done: formats.bytes(done, true),
            total: formats.bytes(total, true),
          })
        : t(`work.${unit}`, { done, count: total });
  const pace =
    speed === undefined || speed <= 0
      ? undefined
      : unit === 'bytes'
        ? formats.speed(speed)
        : t(unit === 'entries' ? 'work.speedEntries' : 'work.speedFiles', {
            count: Math.round(speed),
          });
  const left =
    total === undefined || speed === undefined || speed <= 0 || isEnding
      ? undefined
      : t('work.left', { duration: formats.duration((total - done) / speed) });
  const facts = isCancelling
    ? t('work.cancelling')
    : done === 0 && pace === undefined
      ? t('work.starting')
      : [amount, pace, isEnding ? t('work.finishing') : left]
          .filter((fact) => fact !== undefined)
          .join(' · ');

  return (
    <div className="v-work" data-sealing={props.isSealing === true || undefined}>
      <ProgressBar
        className="v-work-bar"
        aria-label={label}
        value={total === undefined ? 0 : done}
        maxValue={total === undefined || total === 0 ? 1 : total}
        isIndeterminate={total === undefined}
        valueLabel={facts}
      >
        {({ percentage, isIndeterminate }) => (
          <>
            <span className="v-work-label">{label}</span>
            <span className="v-work-track" data-busy={isIndeterminate || undefined}>
              <span
                className="v-work-fill"
                style={isIndeterminate ? {} : { inlineSize: `${String(percentage ?? 0)}%` }}
              />
            </span>
            <span className="v-work-facts">{facts}</span>
          </>
        )}
      </ProgressBar>
      {onCancel !== undefined && !isCancelling && (
        <Button size="small" onPress={onCancel}>
          {t('actions.cancel')}
        </Button>
      )}
    </div>
  );
}
