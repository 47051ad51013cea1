import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  KeyValue,
  PageHeader,
  Panel,
  Skeleton,
  StatusBadge,
  useFormats,
  type Fact,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { Agreement } from './Agreement.tsx';
import { ArrivalSentence } from './ArrivalSentence.tsx';
import { Custody } from './Custody.tsx';
import { DraftSummary } from './DraftSummary.tsx';
import { Later } from './Later.tsx';
import { ManifestFacts } from './ManifestFacts.tsx';
import { PackageActs } from './PackageActs.tsx';
import { Receipts } from './Receipts.tsx';
import { Recipients } from './Recipients.tsx';
import { isDraft, isReceived, lookOf } from './state-look.ts';
import type { PackageView } from './types.ts';
import { useCounts } from './use-counts.ts';

/** All that is known of one package, and what can be done with it now. */
export function PackageDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation('packages');
  const go = useWindow((state) => state.go);
  const countsOf = useCounts();
  const { value: shown, failure } = useAnswer(() => bridge.packages.show({ id }), `package-${id}`);
  const back = {
    label: t('back'),
    onPress: () => {
      go({ screen: 'packages' });
    },
  };
  if (shown === undefined)
    return failure === undefined ? (
      <Skeleton lines={8} />
    ) : (
      <div className="v-packages-page">
        <PageHeader title={t('one')} back={back} />
        <FailureNote failure={failure} />
      </div>
    );
  const isMixed = Object.values(shown.counts).filter((count) => count > 0).length > 1;
  return (
    <div className="v-packages-page">
      <PageHeader
        title={shown.title}
        eyebrow={
          shown.case === undefined
            ? t(`direction.${shown.direction}`)
            : t(`directionOfCase.${shown.direction}`, { reference: shown.case })
        }
        description={
          <span className="v-package-state">
            <StatusBadge {...lookOf(shown.state)}>{t(`state.${shown.state}`)}</StatusBadge>
            <span>
              {isMixed
                ? t('stateMixed', { states: countsOf(shown.counts) })
                : shown.direction === 'in' && isReceived(shown.state)
                  ? t(`stateText.in.${shown.state}`)
                  : t(`stateText.out.${shown.state}`)}
            </span>
          </span>
        }
        back={back}
        actions={<PackageActs package={shown} />}
      />
      <Later package={shown} />
      <ArrivalSentence package={shown} />
      {isDraft(shown.state) ? (
        <>
          <DraftSummary package={shown} />
          <Agreement package={shown} />
          {shown.manifest !== undefined && (
            <ManifestFacts
              manifest={shown.manifest}
              bytes={shown.bytes}
              contents={shown.contents}
            />
          )}
        </>
      ) : (
        <>
          <Custody package={shown} />
          {shown.recipients.length > 0 && <Recipients package={shown} />}
          {shown.manifest !== undefined && (
            <ManifestFacts
              manifest={shown.manifest}
              bytes={shown.bytes}
              contents={shown.contents}
            />
          )}
          <Agreement package={shown} />
          <Receipts package={shown} />
          <SealedFile package={shown} />
        </>
      )}
    </div>
  );
}

/** What identifies the sealed file, to be compared and kept. */
function SealedFile({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const { sealed, manifestDigest } = shown;
  if (sealed === undefined) return null;
  const facts: readonly Fact[] = [
    { term: t('sealed.file'), value: sealed.fileName, isMono: true, copy: sealed.fileName },
    { term: t('sealed.bytes'), value: formats.bytes(sealed.bytes) },
    { term: t('sealed.digest'), value: sealed.digest, isMono: true, copy: sealed.digest },
    ...(manifestDigest === undefined
      ? []
      : [
          { term: t('sealed.manifest'), value: manifestDigest, isMono: true, copy: manifestDigest },
        ]),
    { term: t('sealed.form'), value: t(`form.${sealed.profile}`) },
    { term: t('sealed.kept'), value: t(sealed.kept ? 'sealed.inVault' : 'sealed.gone') },
    { term: t('sealed.id'), value: shown.id, isMono: true, copy: shown.id },
  ];
  return (
    <Panel title={t('sealed.title')}>
      <KeyValue facts={facts} />
    </Panel>
  );
}
