import { Button, Input, NumberField as AriaNumberField } from 'react-aria-components';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';
import { Icon } from './Icon.tsx';
import { headOf } from './TextField.tsx';

export interface NumberFieldProps extends FieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly isDisabled?: boolean;
  /** A name in digits, such as a port: it is never grouped. */
  readonly isName?: boolean;
}

/** A whole number, grouped the reader's way. */
export function NumberField(props: NumberFieldProps) {
  const { label, description, error, isOptional, value, onChange, min, max } = props;
  return (
    <AriaNumberField
      className="v-field"
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      value={value ?? Number.NaN}
      onChange={(number) => onChange(Number.isNaN(number) ? null : number)}
      formatOptions={{ maximumFractionDigits: 0, useGrouping: props.isName !== true }}
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
    >
      <FieldHead {...headOf({ label, description, isOptional })} />
      <span className="v-input-box">
        <Input className="v-input-bare v-num" />
        <Button slot="decrement" className="v-icon-button">
          <Icon name="minus" />
        </Button>
        <Button slot="increment" className="v-icon-button">
          <Icon name="add" />
        </Button>
      </span>
      <FieldFault error={error} />
    </AriaNumberField>
  );
}
