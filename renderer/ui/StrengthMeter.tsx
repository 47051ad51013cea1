import type { ReactNode } from 'react';
import { useTexts } from './format.ts';
import './StrengthMeter.css';

export interface StrengthMeterProps {
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** What would make it stronger, or how long guessing takes: one honest sentence. */
  readonly children?: ReactNode;
}

/** Four marks and a word. It warns; it refuses nothing. */
export function StrengthMeter({ score, children }: StrengthMeterProps) {
  const t = useTexts();
  const word = t(`password.scores.${score}`);
  return (
    <div className="v-strength" data-score={score} role="status">
      <span className="v-strength-marks" aria-hidden="true">
        {[1, 2, 3, 4].map((mark) => (
          <i key={mark} data-on={mark <= score || undefined} />
        ))}
      </span>
      <span className="v-strength-text">
        <span className="v-hidden">{t('password.strength')}</span>
        <b>{word}</b>
        {children !== undefined && <span> {children}</span>}
      </span>
    </div>
  );
}
