import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as RowButton } from 'react-aria-components';
import { bridge } from '../../bridge.ts';
import { pickOne } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import {
  Button,
  Icon,
  Panel,
  RadioGroup,
  Section,
  StatusBadge,
  TextArea,
  type IconName,
  type Tone,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ANSWERS, QUESTIONS, RISKS, type Answer, type Form, type Question } from './form.ts';
import type { StepProps } from './WhyStep.tsx';

/** A line of the assessment: one of the seven questions, or the risk that remains. */
export type Line = Question | 'risk';
const LINES: readonly Line[] = [...QUESTIONS, 'risk'];

const MARKS: Readonly<Record<Answer, { icon: IconName; tone: Tone }>> = {
  met: { icon: 'check', tone: 'ok' },
  'not-met': { icon: 'stop', tone: 'bad' },
  'not-applicable': { icon: 'minus', tone: 'neutral' },
};

interface Lines extends StepProps {
  /** The line that is being answered. */
  readonly open: Line | undefined;
  readonly onOpen: (line: Line | undefined) => void;
}

/** The seven questions and the risk: read as a table, answered one at a time. */
export function Assessment(props: Lines) {
  const { t } = useTranslation('compose');
  return (
    <Section title={t('check.assessment')} description={t('check.assessmentHint')}>
      <Panel isPadded={false}>
        <ul className="v-assess">
          {LINES.map((line) => (
            <AssessmentLine key={line} line={line} {...props} />
          ))}
        </ul>
      </Panel>
    </Section>
  );
}

function AssessmentLine({ line, form, edit, open, onOpen }: Lines & { readonly line: Line }) {
  const { t } = useTranslation('compose');
  const row = useRef<HTMLButtonElement>(null);
  const isOpen = open === line;
  const evidence = line === 'risk' ? '' : form.answers[line].evidence;
  const after = LINES[LINES.indexOf(line) + 1];
  return (
    <li>
      <RowButton
        ref={row}
        className="v-assess-row"
        aria-expanded={isOpen}
        onPress={() => {
          onOpen(isOpen ? undefined : line);
        }}
      >
        <span>{line === 'risk' ? t('check.risk') : t(`question.${line}.name`)}</span>
        <Mark line={line} form={form} />
        <span className="v-assess-evidence">{evidence}</span>
        <Icon name="next" />
      </RowButton>
      {isOpen && (
        <LinePanel
          onLeave={() => {
            onOpen(undefined);
            row.current?.focus();
          }}
        >
          {line === 'risk' ? (
            <RadioGroup
              label={t('check.riskAsks')}
              isHorizontal
              choices={RISKS.map((id) => ({ id, label: t(`risk.${id}`) }))}
              value={form.risk}
              onChange={(risk) => {
                edit({ risk });
              }}
            />
          ) : (
            <AnswerFields question={line} form={form} edit={edit} />
          )}
          <div className="v-compose-line">
            {after !== undefined && (
              <Button
                size="small"
                onPress={() => {
                  onOpen(after);
                }}
              >
                {t('check.next')}
              </Button>
            )}
            <Button
              size="small"
              variant="quiet"
              onPress={() => {
                onOpen(undefined);
                row.current?.focus();
              }}
            >
              {t('check.done')}
            </Button>
          </div>
        </LinePanel>
      )}
    </li>
  );
}

/** What a line says, in an icon and a word. */
function Mark({ line, form }: { readonly line: Line; readonly form: Form }) {
  const { t } = useTranslation('compose');
  if (line === 'risk')
    return form.risk === null ? (
      <StatusBadge tone="neutral" icon="due">
        {t('check.open')}
      </StatusBadge>
    ) : (
      <StatusBadge tone={form.risk === 'low' ? 'ok' : 'warn'}>{t(`risk.${form.risk}`)}</StatusBadge>
    );
  const { answer, evidence } = form.answers[line];
  if (answer === null)
    return (
      <StatusBadge tone="neutral" icon="due">
        {t('check.open')}
      </StatusBadge>
    );
  if (answer !== 'not-met' && evidence.trim() === '')
    return <StatusBadge tone="warn">{t('check.unproved')}</StatusBadge>;
  return <StatusBadge {...MARKS[answer]}>{t(`answer.${answer}`)}</StatusBadge>;
}

/** The place where a line is answered: it takes the focus, and gives it back on Escape. */
function LinePanel({
  onLeave,
  children,
}: {
  readonly onLeave: () => void;
  readonly children: React.ReactNode;
}) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'nearest' });
    panel.current?.querySelector<HTMLElement>('input:checked, input')?.focus();
  }, []);
  return (
    <div
      ref={panel}
      className="v-assess-panel"
      role="group"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave();
      }}
    >
      {children}
    </div>
  );
}

function AnswerFields({ question, form, edit }: StepProps & { readonly question: Question }) {
  const { t } = useTranslation('compose');
  const given = form.answers[question];
  const change = (patch: Partial<Form['answers'][Question]>) => {
    edit({ answers: { ...form.answers, [question]: { ...given, ...patch } } });
  };
  const adding = useAct(async (_: undefined) => {
    const picked = await pickOne('evidence');
    return picked.ok ? bridge.packages.digest({ file: picked.value }) : picked;
  });
  const add = async () => {
    const file = await adding.run(undefined);
    if (file === undefined) return;
    const line = t('check.fileLine', { name: file.name, digest: file.sha256 });
    change({ evidence: [given.evidence.trim(), line].filter((part) => part !== '').join('\n') });
  };
  return (
    <>
      <RadioGroup
        label={t(`question.${question}.asks`)}
        isHorizontal
        choices={ANSWERS.map((id) => ({ id, label: t(`answer.${id}`) }))}
        value={given.answer}
        onChange={(answer) => {
          change({ answer });
        }}
      />
      <TextArea
        label={t('check.evidence')}
        description={t(`question.${question}.evidence`)}
        value={given.evidence}
        onChange={(evidence) => {
          change({ evidence });
        }}
        rows={2}
        maxLength={4000}
      />
      <div className="v-compose-line">
        <Button
          size="small"
          icon="file"
          disabledReason={adding.isRunning ? t('check.hashing') : undefined}
          onPress={() => void add()}
        >
          {t('check.addFile')}
        </Button>
        <span className="v-caption v-muted">{t('check.addFileHint')}</span>
      </div>
      <FailureNote failure={adding.failure} />
    </>
  );
}
