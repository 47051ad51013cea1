import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/index.ts';
import { CompareBundles } from './CompareBundles.tsx';

/** The auditor's room for the evidence of two offices. */
export function CompareScreen() {
  const { t } = useTranslation('bundles');
  return (
    <>
      <PageHeader title={t('compare.title')} description={t('compare.lead')} />
      <CompareBundles />
    </>
  );
}
