import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/index.ts';
import { CertificateReview } from './CertificateReview.tsx';
import { CertificateSource, type Found } from './CertificateSource.tsx';

/** Takes a certificate in: first what it says, then who it is, then the decision. */
export function AddContact({
  expected,
  onClose,
}: {
  /** The key that is wanted, when something was signed with it. */
  readonly expected?: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('contacts');
  const [found, setFound] = useState<Found>();
  return (
    <Dialog title={t('add.title')} isOpen size="large" onClose={onClose}>
      {found === undefined ? (
        <CertificateSource expected={expected} onFound={setFound} />
      ) : (
        <CertificateReview
          found={found}
          expected={expected}
          onOther={() => {
            setFound(undefined);
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
