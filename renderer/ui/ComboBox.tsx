import {
  Button,
  ComboBox as AriaComboBox,
  Group,
  Input,
  ListBox,
  Popover,
} from 'react-aria-components';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { Option } from './Select.tsx';
import type { Choice } from './Select.tsx';
import { headOf } from './TextField.tsx';
import './Overlay.css';
import './Select.css';

export interface ComboBoxProps<Id extends string> extends FieldProps {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (value: Id | null) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

/** One of many, found by typing: a country, a contact, a case. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const { label, description, error, isOptional, choices, value, onChange, placeholder } = props;
  const t = useTexts();
  return (
    <AriaComboBox
      className="v-field"
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      defaultItems={choices}
      value={value}
      onChange={(key) => onChange(choices.find((one) => one.id === key)?.id ?? null)}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <FieldHead {...headOf({ label, description, isOptional })} />
      <Group className="v-input-box">
        <Input className="v-input-bare" {...(placeholder === undefined ? {} : { placeholder })} />
        <Button className="v-icon-button">
          <Icon name="down" />
        </Button>
      </Group>
      <FieldFault error={error} />
      <Popover className="v-popover" offset={4}>
        <ListBox<Choice<Id>>
          className="v-list"
          renderEmptyState={() => <div className="v-list-empty">{t('field.noMatch')}</div>}
        >
          {(choice) => <Option choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
