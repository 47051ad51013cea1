import { useTranslation } from 'react-i18next';
import { KeyValue, Panel, useFormats } from '../../ui/index.ts';
import type { PackageView } from './types.ts';

/** A draft, for those who look at it without going on with it. */
export function DraftSummary({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  return (
    <Panel title={t('draft.title')}>
      <KeyValue
        facts={[
          {
            term: t('draft.files'),
            value: t('files.title', { count: shown.files, bytes: formats.bytes(shown.bytes) }),
          },
          {
            term: t('draft.people'),
            value: shown.people.length === 0 ? t('draft.nobody') : formats.list(shown.people),
          },
          {
            term: t('draft.purpose'),
            value: shown.draft?.purpose ?? t('draft.noPurpose'),
          },
          { term: t('draft.begun'), value: formats.exact(shown.createdAt) },
          { term: t('draft.changed'), value: formats.exact(shown.changedAt) },
        ]}
      />
    </Panel>
  );
}
