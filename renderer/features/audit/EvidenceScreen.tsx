import { useTranslation } from 'react-i18next';
import { PageHeader, Section } from '../../ui/index.ts';
import { CheckBundle } from '../bundles/index.ts';
import { ExportEvidence } from '../history/index.ts';
import './audit.css';

/** Evidence out, for others to check; and a bundle of others, checked here. */
export function EvidenceScreen() {
  const { t } = useTranslation('audit');
  return (
    <>
      <PageHeader title={t('evidence.title')} description={t('evidence.lead')} />
      <div className="v-audit-parts">
        <Section title={t('evidence.export')} description={t('evidence.exportText')}>
          <div className="v-audit-acts">
            <ExportEvidence />
          </div>
        </Section>
        <Section title={t('evidence.check')} description={t('evidence.checkText')}>
          <CheckBundle />
        </Section>
      </div>
    </>
  );
}
