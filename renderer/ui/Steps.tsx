import { Button } from 'react-aria-components';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import './Tabs.css';

export type StepState = 'todo' | 'done' | 'attention';

export interface Step<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly state: StepState;
}

export interface StepsProps<Id extends string> {
  readonly label?: string;
  readonly steps: readonly Step<Id>[];
  readonly current: Id;
  readonly onSelect: (id: Id) => void;
}

const MARKS: Readonly<Record<StepState, { icon: IconName; className: string }>> = {
  todo: { icon: 'due', className: 'v-tone-neutral' },
  done: { icon: 'check', className: 'v-tone-ok' },
  attention: { icon: 'warning', className: 'v-tone-warn' },
};

/** Steps that can be left and taken up again in any order, each with its state. */
export function Steps<Id extends string>({ label, steps, current, onSelect }: StepsProps<Id>) {
  const t = useTexts();
  return (
    <nav aria-label={label ?? t('steps.label')}>
      <ol className="v-tab-list v-steps">
        {steps.map((step) => {
          const mark = MARKS[step.state];
          return (
            <li key={step.id}>
              <Button
                className="v-tab"
                onPress={() => onSelect(step.id)}
                {...(step.id === current ? { 'aria-current': 'step' as const } : {})}
              >
                {step.label}
                <Icon
                  name={mark.icon}
                  label={t(`steps.${step.state}`)}
                  className={mark.className}
                />
              </Button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
