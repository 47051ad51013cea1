import { useTranslation } from 'react-i18next';
import { CodePicker, TextArea } from '../../ui/index.ts';
import { useVocabularies } from './use-vocabularies.ts';

/** Why somebody says no: a code, and their own words to it. */
export function ReasonFields({
  reason,
  onReason,
  note,
  onNote,
  noteHint,
}: {
  readonly reason: string | undefined;
  readonly onReason: (code: string | undefined) => void;
  readonly note: string;
  readonly onNote: (note: string) => void;
  readonly noteHint?: string;
}) {
  const { t } = useTranslation('packages');
  const lists = useVocabularies();
  return (
    <>
      <CodePicker
        label={t('reject.reason')}
        entries={lists.entries('rejection-reason')}
        value={reason === undefined ? [] : [reason]}
        onChange={([code]) => {
          onReason(code);
        }}
        isSingle
      />
      <TextArea
        label={t('reject.note')}
        {...(noteHint === undefined ? {} : { description: noteHint })}
        isOptional
        value={note}
        onChange={onNote}
        rows={3}
        maxLength={2000}
      />
    </>
  );
}
