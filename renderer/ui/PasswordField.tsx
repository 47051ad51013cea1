import { useId, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import './Field.css';

export interface PasswordFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  /**
   * The way to the value. The field is uncontrolled: the passphrase lives in the input alone, is
   * read from here for the length of one call, and is never in React's state.
   */
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly autoComplete?: 'current-password' | 'new-password' | 'off';
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
  /** Told at each keystroke, for a strength estimate. Keep what it says, never the text. */
  readonly onType?: (value: string) => void;
  /** A StrengthMeter. */
  readonly meter?: ReactNode;
}

/** A passphrase, with a way to see it and a warning for Caps Lock. */
export function PasswordField({
  label,
  description,
  error,
  inputRef,
  autoComplete = 'off',
  autoFocus = false,
  isDisabled = false,
  onType,
  meter,
}: PasswordFieldProps) {
  const t = useTexts();
  const id = useId();
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const notes = [
    description !== undefined && `${id}-description`,
    error !== undefined && `${id}-error`,
    hasCapsLock && `${id}-caps`,
  ].filter((note) => note !== false);
  return (
    <div className="v-field" data-invalid={error !== undefined || undefined}>
      <label className="v-field-label" htmlFor={id}>
        {label}
      </label>
      {description !== undefined && (
        <span className="v-field-description" id={`${id}-description`}>
          {description}
        </span>
      )}
      <span className="v-input-box">
        <input
          className="v-input-bare"
          id={id}
          ref={inputRef}
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          autoCapitalize="off"
          spellCheck={false}
          disabled={isDisabled}
          aria-invalid={error !== undefined}
          aria-describedby={notes.length === 0 ? undefined : notes.join(' ')}
          onInput={(event) => onType?.(event.currentTarget.value)}
          onKeyUp={watchCapsLock}
          onKeyDown={watchCapsLock}
          onBlur={() => setCapsLock(false)}
        />
        <IconButton
          icon={isShown ? 'hide' : 'show'}
          label={isShown ? t('password.hide') : t('password.show')}
          aria-pressed={isShown}
          onPress={() => setShown(!isShown)}
        />
      </span>
      {hasCapsLock && (
        <span className="v-field-error v-tone-warn" id={`${id}-caps`} role="status">
          <Icon name="warning" />
          {t('password.capsLock')}
        </span>
      )}
      {error !== undefined && (
        <span className="v-field-error" id={`${id}-error`} role="alert">
          <Icon name="stop" />
          {error}
        </span>
      )}
      {meter}
    </div>
  );
}
