import { useTranslation } from 'react-i18next';
import { BundleEntries } from './BundleEntries.tsx';
import { BundleSlot } from './BundleSlot.tsx';
import { BundleVerdict } from './BundleVerdict.tsx';
import { useOpenBundle } from './use-open-bundle.ts';
import './bundles.css';

/** One bundle: verified first, then its entries to read. */
export function CheckBundle() {
  const { t } = useTranslation('bundles');
  const { bundle, setBundle, close } = useOpenBundle();
  if (bundle === undefined) return <BundleSlot title={t('slot.one')} onOpened={setBundle} />;
  return (
    <div className="v-bundle-check">
      <BundleVerdict bundle={bundle} onChange={setBundle} onClose={close} />
      {bundle.state !== 'failed' && <BundleEntries bundle={bundle} />}
    </div>
  );
}
