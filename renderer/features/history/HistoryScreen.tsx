import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { Button, PageHeader } from '../../ui/index.ts';
import { Remembered } from '../continuity/index.ts';
import { EntryTable } from './EntryTable.tsx';
import { ExportEvidence } from './ExportEvidence.tsx';
import type { EntryView } from './types.ts';
import { VerifyNow } from './VerifyNow.tsx';

export interface HistoryScreenProps {
  readonly package?: string | undefined;
  readonly seq?: number | undefined;
  /** What can be done with an open entry; to open its package, unless told. */
  readonly actions?: ((entry: EntryView) => ReactNode) | undefined;
}

/** Every act, in order, newest first; each with its proof a key press away. */
export function HistoryScreen(props: HistoryScreenProps) {
  const { t } = useTranslation('history');
  return (
    <div className="v-history">
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <>
            <Remembered />
            <ExportEvidence />
          </>
        }
      />
      <VerifyNow />
      <EntryTable
        label={t('title')}
        package={props.package}
        seq={props.seq}
        actions={props.actions ?? ((entry) => <OpenPackage entry={entry} />)}
      />
    </div>
  );
}

function OpenPackage({ entry }: { readonly entry: EntryView }) {
  const { t } = useTranslation('history');
  const go = useWindow((state) => state.go);
  const subject = entry.row.package;
  if (subject === undefined) return null;
  return (
    <Button
      icon="package"
      onPress={() => {
        go({ screen: 'packages', id: subject.id });
      }}
    >
      {t('entry.openPackage')}
    </Button>
  );
}
