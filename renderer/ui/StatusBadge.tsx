import type { ReactNode } from 'react';
import { cx } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { TONE_ICON } from './tone.ts';
import type { Tone } from './tone.ts';
import './StatusBadge.css';

export interface StatusBadgeProps {
  readonly tone: Tone;
  /** The word. The icon and the colour only repeat it. */
  readonly children: ReactNode;
  readonly icon?: IconName;
  /** `boxed` where it stands alone, `plain` in rows. */
  readonly look?: 'plain' | 'boxed';
}

/** A state: an icon and a word. */
export function StatusBadge({ tone, children, icon, look = 'plain' }: StatusBadgeProps) {
  return (
    <span className={cx('v-status', `v-tone-${tone}`)} data-look={look}>
      <Icon name={icon ?? TONE_ICON[tone]} />
      <span>{children}</span>
    </span>
  );
}
