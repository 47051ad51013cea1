import type { ReactNode } from 'react';
import { useTexts } from './format.ts';
import './StrengthMeter.css';

export interface StrengthMeterProps {
  /** Undefined until it is known: its place is kept, so that nothing moves under the pointer. */
  readonly score: 0 | 1 | 2 | 3 | 4 | undefined;
  /** What would make it stronger, or how long guessing takes: one honest sentence. */
  readonly children?: ReactNode;
}

/** Four marks and a word. It warns; it refuses nothing. */
export function StrengthMeter({ score, children }: StrengthMeterProps) {
  const t = useTexts();
  return (
    <div className="v-strength" data-score={score} role="status">
      <span className="v-strength-marks" aria-hidden="true">
        {[1, 2, 3, 4].map((mark) => (
          <i key={mark} data-on={(score !== undefined && mark <= score) || undefined} />
        ))}
      </span>
      <span className="v-strength-text">
        {score !== undefined && (
          <>
            <span className="v-hidden">{t('password.strength')}</span>
            <b>{t(`password.scores.${score}`)}</b>
            {children !== undefined && <span> {children}</span>}
          </>
        )}
      </span>
    </div>
  );
}
