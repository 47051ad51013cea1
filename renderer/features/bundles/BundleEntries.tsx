import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { EntrySourceProvider, EntryTable, type EntrySource } from '../history/index.ts';
import type { Bundle } from './types.ts';
import './bundles.css';

/** The entries of a bundle, in the same table as those of a vault. */
export function BundleEntries({ bundle }: { readonly bundle: Bundle }) {
  const { t } = useTranslation('bundles');
  const { id, confirmed, at } = bundle;
  const source = useMemo<EntrySource>(
    () => ({
      key: `bundle-${id}`,
      count: (asked) => bridge.bundles.count({ ...asked, id }),
      page: (asked) => bridge.bundles.page({ ...asked, id }),
      entry: (asked) => bridge.bundles.entry({ ...asked, id }),
      // Good is no more than what a key signed that the person knows.
      standing:
        confirmed > 0 && at !== undefined
          ? { state: 'verified', verified: { entries: confirmed, at } }
          : { state: 'not-verified' },
    }),
    [at, confirmed, id],
  );
  return (
    <EntrySourceProvider value={source}>
      <div className="v-bundle-entries">
        <EntryTable label={t('entries')} />
      </div>
    </EntrySourceProvider>
  );
}
