import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader, Tabs } from '../../ui/index.ts';
import { CheckBundle } from './CheckBundle.tsx';
import { CompareBundles } from './CompareBundles.tsx';

/** Evidence of any office, checked without a vault: one bundle, or two against each other. */
export function CheckEvidence() {
  const { t } = useTranslation('bundles');
  const [tab, setTab] = useState<'one' | 'two'>('one');
  return (
    <div className="v-bundle-page">
      <PageHeader title={t('check.title')} description={t('check.lead')} />
      <Tabs
        label={t('check.title')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: 'one', label: t('check.one'), content: <CheckBundle /> },
          { id: 'two', label: t('check.two'), content: <CompareBundles /> },
        ]}
      />
    </div>
  );
}
