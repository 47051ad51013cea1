import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../../../preload/contract/index.ts';
import type { Reply, ValueOf } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useFormats } from '../../ui/index.ts';
import { ActDialog } from './ActDialog.tsx';
import { FolderField, type Folder } from './FolderField.tsx';
import type { Token } from './tokens.ts';
import type { PackageView } from './types.ts';
import { ReasonFields } from './ReasonFields.tsx';

export interface ActProps {
  readonly package: PackageView;
  readonly onClose: () => void;
}

/** What an act says of what was written, and who could not be told. */
type Decided = Pick<ValueOf<Contract['packages']['accept']>, 'id' | 'written'> & {
  readonly notTold?: readonly string[];
};
type Out = { readonly out?: Token<'out'> };

/** A decision about what came in: its words, perhaps a folder for the receipt, and the act. */
export function DecisionDialog({
  title,
  act,
  done,
  decide,
  onClose,
  blocked,
  isFirm = false,
  isDangerous = false,
  caption,
  folderLabel,
  children,
}: {
  readonly title: string;
  readonly act: string;
  readonly done: string;
  readonly decide: (out: Out) => Promise<Reply<Decided>>;
  readonly onClose: () => void;
  readonly blocked?: string | undefined;
  readonly isFirm?: boolean;
  readonly isDangerous?: boolean;
  /** What goes to the other side, when it is no receipt. */
  readonly caption?: string;
  readonly folderLabel?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const [folder, setFolder] = useState<Folder>();
  const deciding = useAct((out: Out) => decide(out));
  const run = async () => {
    const decision = await deciding.run(folder === undefined ? {} : { out: folder.token });
    setFolder(undefined);
    if (decision === undefined) return;
    messages.show({ tone: 'ok', text: done, ...revealOf(decision.written, t('reveal')) });
    const { notTold = [] } = decision;
    if (notTold.length > 0)
      messages.show({ tone: 'warn', text: t('later.notTold', { names: formats.list(notTold) }) });
    onClose();
  };
  return (
    <ActDialog
      title={title}
      act={act}
      acting={deciding}
      onAct={run}
      onClose={onClose}
      blocked={blocked}
      isFirm={isFirm}
      isDangerous={isDangerous}
    >
      {children}
      <div className="v-packages-receipt">
        <p className="v-caption v-muted">{caption ?? t('decide.receipt')}</p>
        <FolderField
          folder={folder}
          onChoose={setFolder}
          label={folderLabel ?? t('decide.folder')}
        />
      </div>
    </ActDialog>
  );
}

/** The way from a message to what was written. */
export function revealOf(
  written: { readonly id: string; readonly use: string } | undefined,
  label: string,
) {
  if (written?.use !== 'written') return {};
  const file = { id: written.id, use: 'written' as const };
  return { action: { label, onAction: () => void bridge.files.reveal({ file }) } };
}

export function AcceptDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const name = shown.arrival?.senderName ?? '';
  return (
    <DecisionDialog
      title={t('accept.title')}
      act={t('accept.act')}
      done={t('accept.done', { name })}
      decide={(out) => bridge.packages.accept({ id: shown.id, ...out })}
      onClose={onClose}
    >
      <p>{t('accept.text', { name, count: shown.files })}</p>
      {shown.manifest !== undefined && (
        <p>
          {t(`accept.until.${shown.manifest.retention.action}`, {
            date: formats.longDate(shown.manifest.retention.deleteBy),
          })}
        </p>
      )}
    </DecisionDialog>
  );
}

export function RejectDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const [reason, setReason] = useState<string>();
  const [note, setNote] = useState('');
  const name = shown.arrival?.senderName ?? '';
  return (
    <DecisionDialog
      title={t('reject.title')}
      act={t('reject.act')}
      done={t('reject.done', { name })}
      blocked={reason === undefined ? t('reject.chooseReason') : undefined}
      decide={(out) =>
        bridge.packages.reject({
          id: shown.id,
          reason: reason ?? '',
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...out,
        })
      }
      onClose={onClose}
    >
      <p>{t('reject.text', { name })}</p>
      <ReasonFields
        reason={reason}
        onReason={setReason}
        note={{ value: note, onChange: setNote, hint: t('reject.noteHint', { name }) }}
      />
    </DecisionDialog>
  );
}

/** Cannot be taken back, and does not promise what software cannot promise. */
export function DestroyDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const name = shown.arrival?.senderName ?? '';
  return (
    <DecisionDialog
      title={t('destroy.title')}
      act={t('destroy.act')}
      done={t('destroy.done', { name })}
      decide={(out) => bridge.packages.destroy({ id: shown.id, ...out })}
      onClose={onClose}
      isFirm
      isDangerous
    >
      <p>{t('destroy.text')}</p>
      <p>{t('destroy.limits')}</p>
      <p>{t('destroy.certificate', { name })}</p>
    </DecisionDialog>
  );
}
