import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog, NumberField, TextArea } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

const LONGEST = 4000;

export interface NoteDialogProps {
  /** The entry that it is about; asked for when absent. */
  readonly entry: number | undefined;
  readonly onClose: () => void;
}

/** A finding in the auditor's own words. It is signed and stays: so it says so first. */
export function NoteDialog({ entry, onClose }: NoteDialogProps) {
  const { t } = useTranslation('audit');
  const [about, setAbout] = useState<number | null>(entry ?? null);
  const [text, setText] = useState('');
  const note = useAct((finding: { readonly entry: number; readonly text: string }) =>
    bridge.audit.note(finding),
  );
  const missing =
    about === null ? t('note.noEntry') : text.trim() === '' ? t('note.noText') : undefined;
  const save = async () => {
    if (about === null) return;
    const done = await note.run({ entry: about, text });
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('note.done', { seq: done.seq, entry: done.entry }) });
    onClose();
  };
  return (
    <Dialog
      title={entry === undefined ? t('note.title') : t('note.titleOf', { seq: entry })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('note.notNow')}
          </Button>
          <Button
            variant="primary"
            disabledReason={note.isRunning ? t('note.busy') : missing}
            onPress={() => void save()}
          >
            {t('note.sign')}
          </Button>
        </>
      }
    >
      <div className="v-audit-stack">
        {entry === undefined && (
          <NumberField label={t('note.entry')} value={about} onChange={setAbout} min={0} />
        )}
        <TextArea
          label={t('note.text')}
          description={t('note.textHint')}
          value={text}
          onChange={setText}
          maxLength={LONGEST}
          rows={5}
        />
        <p className="v-muted">{t('note.stays')}</p>
        <FailureNote failure={note.failure} />
      </div>
    </Dialog>
  );
}
