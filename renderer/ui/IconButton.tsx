import type { Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { Tooltip } from './Tooltip.tsx';
import './Button.css';

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'render' | 'aria-label'
> {
  readonly icon: IconName;
  /** What it does: the accessible name and the tooltip. */
  readonly label: string;
  readonly shortcut?: string;
  readonly size?: 'small' | 'normal';
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that shows an icon only: always with a name, always with a tooltip. */
export function IconButton({
  icon,
  label,
  shortcut,
  size = 'small',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx('v-icon-button', className)}
        data-size={size}
      >
        <Icon name={icon} size={size === 'small' ? 16 : 20} />
      </AriaButton>
    </Tooltip>
  );
}
