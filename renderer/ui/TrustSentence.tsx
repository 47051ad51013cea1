import type { ReactNode } from 'react';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { Fold } from './Panel.tsx';
import { KeyValue } from './KeyValue.tsx';
import type { Fact } from './KeyValue.tsx';
import type { Tone } from './tone.ts';
import './TrustSentence.css';

export interface TrustSentenceProps {
  readonly tone: Exclude<Tone, 'neutral'>;
  /** The whole result as one sentence (or two), names first. */
  readonly children: ReactNode;
  /** What the sentence rests on, folded. */
  readonly facts?: readonly Fact[];
  /** `large` on a screen of its own, `normal` inside a list or a panel. */
  readonly size?: 'normal' | 'large';
  readonly isOpenAtFirst?: boolean;
}

const ICONS: Readonly<Record<TrustSentenceProps['tone'], IconName>> = {
  ok: 'verified',
  warn: 'warning',
  bad: 'stop',
  info: 'info',
};

/** What a verification found, in words a person can repeat. */
export function TrustSentence(props: TrustSentenceProps) {
  const { tone, children, facts, size = 'normal', isOpenAtFirst = false } = props;
  const t = useTexts();
  return (
    <div className="v-trust" data-size={size} data-tone={tone}>
      <Icon
        name={ICONS[tone]}
        size={size === 'large' ? 24 : 20}
        label={t(`tone.${tone}`)}
        className={`v-tone-${tone}`}
      />
      <div className="v-trust-text">
        <p>{children}</p>
        {facts !== undefined && facts.length > 0 && (
          <Fold title={t('trust.facts')} isOpenAtFirst={isOpenAtFirst}>
            <KeyValue facts={facts} />
          </Fold>
        )}
      </div>
    </div>
  );
}
