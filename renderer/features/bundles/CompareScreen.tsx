import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/index.ts';
import { CompareBundles } from './CompareBundles.tsx';
import './bundles.css';

/** The auditor's room for the evidence of two offices. */
export function CompareScreen() {
  const { t } = useTranslation('bundles');
  return (
    <div className="v-bundle-page">
      <PageHeader title={t('compare.title')} description={t('compare.lead')} />
      <CompareBundles />
    </div>
  );
}
