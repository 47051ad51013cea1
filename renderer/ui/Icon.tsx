import { cx } from './classes.ts';
import { ICONS } from './icons.ts';
import type { IconName } from './icons.ts';
import './Icon.css';

export interface IconProps {
  readonly name: IconName;
  /** 16 beside body text, 20 beside titles. */
  readonly size?: 16 | 20 | 24;
  /** Only where no text says the same beside it. */
  readonly label?: string;
  readonly className?: string;
}

/** Icons that point along the line of reading turn round in a right-to-left window. */
const DIRECTED: ReadonlySet<IconName> = new Set(['back', 'next', 'in', 'out', 'send', 'undo']);

export function Icon({ name, size = 16, label, className }: IconProps) {
  const Glyph = ICONS[name];
  const spoken =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <Glyph
      {...spoken}
      size={size}
      strokeWidth={size === 16 ? 1.75 : 1.6}
      focusable="false"
      className={cx('v-icon', DIRECTED.has(name) && 'v-icon-directed', className)}
    />
  );
}
