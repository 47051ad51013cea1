import type { ReactNode } from 'react';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { TONE_ICON } from './tone.ts';
import type { Tone } from './tone.ts';
import './Banner.css';

export interface BannerProps {
  readonly tone: Exclude<Tone, 'neutral'>;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** A state of the whole screen: read-only, not verified, a conflict to settle. */
export function Banner({ tone, title, children, actions, onDismiss }: BannerProps) {
  const t = useTexts();
  return (
    <div className="v-banner" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon
        name={TONE_ICON[tone]}
        size={20}
        label={t(`tone.${tone}`)}
        className={`v-tone-${tone}`}
      />
      <div className="v-banner-text">
        <b>{title}</b>
        {children !== undefined && <div className="v-measure">{children}</div>}
      </div>
      {actions !== undefined && <div className="v-banner-actions">{actions}</div>}
      {onDismiss !== undefined && (
        <IconButton icon="close" label={t('actions.dismiss')} onPress={onDismiss} />
      )}
    </div>
  );
}
