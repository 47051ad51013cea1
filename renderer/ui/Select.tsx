import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import { cx } from './classes.ts';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { headOf } from './TextField.tsx';
import './Overlay.css';
import './Select.css';

export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
}

export interface SelectProps<Id extends string> extends FieldProps {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  /** For filters in a bar: the label is spoken, not shown. */
  readonly isCompact?: boolean;
}

/** One of a few. For long lists use ComboBox or CodePicker. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, description, error, isOptional, choices, value, onChange, placeholder } = props;
  const t = useTexts();
  return (
    <AriaSelect
      className={cx('v-field', props.isCompact === true && 'v-select-compact')}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      value={value}
      onChange={(key) => {
        const choice = choices.find((one) => one.id === key);
        if (choice !== undefined) onChange(choice.id);
      }}
      placeholder={placeholder ?? t('field.choose')}
      {...(props.isCompact === true ? { 'aria-label': label } : {})}
    >
      {props.isCompact !== true && <FieldHead {...headOf({ label, description, isOptional })} />}
      <Button className="v-input-box v-select-button">
        <SelectValue className="v-select-value">
          {({ selectedText, defaultChildren, isPlaceholder }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <Icon name="down" />
      </Button>
      <FieldFault error={error} />
      <Popover className="v-popover" offset={4}>
        <ListBox className="v-list" items={choices}>
          {(choice) => <Option choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One line of a pick-list. */
export function Option({ choice }: { readonly choice: Choice }) {
  return (
    <ListBoxItem
      id={choice.id}
      textValue={choice.label}
      className="v-option"
      isDisabled={choice.isDisabled ?? false}
    >
      {({ isSelected }) => (
        <>
          {isSelected && <Icon name="check" />}
          <Text slot="label" className="v-option-text">
            {choice.label}
          </Text>
          {choice.description !== undefined && (
            <Text slot="description" className="v-option-detail">
              {choice.description}
            </Text>
          )}
        </>
      )}
    </ListBoxItem>
  );
}
