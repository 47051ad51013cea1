import { useTranslation } from 'react-i18next';
import { BundleSlot } from './BundleSlot.tsx';
import { BundleVerdict } from './BundleVerdict.tsx';
import { Comparison } from './Comparison.tsx';
import { useOpenBundle } from './use-open-bundle.ts';
import './bundles.css';

/** Two bundles of two offices, side by side, and what they say of each other. */
export function CompareBundles() {
  const { t } = useTranslation('bundles');
  const slots = { a: useOpenBundle(), b: useOpenBundle() };
  const { a, b } = slots;
  return (
    <div className="v-bundle-check">
      <div className="v-bundle-two">
        {(['a', 'b'] as const).map((side) => {
          const { bundle, setBundle, close } = slots[side];
          return (
            <div key={side} className="v-bundle-side">
              <h2 className="v-bundle-letter">{t(`side.${side}`)}</h2>
              {bundle === undefined ? (
                <BundleSlot title={t(`slot.${side}`)} onOpened={setBundle} />
              ) : (
                <BundleVerdict bundle={bundle} onChange={setBundle} onClose={close} isCompact />
              )}
            </div>
          );
        })}
      </div>
      {a.bundle !== undefined && b.bundle !== undefined && (
        <Comparison key={`${a.bundle.id} ${b.bundle.id}`} a={a.bundle} b={b.bundle} />
      )}
    </div>
  );
}
