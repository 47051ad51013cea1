import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField as AriaCheckboxField,
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
  Text,
} from 'react-aria-components';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';
import { Icon } from './Icon.tsx';
import type { Choice } from './Select.tsx';
import { headOf } from './TextField.tsx';
import './Choice.css';

export interface CheckboxFieldProps {
  readonly children: ReactNode;
  /** What follows from ticking it. */
  readonly description?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly isIndeterminate?: boolean;
}

/** Yes or no. */
export function CheckboxField(props: CheckboxFieldProps) {
  return (
    <AriaCheckboxField
      className="v-choice-field"
      isSelected={props.isSelected}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
      isIndeterminate={props.isIndeterminate ?? false}
    >
      <CheckboxButton className="v-choice">
        {({ isSelected, isIndeterminate }) => (
          <>
            <span className="v-choice-box" aria-hidden="true">
              {isIndeterminate ? <Icon name="minus" /> : isSelected && <Icon name="check" />}
            </span>
            <span className="v-choice-text">{props.children}</span>
          </>
        )}
      </CheckboxButton>
      {props.description !== undefined && (
        <Text slot="description" className="v-choice-detail">
          {props.description}
        </Text>
      )}
    </AriaCheckboxField>
  );
}

export interface RadioGroupProps<Id extends string> extends FieldProps {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly isHorizontal?: boolean;
  readonly isDisabled?: boolean;
}

/** One of a few that deserve to be read side by side. */
export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  const { label, description, error, isOptional, choices, value, onChange } = props;
  return (
    <AriaRadioGroup
      className="v-field"
      orientation={props.isHorizontal === true ? 'horizontal' : 'vertical'}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      value={value}
      onChange={(id) => {
        const choice = choices.find((one) => one.id === id);
        if (choice !== undefined) onChange(choice.id);
      }}
    >
      <FieldHead {...headOf({ label, description, isOptional })} />
      <div className="v-choices" data-horizontal={props.isHorizontal === true || undefined}>
        {choices.map((choice) => (
          <RadioField
            key={choice.id}
            value={choice.id}
            className="v-choice-field"
            isDisabled={choice.isDisabled ?? false}
          >
            <RadioButton className="v-choice">
              <span className="v-choice-box v-choice-round" aria-hidden="true" />
              <span className="v-choice-text">{choice.label}</span>
            </RadioButton>
            {choice.description !== undefined && (
              <Text slot="description" className="v-choice-detail">
                {choice.description}
              </Text>
            )}
          </RadioField>
        ))}
      </div>
      <FieldFault error={error} />
    </AriaRadioGroup>
  );
}
