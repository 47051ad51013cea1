import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reply } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useFormats } from '../../ui/index.ts';
import { ActDialog } from './ActDialog.tsx';
import type { ActProps } from './DecisionDialogs.tsx';
import type { PackageView } from './types.ts';
import { ReasonFields } from './ReasonFields.tsx';

/** The word of a second person: what it says, and the act. */
function WordDialog({
  name,
  say,
  onClose,
  blocked,
  children,
}: {
  readonly name: 'approve' | 'refuse';
  readonly say: () => Promise<Reply<PackageView>>;
  readonly onClose: () => void;
  readonly blocked?: string | undefined;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('packages');
  const saying = useAct(say);
  const run = async () => {
    if ((await saying.run(undefined)) === undefined) return;
    messages.show({ tone: 'ok', text: t(`${name}.done`) });
    onClose();
  };
  return (
    <ActDialog
      title={t(`${name}.title`)}
      act={t(`${name}.act`)}
      acting={saying}
      onAct={run}
      onClose={onClose}
      blocked={blocked}
    >
      {children}
    </ActDialog>
  );
}

/** Signs the manifest with the own key. */
export function ApproveDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  return (
    <WordDialog
      name="approve"
      say={() => bridge.approvals.approve({ id: shown.id })}
      onClose={onClose}
    >
      <p>{t('approve.text', { count: shown.files, names: formats.list(shown.people) })}</p>
      <p>{t('approve.signs')}</p>
    </WordDialog>
  );
}

/** Says no, with a reason. */
export function RefuseDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [reason, setReason] = useState<string>();
  const [note, setNote] = useState('');
  return (
    <WordDialog
      name="refuse"
      blocked={reason === undefined ? t('reject.chooseReason') : undefined}
      say={() =>
        bridge.approvals.refuse({
          id: shown.id,
          reason: reason ?? '',
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        })
      }
      onClose={onClose}
    >
      <p>{t('refuse.text')}</p>
      <ReasonFields
        reason={reason}
        onReason={setReason}
        note={{ value: note, onChange: setNote }}
      />
    </WordDialog>
  );
}
