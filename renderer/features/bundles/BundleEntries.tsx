import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { EntrySourceProvider, EntryTable, type EntrySource } from '../history/index.ts';
import type { Bundle } from './types.ts';
import './bundles.css';

/** The entries of a bundle, in the same table as those of a vault. */
export function BundleEntries({ bundle: { id } }: { readonly bundle: Bundle }) {
  const { t } = useTranslation('bundles');
  const [ofPackage, setPackage] = useState<string>();
  const source = useMemo<EntrySource>(
    () => ({
      key: `bundle-${id}`,
      count: (asked) => bridge.bundles.count({ ...asked, id }),
      page: (asked) => bridge.bundles.page({ ...asked, id }),
      entry: (asked) => bridge.bundles.entry({ ...asked, id }),
    }),
    [id],
  );
  return (
    <EntrySourceProvider value={source}>
      <div className="v-bundle-entries">
        <EntryTable label={t('entries')} package={ofPackage} onPackage={setPackage} />
      </div>
    </EntrySourceProvider>
  );
}
