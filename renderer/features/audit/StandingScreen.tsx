import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { KeyValue, PageHeader, Section, useFormats } from '../../ui/index.ts';
import { RememberedPlaces } from '../continuity/index.ts';
import { VerifyNow } from '../history/index.ts';
import './audit.css';

/** Whether the ledger is in order, where it stands, and what remembers it elsewhere. */
export function StandingScreen() {
  const { t } = useTranslation('audit');
  const formats = useFormats();
  const ledger = useWindow((state) => state.ledger);
  return (
    <>
      <PageHeader title={t('standing.title')} description={t('standing.lead')} />
      <div className="v-audit-parts">
        <VerifyNow />
        {ledger !== undefined && (
          <Section title={t('standing.place')} description={t('standing.placeText')}>
            <KeyValue
              facts={[
                { term: t('standing.size'), value: formats.count(ledger.size) },
                { term: t('standing.root'), value: ledger.root, isMono: true, copy: ledger.root },
                { term: t('standing.head'), value: ledger.head, isMono: true, copy: ledger.head },
                {
                  term: t('standing.origin'),
                  value: ledger.origin,
                  isMono: true,
                  copy: ledger.origin,
                },
              ]}
            />
          </Section>
        )}
        <Section title={t('standing.elsewhere')}>
          <RememberedPlaces />
        </Section>
      </div>
    </>
  );
}
