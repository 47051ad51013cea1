import { useId } from 'react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { SealMark } from './Mark.tsx';
import './Button.css';

type PlainAriaProps = Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'isDisabled' | 'render'
>;

export interface ButtonProps extends PlainAriaProps {
  readonly children: ReactNode;
  /** One primary action a screen; `quiet` has no border; `danger` cannot be taken back. */
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  readonly icon?: IconName;
  /** As wide as its column. */
  readonly isWide?: boolean;
  /** Why it cannot be pressed now. A disabled button always shows its reason, under itself. */
  readonly disabledReason?: string | undefined;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  variant = 'plain',
  size = 'normal',
  icon,
  isWide = false,
  disabledReason,
  className,
  ...rest
}: ButtonProps) {
  return (
    <WithReason reason={disabledReason} isWide={isWide}>
      {(disabled) => (
        <AriaButton
          {...rest}
          {...disabled}
          className={cx('v-button', isWide && 'v-button-wide', className)}
          data-variant={variant}
          data-size={size}
        >
          {icon !== undefined && <Icon name={icon} />}
          <span className="v-button-text">{children}</span>
        </AriaButton>
      )}
    </WithReason>
  );
}

export interface SealButtonProps extends PlainAriaProps {
  readonly children: ReactNode;
  readonly disabledReason?: string | undefined;
  readonly isWide?: boolean;
}

/** The one button in the colour of the seal. It belongs to the act of sealing and to nothing else. */
export function SealButton({ children, disabledReason, isWide = false, ...rest }: SealButtonProps) {
  return (
    <WithReason reason={disabledReason} isWide={isWide}>
      {(disabled) => (
        <AriaButton
          {...rest}
          {...disabled}
          className={cx('v-button', isWide && 'v-button-wide')}
          data-variant="seal"
          data-size="normal"
        >
          <SealMark />
          <span className="v-button-text">{children}</span>
        </AriaButton>
      )}
    </WithReason>
  );
}

interface Disabled {
  readonly isDisabled: boolean;
  readonly 'aria-describedby'?: string;
}

function WithReason({
  reason,
  isWide,
  children,
}: {
  readonly reason: string | undefined;
  readonly isWide: boolean;
  readonly children: (disabled: Disabled | Record<string, never>) => ReactNode;
}) {
  const id = useId();
  if (reason === undefined) return children({});
  return (
    <span className={cx('v-button-blocked', isWide && 'v-button-wide')}>
      {children({ isDisabled: true, 'aria-describedby': id })}
      <span className="v-button-reason" id={id}>
        {reason}
      </span>
    </span>
  );
}
