import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/index.ts';
import { ExportDialog } from './ExportDialog.tsx';

/** Evidence for somebody who trusts neither this office nor this program. */
export function ExportEvidence() {
  const { t } = useTranslation('history');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        icon="download"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('export')}
      </Button>
      {isOpen && (
        <ExportDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
