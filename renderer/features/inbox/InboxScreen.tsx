import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Banner, Button, DropCurtain, EmptyState, PageHeader, Skeleton } from '../../ui/index.ts';
import { ChannelForm, Moving, Queue } from '../channels/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ActBar } from './ActBar.tsx';
import { Asked } from './Asked.tsx';
import { InboxList } from './InboxList.tsx';
import { Quarantined } from './Quarantined.tsx';
import { Received } from './Received.tsx';
import { ExchangeReport, TakeReport } from './Reports.tsx';
import { useAsked } from './use-asked.ts';
import { useFetch } from './use-fetch.ts';
import { useTake } from './use-take.ts';
import './inbox.css';

/** What came in: verified and taken, or kept apart with its reason. */
export function InboxScreen({ id }: { readonly id?: string | undefined }) {
  const { t } = useTranslation('inbox');
  const go = useWindow((state) => state.go);
  const { value: items, failure } = useAnswer(() => bridge.inbox.list(), 'inbox');
  const fetching = useFetch();
  const taking = useTake();
  const asking = useAsked();
  const isReading = asking.request !== undefined;
  const isBusy = fetching.act.isRunning || taking.act.isRunning;
  const hasOtherAct = id !== undefined || fetching.isAddingChannel;
  const current = items?.find((item) => item.id === id);
  const actions = (
    <>
      <Button
        variant="quiet"
        disabledReason={asking.act.isRunning ? t('busy') : undefined}
        onPress={() => void asking.choose()}
      >
        {t('asked.choose')}
      </Button>
      <Button
        icon="file"
        disabledReason={isBusy ? t('busy') : undefined}
        onPress={() => void taking.pick()}
      >
        {t('choose')}
      </Button>
      {!isBusy && (
        <Button
          variant={hasOtherAct ? 'plain' : 'primary'}
          icon="refresh"
          onPress={() => void fetching.start()}
        >
          {t('fetch')}
        </Button>
      )}
    </>
  );

  return (
    <DropCurtain
      label={t('curtain')}
      isDisabled={isBusy}
      onDropped={(files) => void taking.drop(files)}
    >
      <div className="v-inbox-page">
        <PageHeader
          title={t('title')}
          description={t('description')}
          actions={items !== undefined && items.length > 0 && actions}
        />
        <ActBar act={fetching.act} label={t('exchange.running')} />
        <ActBar act={taking.act} label={t('take.running', { count: taking.count })} />
        <FailureNote
          failure={failure ?? fetching.act.failure ?? taking.act.failure ?? asking.act.failure}
        />
        {taking.isWrong && (
          <Banner tone="warn" title={t('take.wrong')} onDismiss={taking.dismiss} />
        )}
        {fetching.report !== undefined && (
          <ExchangeReport report={fetching.report} onDismiss={fetching.dismiss} />
        )}
        {taking.report !== undefined && (
          <TakeReport files={taking.report} onDismiss={taking.dismiss} />
        )}
        {fetching.isAddingChannel && (
          <ChannelForm
            onAdded={() => void fetching.channelAdded()}
            onClose={fetching.closeChannel}
          />
        )}
        <Moving />
        <Queue
          after={fetching.act.isRunning}
          onSendNow={isBusy ? undefined : () => void fetching.start()}
        />
        {asking.request !== undefined && (
          <Asked key={asking.request.file.id} request={asking.request} onClose={asking.leave} />
        )}
        {items === undefined && failure === undefined && <Skeleton isRows lines={6} />}
        {!isReading && items?.length === 0 && (
          <EmptyState icon="inbox" title={t('empty.title')} actions={actions}>
            {t('empty.text')}
          </EmptyState>
        )}
        {!isReading && items !== undefined && items.length > 0 && (
          <div className="v-inbox" data-open={id !== undefined || undefined}>
            <InboxList
              items={items}
              selected={id}
              onSelect={(chosen) => {
                go({ screen: 'inbox', id: chosen });
              }}
            />
            <div className="v-inbox-pane">
              {id !== undefined && (
                <Button
                  size="small"
                  variant="quiet"
                  icon="back"
                  className="v-inbox-back"
                  onPress={() => {
                    go({ screen: 'inbox' });
                  }}
                >
                  {t('back')}
                </Button>
              )}
              {id === undefined ? (
                <p className="v-muted v-inbox-hint">{t('detail.choose')}</p>
              ) : current?.state === 'quarantined' ? (
                <Quarantined key={id} item={current} />
              ) : (
                <Received key={id} id={id} fetching={fetching} />
              )}
            </div>
          </div>
        )}
      </div>
    </DropCurtain>
  );
}
