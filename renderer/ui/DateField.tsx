import { parseDate } from '@internationalized/date';
import type { CalendarDate } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { FieldFault, FieldHead } from './FieldParts.tsx';
import type { FieldProps } from './FieldParts.tsx';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import { headOf } from './TextField.tsx';
import './DateField.css';
import './Overlay.css';

export interface DateFieldProps extends FieldProps {
  /** A calendar date, YYYY-MM-DD. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly min?: string;
  readonly max?: string;
  readonly isDisabled?: boolean;
}

/** A calendar date, typed in the reader's own order or picked from a month. */
export function DateField(props: DateFieldProps) {
  const { label, description, error, isOptional, value, onChange, min, max } = props;
  const t = useTexts();
  return (
    <DatePicker
      className="v-field"
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      value={value === null ? null : civil(value)}
      onChange={(date) => onChange(date === null ? null : date.toString())}
      {...(min === undefined ? {} : { minValue: parseDate(min) })}
      {...(max === undefined ? {} : { maxValue: parseDate(max) })}
    >
      <FieldHead {...headOf({ label, description, isOptional })} />
      <Group className="v-input-box v-date">
        <DateInput className="v-date-input">
          {(segment) => <DateSegment segment={segment} className="v-date-segment" />}
        </DateInput>
        <Button className="v-icon-button" aria-label={t('field.calendar')}>
          <Icon name="calendar" />
        </Button>
      </Group>
      <FieldFault error={error} />
      <Popover className="v-popover" offset={4}>
        <Dialog className="v-calendar">
          <Calendar>
            <header className="v-calendar-head">
              <Button slot="previous" className="v-icon-button">
                <Icon name="back" />
              </Button>
              <Heading className="v-calendar-title" />
              <Button slot="next" className="v-icon-button">
                <Icon name="next" />
              </Button>
            </header>
            <CalendarGrid className="v-calendar-grid">
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => <CalendarCell date={date} className="v-calendar-day" />}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function civil(value: string): CalendarDate {
  return parseDate(value.slice(0, 10));
}
