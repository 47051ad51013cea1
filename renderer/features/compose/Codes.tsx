import { memo } from 'react';
import { CheckboxField, CodePicker, type CodeEntry } from '../../ui/index.ts';
import type { Form } from './form.ts';

interface CodesProps {
  readonly label: string;
  readonly description?: string;
  readonly entries: readonly CodeEntry[];
  readonly edit: (patch: Partial<Form>) => void;
}

/*
 * Pickers hold lists of hundreds of codes. They are drawn anew only when their own codes change,
 * not with every letter that is typed beside them.
 */

/** The one code of a list that the form has. */
export const OneCode = memo(function OneCode({
  field,
  value,
  edit,
  ...rest
}: CodesProps & { readonly field: 'instrument'; readonly value: string | null }) {
  return (
    <CodePicker
      {...rest}
      value={value === null ? [] : [value]}
      onChange={([code]) => {
        edit({ [field]: code ?? null });
      }}
      isSingle
    />
  );
});

/** Codes of a list. */
export const Codes = memo(function Codes({
  field,
  value,
  edit,
  isOptional = false,
  ...rest
}: CodesProps & {
  readonly field: 'legalBasis' | 'transferBasis' | 'purposeCodes';
  readonly value: readonly string[];
  readonly isOptional?: boolean;
}) {
  return (
    <CodePicker
      {...rest}
      isOptional={isOptional}
      value={value}
      onChange={(codes) => {
        edit({ [field]: codes });
      }}
    />
  );
});

/** Codes, or the statement that there is none: an empty list says nothing by itself. */
export const CodesOrNone = memo(function CodesOrNone({
  field,
  value,
  none,
  edit,
  ...rest
}: CodesProps & {
  readonly field: 'offences' | 'dataCategories';
  readonly value: readonly string[] | null;
  readonly none: string;
}) {
  return (
    <div className="v-compose-stack">
      <CodePicker
        {...rest}
        value={value ?? []}
        onChange={(codes) => {
          edit({ [field]: codes.length === 0 ? null : codes });
        }}
      />
      {(value === null || value.length === 0) && (
        <CheckboxField
          isSelected={value !== null}
          onChange={(isNone) => {
            edit({ [field]: isNone ? [] : null });
          }}
        >
          {none}
        </CheckboxField>
      )}
    </div>
  );
});
