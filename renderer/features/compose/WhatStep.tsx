import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { DropZone, Section, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { tokensOf } from '../packages/index.ts';
import { FileRows } from './FileRows.tsx';
import type { DraftFile } from './form.ts';
import { MinimiseDialog } from './MinimiseDialog.tsx';
import { SurveyNote } from './SurveyNote.tsx';
import type { Draft } from './use-draft.ts';

/** What goes in: dropped or picked, hashed as it comes, each file with what it is. */
export function WhatStep({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('compose');
  const files = draft.package?.draftFiles ?? [];
  const { adding: act, changing } = draft;
  const [table, setTable] = useState<DraftFile>();

  const drop = async (dropped: readonly File[]) => {
    const reply = await bridge.files.dropped(dropped, { use: 'payload' });
    if (reply.ok) await add(reply.value);
  };
  const pick = async (kind: 'files' | 'folder') => {
    const reply = await bridge.files.pick({
      use: 'payload',
      multiple: true,
      folders: kind === 'folder',
    });
    if (reply.ok) await add(reply.value);
  };
  const add = async (chosen: Parameters<typeof tokensOf>[0]) => {
    const tokens = tokensOf(chosen, 'payload');
    if (tokens.length > 0) await act.run(tokens);
  };

  return (
    <div className="v-compose-stack">
      <Section title={t('what.title')} description={t('what.description')}>
        <DropZone
          title={t('what.drop')}
          hint={t('what.dropHint')}
          onDropped={(dropped) => void drop(dropped)}
          onPick={(kind) => void pick(kind)}
          canPickFolder
          isCompact={files.length > 0}
          isDisabled={act.isRunning}
        />
        {act.isRunning && (
          <WorkBar
            label={t('what.hashing')}
            done={act.running?.done ?? 0}
            {...(act.running === undefined ? {} : { total: act.running.total })}
            {...(act.running?.speed === undefined ? {} : { speed: act.running.speed })}
            onCancel={act.cancel}
            isCancelling={act.isCancelling}
          />
        )}
        <FailureNote failure={act.failure ?? changing.failure} />
        {draft.survey !== undefined && (
          <SurveyNote survey={draft.survey} onDismiss={draft.dismissSurvey} />
        )}
      </Section>
      {files.length > 0 && (
        <FileRows
          files={files}
          bytes={draft.package?.bytes ?? 0}
          contents={draft.package?.contents ?? []}
          isBusy={act.isRunning || changing.isRunning}
          onDescribe={(path, description) =>
            void changing.run({ describe: { [path]: description } })
          }
          onRemove={(path) => void changing.run({ remove: [path] })}
          onMinimise={setTable}
        />
      )}
      {table !== undefined && draft.package !== undefined && (
        <MinimiseDialog
          id={draft.package.id}
          file={table}
          onClose={() => {
            setTable(undefined);
          }}
        />
      )}
    </div>
  );
}
