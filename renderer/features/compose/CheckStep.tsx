import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockList, Section, Skeleton } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Answer } from '../../store/use-answer.ts';
import { Approvers } from './Approvers.tsx';
import { Assessment, type Line } from './Assessment.tsx';
import type { Blocker, Form, PackageView } from './form.ts';
import { SealPanel, type SealResult } from './SealPanel.tsx';
import { useBlocks } from './use-blocks.ts';
import type { Draft } from './use-draft.ts';

/** The last step: what still blocks, the assessment, and the seal. */
export function CheckStep({
  shown,
  form,
  draft,
  check,
  onSealed,
}: {
  readonly shown: PackageView;
  readonly form: Form;
  readonly draft: Draft;
  readonly check: Answer<{
    readonly blockers: readonly Blocker[];
    readonly warnings: readonly Blocker[];
  }>;
  readonly onSealed: (result: SealResult) => void;
}) {
  const { t } = useTranslation('compose');
  const [open, setOpen] = useState<Line>();
  const blocks = useBlocks(shown.id, setOpen);
  const blockers = check.value?.blockers;
  const warnings = check.value?.warnings ?? [];
  return (
    <div className="v-compose-check">
      <div className="v-compose-stack">
        <Section title={t('check.blocks')}>
          <FailureNote failure={check.failure} />
          {blockers === undefined && check.failure === undefined && <Skeleton lines={2} />}
          {blockers !== undefined && (
            <BlockList blocks={blocks(blockers)} whenNone={t('check.nothingBlocks')} />
          )}
        </Section>
        {warnings.length > 0 && (
          <Section title={t('check.look')} description={t('check.lookHint')}>
            <BlockList blocks={blocks(warnings)} />
          </Section>
        )}
        <Assessment form={form} edit={draft.edit} open={open} onOpen={setOpen} />
        <Approvers id={shown.id} form={form} draft={draft} blockers={blockers} />
      </div>
      <SealPanel
        shown={shown}
        form={form}
        draft={draft}
        blocked={blockers === undefined ? undefined : blocks(blockers).length}
        onSealed={onSealed}
      />
    </div>
  );
}
