import { useTranslation } from 'react-i18next';
import { CodePicker, TextArea } from '../../ui/index.ts';
import { useVocabularies } from './use-vocabularies.ts';

/** The lists that reasons are chosen from. */
export const REASON_LISTS = [
  'rejection-reason',
  'dispute-reason',
  'recall-reason',
  'delay-reason',
  'hold-reason',
] as const;

/** Why somebody does it: a code, and their own words to it where they are asked for. */
export function ReasonFields({
  list = 'rejection-reason',
  reason,
  onReason,
  note,
}: {
  readonly list?: (typeof REASON_LISTS)[number];
  readonly reason: string | undefined;
  readonly onReason: (code: string | undefined) => void;
  readonly note?: {
    readonly value: string;
    readonly onChange: (note: string) => void;
    readonly hint?: string;
  };
}) {
  const { t } = useTranslation('packages');
  const lists = useVocabularies();
  return (
    <>
      <CodePicker
        label={t('reject.reason')}
        entries={lists.entries(list)}
        value={reason === undefined ? [] : [reason]}
        onChange={([code]) => {
          onReason(code);
        }}
        isSingle
      />
      {note !== undefined && (
        <TextArea
          label={t('reject.note')}
          {...(note.hint === undefined ? {} : { description: note.hint })}
          isOptional
          value={note.value}
          onChange={note.onChange}
          rows={3}
          maxLength={2000}
        />
      )}
    </>
  );
}
