import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { useFormats, type Block } from '../../ui/index.ts';
import type { Line } from './Assessment.tsx';
import { QUESTIONS, type Blocker } from './form.ts';

const FIELDS = [
  'purpose',
  'instrument',
  'legalBasis',
  'offences',
  'dataCategories',
  'affectedIndividuals',
  'origin',
  'handling',
  'retention',
] as const;

/** What blocks, in the window's own words; a code that is not known here keeps its sentence. */
export function useBlockText(): (blocker: Blocker) => string {
  const { t, i18n } = useTranslation('compose');
  return ({ code, message, params }) => {
    if (!i18n.exists(`block.${code}`, { ns: 'compose' })) return message;
    const question = QUESTIONS.find((name) => name === params['question']);
    const rules = params['rules']?.split(' ').map((rule) => t(`block.${rule}` as never));
    const path = params['path']?.replace(/^data\//, '');
    return t(`block.${code}` as never, {
      ...params,
      ...(path === undefined ? {} : { path }),
      ...(rules === undefined ? {} : { because: rules.join(' ') }),
      ...(question === undefined ? {} : { question: t(`question.${question}.name`) }),
    });
  };
}

/**
 * What still blocks, each line with the one act that mends it. Fields that nobody filled in are one
 * line, and so are questions that nobody answered.
 */
export function useBlocks(
  id: string,
  onAnswer: (line: Line) => void,
): (blockers: readonly Blocker[]) => readonly Block[] {
  const { t } = useTranslation('compose');
  const { list } = useFormats();
  const textOf = useBlockText();
  const go = useWindow((state) => state.go);

  const toStep = (step: 'what' | 'why' | 'who') => ({
    label: t(`act.${step}`),
    onAction: () => {
      go({ screen: 'compose', id, step });
    },
  });
  const toAnswer = (line: Line) => ({
    label: t('act.answer'),
    onAction: () => {
      onAnswer(line);
    },
  });
  const toContact = (label: string, fingerprint: string) => ({
    label,
    onAction: () => {
      go({ screen: 'contacts', fingerprint });
    },
  });
  const actOf = ({ code, step, params }: Blocker): Block['action'] => {
    const { fingerprint } = params;
    if (code === 'case-closed')
      return {
        label: t('act.case'),
        onAction: () => {
          go({ screen: 'cases' });
        },
      };
    if (fingerprint !== undefined && code === 'recipient-unverified')
      return toContact(t('act.compare'), fingerprint);
    if (fingerprint !== undefined && code === 'recipient-conflict')
      return toContact(t('act.settle'), fingerprint);
    if (fingerprint !== undefined && code.startsWith('certificate-'))
      return toContact(t('act.contact'), fingerprint);
    if (code === 'risk-too-low') return toAnswer('risk');
    if (code.startsWith('approv') || code === 'not-the-sender') return undefined;
    const line = QUESTIONS.find((question) => question === params['question']) ?? 'risk';
    return step === 'check' ? toAnswer(line) : toStep(step);
  };

  return (blockers) => {
    const fields = FIELDS.filter((field) =>
      blockers.some(({ code, params }) => code === 'field-missing' && params['field'] === field),
    );
    const open = QUESTIONS.filter((question) =>
      blockers.some(
        ({ code, params }) => code === 'answer-missing' && params['question'] === question,
      ),
    );
    const others = blockers.filter(
      ({ code }) => code !== 'field-missing' && code !== 'answer-missing',
    );
    const lines: Block[] = others.map((blocker, index) => {
      const action = actOf(blocker);
      return {
        id: `${blocker.code} ${String(index)}`,
        text: textOf(blocker),
        ...(action === undefined ? {} : { action }),
      };
    });
    if (fields.length > 0)
      lines.push({
        id: 'fields',
        text: t('block.fields', { names: list(fields.map((field) => t(`field.${field}`))) }),
        action: toStep('why'),
      });
    const [first] = open;
    if (first !== undefined)
      lines.push({
        id: 'answers',
        text:
          open.length === QUESTIONS.length
            ? t('block.noAnswers')
            : t('block.answers', {
                count: open.length,
                names: list(open.map((question) => t(`question.${question}.name`))),
              }),
        action: toAnswer(first),
      });
    return lines;
  };
}
