import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, CustodyStrip, Panel, useFormats } from '../../ui/index.ts';
import { useWindow } from '../../store/create-store.ts';
import { STAMP_TYPES, stampsOf } from './stamps.ts';
import type { PackageView } from './types.ts';

/** The life of a package on both sides, read from the ledger and from signed receipts. */
export function Custody({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const { list } = useFormats();
  const go = useWindow((state) => state.go);
  const { value } = useAnswer(
    () =>
      bridge.ledger.page({
        filter: { package: shown.id, types: STAMP_TYPES },
        order: 'ascending',
        limit: 500,
      }),
    `custody-${shown.id}`,
  );
  return (
    <Panel
      title={t('custody.title')}
      actions={
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            go({ screen: 'history', package: shown.id });
          }}
        >
          {t('custody.history')}
        </Button>
      }
    >
      <CustodyStrip
        label={t('custody.label', { title: shown.title })}
        stamps={stampsOf(shown, value?.rows ?? [], t, list)}
      />
    </Panel>
  );
}
