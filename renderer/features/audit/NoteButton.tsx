import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/index.ts';
import { NoteDialog } from './NoteDialog.tsx';
import './audit.css';

/** Notes a finding about one entry, or about one that the person names. */
export function NoteButton({ entry }: { readonly entry?: number }) {
  const { t } = useTranslation('audit');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        icon="edit"
        variant={entry === undefined ? 'primary' : 'plain'}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('note.act')}
      </Button>
      {isOpen && (
        <NoteDialog
          entry={entry}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
