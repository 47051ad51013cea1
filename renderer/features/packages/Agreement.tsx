import { useTranslation } from 'react-i18next';
import { Section, StatusBadge, useFormats } from '../../ui/index.ts';
import type { PackageView } from './types.ts';
import { useVocabularies } from './use-vocabularies.ts';

type Approver = NonNullable<PackageView['agreement']>['approvers'][number];

const LOOKS = {
  approved: { tone: 'ok', icon: 'check' },
  refused: { tone: 'bad', icon: 'stop' },
  open: { tone: 'neutral', icon: 'due' },
} as const;

/** Who beside the officer has to agree, and what each of them said. */
export function Agreement({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const { agreement } = shown;
  if (agreement === undefined || agreement.approvers.length === 0) return null;
  return (
    <Section
      title={t('agreement.title')}
      description={t('agreement.needed', { count: agreement.required })}
    >
      <ul className="v-agreement">
        {agreement.approvers.map((approver) => (
          <Line key={approver.fingerprint} approver={approver} />
        ))}
      </ul>
    </Section>
  );
}

function Line({ approver }: { readonly approver: Approver }) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const lists = useVocabularies();
  const { name, said, at, reason, isMember } = approver;
  return (
    <li>
      <span>{name}</span>
      <StatusBadge {...LOOKS[said ?? 'open']}>{t(`agreement.said.${said ?? 'open'}`)}</StatusBadge>
      <span className="v-caption v-muted">
        {at === undefined
          ? t(isMember ? 'agreement.here' : 'agreement.elsewhere')
          : formats.exact(at)}
        {reason !== undefined && (
          <>
            {' '}
            {lists.item('rejection-reason', reason.code)?.label ?? reason.code}
            {reason.text === undefined ? '' : `: ${reason.text}`}
          </>
        )}
      </span>
    </li>
  );
}
