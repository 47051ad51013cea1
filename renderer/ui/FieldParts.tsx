import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import './Field.css';

/** What every field has round it. */
export interface FieldProps {
  readonly label: string;
  /** One line on what is wanted, under the label. */
  readonly description?: ReactNode;
  /** What is wrong with the value and how to put it right. Shown instead of nothing: never a colour alone. */
  readonly error?: string | undefined;
  /** Marks the field as one that may stay empty. */
  readonly isOptional?: boolean;
}

/** The label (and the word "optional") and the description. Inside a React Aria field. */
export function FieldHead({ label, description, isOptional = false }: FieldProps) {
  const t = useTexts();
  return (
    <>
      <Label className="v-field-label">
        {label}
        {isOptional && <span className="v-field-optional">{t('field.optional')}</span>}
      </Label>
      {description !== undefined && (
        <Text slot="description" className="v-field-description">
          {description}
        </Text>
      )}
    </>
  );
}

/** The error under a React Aria field. */
export function FieldFault({ error }: { readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <FieldError className="v-field-error">
      <Icon name="stop" />
      <span>{error}</span>
    </FieldError>
  );
}
