import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, Panel, Skeleton, StatusBadge, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import {
  ArrivalSentence,
  isReceived,
  lookOf,
  ManifestFacts,
  PackageActs,
} from '../packages/index.ts';
import { ReceiptWaiting } from './ReceiptWaiting.tsx';
import type { Fetching } from './use-fetch.ts';

/** A package that came in and holds: the sentence of trust first, then why we have it, then acts. */
export function Received({ id, fetching }: { readonly id: string; readonly fetching: Fetching }) {
  const { t } = useTranslation('inbox');
  const { t: words } = useTranslation('packages');
  const formats = useFormats();
  const go = useWindow((state) => state.go);
  const { value: shown, failure } = useAnswer(() => bridge.packages.show({ id }), `received-${id}`);
  if (shown === undefined)
    return failure === undefined ? <Skeleton lines={8} /> : <FailureNote failure={failure} />;
  const when = formats.moment(shown.arrival?.at ?? shown.createdAt);
  const sender = shown.arrival?.sender;
  return (
    <Panel>
      <div className="v-inbox-detail">
        <ReceiptWaiting id={id} fetching={fetching} />
        <ArrivalSentence package={shown} />
        <header className="v-inbox-head">
          <span className="v-caption v-muted">
            {shown.case === undefined
              ? t('detail.kind', { when })
              : t('detail.kindOfCase', { when, reference: shown.case })}
          </span>
          <h2 className="v-inbox-title">{shown.title}</h2>
          <span className="v-inbox-state">
            <StatusBadge {...lookOf(shown.state)}>{words(`state.${shown.state}`)}</StatusBadge>
            {isReceived(shown.state) && (
              <span className="v-muted">{words(`stateText.in.${shown.state}`)}</span>
            )}
          </span>
        </header>
        <div className="v-inbox-acts">
          <div className="v-inbox-row">
            <PackageActs package={shown} />
          </div>
          <p className="v-caption v-muted v-measure">{t('detail.why')}</p>
        </div>
        {shown.manifest !== undefined && (
          <ManifestFacts manifest={shown.manifest} bytes={shown.bytes} contents={shown.contents} />
        )}
        <div className="v-inbox-row">
          <Button
            size="small"
            variant="quiet"
            icon="package"
            onPress={() => {
              go({ screen: 'packages', id });
            }}
          >
            {t('detail.whole')}
          </Button>
          {sender !== undefined && (
            <Button
              size="small"
              variant="quiet"
              icon="contact"
              onPress={() => {
                go({ screen: 'contacts', fingerprint: sender });
              }}
            >
              {t('detail.sender')}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
