import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import type { ComposeStep } from '../../routes.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, EmptyState, PageHeader, Skeleton, Steps, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { isDraft } from '../packages/index.ts';
import { CheckStep } from './CheckStep.tsx';
import { FixedView } from './FixedView.tsx';
import { SealedView } from './SealedView.tsx';
import type { SealResult } from './SealPanel.tsx';
import { STEPS, stepStates } from './steps.ts';
import { useDraft, type Draft } from './use-draft.ts';
import { WhatStep } from './WhatStep.tsx';
import { WhoStep } from './WhoStep.tsx';
import { WhyStep } from './WhyStep.tsx';
import './compose.css';

/** A package that is being made: four steps that can be left and taken up again. */
export function ComposeScreen({
  id,
  step = 'what',
}: {
  readonly id: string;
  readonly step?: ComposeStep | undefined;
}) {
  const { t } = useTranslation('compose');
  const go = useWindow((state) => state.go);
  const draft = useDraft(id, step);
  const check = useAnswer(() => bridge.packages.check({ id }), `check-${id}`);
  const [result, setResult] = useState<SealResult>();
  const { package: shown, form, save } = draft;
  const head = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else head.current?.focus();
  }, [step]);

  const toPackages = () => {
    go({ screen: 'packages' });
  };
  const back = { label: t('back'), onPress: toPackages };

  if (shown === undefined)
    return draft.failure === undefined ? (
      <Skeleton lines={6} />
    ) : (
      <>
        <PageHeader title={t('title')} back={back} />
        <FailureNote failure={draft.failure} />
      </>
    );
  if (result !== undefined)
    return (
      <div className="v-compose">
        <PageHeader title={shown.title} eyebrow={caseOf(shown.case)} back={back} />
        <SealedView shown={shown} result={result} />
      </div>
    );
  if (!isDraft(shown.state) || form === undefined)
    return (
      <EmptyState
        icon="stamp"
        title={t('gone.title')}
        actions={
          <Button
            variant="primary"
            onPress={() => {
              go({ screen: 'packages', id });
            }}
          >
            {t('gone.open')}
          </Button>
        }
      >
        {t('gone.text')}
      </EmptyState>
    );

  if (shown.agreement?.isFixed === true)
    return (
      <div className="v-compose">
        <PageHeader
          title={shown.title}
          eyebrow={caseOf(shown.case)}
          description={t('fixed.lead')}
          back={back}
        />
        <FixedView shown={shown} form={form} draft={draft} check={check} onSealed={setResult} />
      </div>
    );

  const states = stepStates(shown, form, check.value?.blockers ?? []);
  const goTo = (next: ComposeStep) => {
    go({ screen: 'compose', id, step: next });
  };
  const next = STEPS[STEPS.indexOf(step) + 1];
  return (
    <div className="v-compose">
      <PageHeader
        title={shown.title}
        eyebrow={<Saved draft={draft} reference={caseOf(shown.case)} />}
        back={back}
      />
      <FailureNote
        failure={draft.saveFailure}
        actions={
          <Button size="small" onPress={() => void save()}>
            {t('saveAgain')}
          </Button>
        }
      />
      <Steps
        steps={STEPS.map((one) => ({ id: one, label: t(`steps.${one}`), state: states[one] }))}
        current={step}
        onSelect={goTo}
      />
      <div
        className="v-compose-step"
        ref={head}
        tabIndex={-1}
        aria-label={t(`steps.${step}`)}
        role="region"
      >
        {step === 'what' && <WhatStep draft={draft} />}
        {step === 'why' && <WhyStep form={form} edit={draft.edit} />}
        {step === 'who' && <WhoStep form={form} edit={draft.edit} />}
        {step === 'check' && (
          <CheckStep shown={shown} form={form} draft={draft} check={check} onSealed={setResult} />
        )}
      </div>
      {next !== undefined && (
        <div className="v-compose-line">
          <Button
            variant="primary"
            onPress={() => {
              goTo(next);
            }}
          >
            {t('goOn', { step: t(`steps.${next}`) })}
          </Button>
        </div>
      )}
    </div>
  );

  function caseOf(reference: string | undefined) {
    return reference === undefined ? undefined : t('case', { reference });
  }
}

/** The case, and whether all that was written is in the vault. */
function Saved({
  draft,
  reference,
}: {
  readonly draft: Draft;
  readonly reference: string | undefined;
}) {
  const { t } = useTranslation('compose');
  const formats = useFormats();
  const { package: shown } = draft;
  const saved =
    draft.saveFailure !== undefined
      ? t('saved.failed')
      : draft.isSaving
        ? t('saved.saving')
        : draft.isDirty
          ? t('saved.not')
          : t('saved.at', { time: shown === undefined ? '' : formats.time(shown.changedAt) });
  return (
    <span role="status">
      {reference === undefined ? saved : t('eyebrow', { reference, saved })}
    </span>
  );
}
