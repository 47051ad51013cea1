import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, Panel, Select, TextField, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { PackageView } from './types.ts';

/** How a sealed package leaves the house: over a channel, or in somebody's hands. */
export function DispatchForms({
  package: shown,
  onSent,
}: {
  readonly package: PackageView;
  readonly onSent: () => void;
}) {
  return (
    <div className="v-dispatch">
      <OverChannel id={shown.id} onSent={onSent} />
      <ByHand id={shown.id} onSent={onSent} />
    </div>
  );
}

interface FormProps {
  readonly id: string;
  readonly onSent: () => void;
}

function OverChannel({ id, onSent }: FormProps) {
  const { t } = useTranslation('packages');
  const go = useWindow((state) => state.go);
  const { value: channels, failure } = useAnswer(() => bridge.exchange.channels(), 'channels');
  const [chosen, setChosen] = useState<string | null>(null);
  const send = useAct((channel: string, following) =>
    bridge.packages.send({ id, channel }, following),
  );
  const channel = chosen ?? channels?.[0]?.name ?? null;

  const run = async () => {
    if (channel === null) return;
    const sent = await send.run(channel);
    if (sent === undefined) return;
    messages.show({ tone: 'ok', text: t('send.sent', { channel }) });
    onSent();
  };

  return (
    <Panel title={t('send.title')}>
      <div className="v-packages-stack">
        <FailureNote failure={failure ?? send.failure} />
        {channels?.length === 0 && <p className="v-muted">{t('send.noChannel')}</p>}
        {channels !== undefined && channels.length > 0 && (
          <Select
            label={t('send.channel')}
            choices={channels.map(({ name, kind, place }) => ({
              id: name,
              label: name,
              description: kind === 'folder' ? t('send.folder', { folder: place }) : place,
            }))}
            value={channel}
            onChange={setChosen}
            isDisabled={send.isRunning}
          />
        )}
        {send.isRunning ? (
          <WorkBar
            label={t('send.sending')}
            done={send.running?.done ?? 0}
            {...(send.running === undefined ? {} : { total: send.running.total })}
            {...(send.running?.speed === undefined ? {} : { speed: send.running.speed })}
            onCancel={send.cancel}
            isCancelling={send.isCancelling}
          />
        ) : channels?.length === 0 ? (
          <div>
            <Button
              onPress={() => {
                go({ screen: 'settings' });
              }}
            >
              {t('send.addChannel')}
            </Button>
          </div>
        ) : (
          <div>
            <Button
              variant="primary"
              icon="send"
              disabledReason={channel === null ? t('send.looking') : undefined}
              onPress={() => void run()}
            >
              {t('send.act')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function ByHand({ id, onSent }: FormProps) {
  const { t } = useTranslation('packages');
  const [by, setBy] = useState('');
  const record = useAct((carrier: string) => bridge.packages.sent({ id, by: carrier }));

  const run = async () => {
    const done = await record.run(by.trim());
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('hand.recorded') });
    onSent();
  };

  return (
    <Panel title={t('hand.title')}>
      <div className="v-packages-stack">
        <TextField
          label={t('hand.by')}
          description={t('hand.byHint')}
          value={by}
          onChange={setBy}
          maxLength={2000}
        />
        <FailureNote failure={record.failure} />
        <div>
          <Button
            disabledReason={by.trim() === '' ? t('hand.sayWho') : undefined}
            onPress={() => void run()}
          >
            {t('hand.act')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
