import type { Ref } from 'react';
import { Input, TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { cx } from './classes.ts';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';

type OwnAria = Omit<
  AriaTextFieldProps,
  'children' | 'className' | 'style' | 'render' | 'isInvalid' | 'ref'
>;

export interface TextFieldProps extends FieldProps, OwnAria {
  readonly placeholder?: string;
  /** Codes, digests, keys. */
  readonly isMono?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { label, description, error, isOptional, placeholder, isMono, inputRef, ...rest } = props;
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className="v-field">
      <FieldHead {...headOf({ label, description, isOptional })} />
      <Input
        className={cx('v-input', isMono === true && 'v-input-mono')}
        spellCheck={isMono === true ? 'false' : undefined}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
      />
      <FieldFault error={error} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends FieldProps, OwnAria {
  readonly placeholder?: string;
  readonly rows?: number;
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { label, description, error, isOptional, placeholder, rows = 4, ...rest } = props;
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className="v-field">
      <FieldHead {...headOf({ label, description, isOptional })} />
      <AriaTextArea
        className="v-input v-textarea"
        rows={rows}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <FieldFault error={error} />
    </AriaTextField>
  );
}

/** The props of a field's head, without those that were not given. */
export function headOf(props: {
  readonly label: string;
  readonly description: FieldProps['description'];
  readonly isOptional: boolean | undefined;
}): FieldProps {
  return {
    label: props.label,
    isOptional: props.isOptional ?? false,
    ...(props.description === undefined ? {} : { description: props.description }),
  };
}
