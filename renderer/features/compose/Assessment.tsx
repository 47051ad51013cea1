import { useTranslation } from 'react-i18next';
import {
  Icon,
  Panel,
  Section,
  Select,
  TextField,
  type IconName,
  type Tone,
} from '../../ui/index.ts';
import { ANSWERS, QUESTIONS, RISKS, type Answer, type Form, type Question } from './form.ts';
import { answerRowId } from './use-blocks.ts';
import type { StepProps } from './WhyStep.tsx';

const MARKS: Readonly<Record<Answer, { icon: IconName; tone: Tone }>> = {
  met: { icon: 'check', tone: 'ok' },
  'not-met': { icon: 'stop', tone: 'bad' },
  'not-applicable': { icon: 'minus', tone: 'neutral' },
};

/** The seven questions, each with its answer and what it rests on, and the risk. */
export function Assessment({ form, edit }: StepProps) {
  const { t } = useTranslation('compose');
  return (
    <Section title={t('check.assessment')} description={t('check.assessmentHint')}>
      <Panel isPadded={false}>
        <table className="v-assess">
          <thead>
            <tr>
              <th scope="col">{t('check.question')}</th>
              <th scope="col">{t('check.answer')}</th>
              <th scope="col">{t('check.evidence')}</th>
            </tr>
          </thead>
          <tbody>
            {QUESTIONS.map((question) => (
              <QuestionRow key={question} question={question} form={form} edit={edit} />
            ))}
            <tr id={answerRowId('risk')}>
              <th scope="row">
                <span>{t('check.risk')}</span>
                <span className="v-caption v-muted">{t('check.riskHint')}</span>
              </th>
              <td colSpan={2}>
                <Select
                  label={t('check.risk')}
                  isCompact
                  choices={RISKS.map((id) => ({ id, label: t(`risk.${id}`) }))}
                  value={form.risk}
                  onChange={(risk) => {
                    edit({ risk });
                  }}
                />
              </td>
            </tr>
          </tbody>
        </table>
      </Panel>
    </Section>
  );
}

function QuestionRow({ question, form, edit }: StepProps & { readonly question: Question }) {
  const { t } = useTranslation('compose');
  const { answer, evidence } = form.answers[question];
  const name = t(`question.${question}.name`);
  const mark = answer === null ? undefined : MARKS[answer];
  const change = (patch: Partial<Form['answers'][Question]>) => {
    edit({ answers: { ...form.answers, [question]: { answer, evidence, ...patch } } });
  };
  return (
    <tr id={answerRowId(question)}>
      <th scope="row">
        <span>{name}</span>
        <span className="v-caption v-muted">{t(`question.${question}.asks`)}</span>
      </th>
      <td className="v-assess-answer">
        <span className="v-assess-mark">
          {mark !== undefined && <Icon name={mark.icon} className={`v-tone-${mark.tone}`} />}
        </span>
        <Select
          label={t('check.answerTo', { question: name })}
          isCompact
          choices={ANSWERS.map((id) => ({ id, label: t(`answer.${id}`) }))}
          value={answer}
          onChange={(next) => {
            change({ answer: next });
          }}
        />
      </td>
      <td className="v-assess-evidence">
        <TextField
          label={t('check.evidenceFor', { question: name })}
          placeholder={t(`question.${question}.evidence`)}
          value={evidence}
          onChange={(next) => {
            change({ evidence: next });
          }}
          maxLength={4000}
        />
      </td>
    </tr>
  );
}
