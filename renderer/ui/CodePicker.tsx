import { useContext, useEffect, useRef, useState } from 'react';
import {
  Button,
  ComboBox as AriaComboBox,
  ComboBoxStateContext,
  Group,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { searchCodes } from './code-search.ts';
import type { CodeEntry } from './code-search.ts';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { TagList } from './Tag.tsx';
import { headOf } from './TextField.tsx';
import './CodePicker.css';
import './Overlay.css';

export interface CodePickerProps extends FieldProps {
  readonly entries: readonly CodeEntry[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** Several codes (the default), or one that a new choice replaces. */
  readonly isSingle?: boolean;
  readonly isDisabled?: boolean;
}

/**
 * Codes of a vocabulary, found by code and by word. A code that the list does not know is kept and
 * shown as it came, flagged.
 */
export function CodePicker(props: CodePickerProps) {
  const { label, description, error, isOptional, entries, value, onChange } = props;
  const t = useTexts();
  const [query, setQuery] = useState('');
  const [turn, setTurn] = useState(0);
  const isSingle = props.isSingle ?? false;
  const open = isSingle ? entries : entries.filter((entry) => !value.includes(entry.code));
  const choose = (code: string) => {
    onChange(isSingle ? [code] : value.includes(code) ? value : [...value, code]);
    setQuery('');
    setTurn((before) => before + 1);
  };
  return (
    <div className="v-codes">
      <AriaComboBox
        className="v-field"
        isInvalid={error !== undefined}
        isDisabled={props.isDisabled ?? false}
        items={searchCodes(open, query)}
        inputValue={query}
        onInputChange={setQuery}
        value={null}
        onChange={(key) => {
          if (key !== null) choose(String(key));
        }}
        menuTrigger="focus"
        allowsEmptyCollection
      >
        <FieldHead {...headOf({ label, description, isOptional })} />
        <Group className="v-input-box">
          <Icon name="search" />
          <Input className="v-input-bare" placeholder={t('codes.hint')} />
          <Button className="v-icon-button">
            <Icon name="down" />
          </Button>
        </Group>
        <FieldFault error={error} />
        <ClosesOnChoice turn={turn} />
        <Popover className="v-popover v-codes-popover" offset={4}>
          <ListBox<CodeEntry>
            className="v-list"
            renderEmptyState={() => <div className="v-list-empty">{t('field.noMatch')}</div>}
          >
            {(entry) => (
              <ListBoxItem
                id={entry.code}
                textValue={`${entry.code} ${entry.label}`}
                className="v-option v-code"
              >
                <span className="v-mono v-code-code">{entry.code}</span>
                <Text slot="label" className="v-code-label">
                  {entry.label}
                </Text>
                {entry.note !== undefined && <span className="v-code-note">{entry.note}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </AriaComboBox>
      {value.length > 0 && (
        <TagList
          label={t('codes.chosen')}
          tags={value.map((code) => {
            const entry = entries.find((one) => one.code === code);
            return entry === undefined
              ? { id: code, code, text: t('codes.unknown'), tone: 'warn' as const }
              : { id: code, code, text: entry.label };
          })}
          onRemove={(code) => onChange(value.filter((one) => one !== code))}
        />
      )}
    </div>
  );
}

/**
 * Closes the list once something was chosen. What was looked for is emptied then, which would open
 * the list anew under the pointer, and the Tab key would choose whatever the pointer is over.
 */
function ClosesOnChoice({ turn }: { readonly turn: number }) {
  const state = useContext(ComboBoxStateContext);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (turn > 0) latest.current?.close();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [turn]);
  return null;
}
