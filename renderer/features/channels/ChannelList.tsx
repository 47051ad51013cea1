import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, EmptyState, Section, Table } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { AirGap } from './AirGap.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import type { Channel } from './types.ts';
import './channels.css';

/** Ways through which sealed files go to and fro. */
export function ChannelList() {
  const { t } = useTranslation('channels');
  const { value = [], failure, reload } = useAnswer(() => bridge.exchange.channels(), 'channels');
  const [isAdding, setAdding] = useState(false);
  const test = useAct((channel: string, following) =>
    bridge.exchange.testChannel({ name: channel }, following),
  );
  const remove = useAct((channel: string) => bridge.exchange.removeChannel({ name: channel }));
  const close = () => {
    setAdding(false);
    reload();
  };
  return (
    <Section
      title={t('title')}
      description={t('text')}
      actions={
        !isAdding && (
          <Button
            icon="add"
            onPress={() => {
              setAdding(true);
            }}
          >
            {t('add')}
          </Button>
        )
      }
    >
      <FailureNote failure={failure ?? test.failure ?? remove.failure} />
      {isAdding && <ChannelForm onAdded={close} onClose={close} />}
      {value.length === 0 ? (
        <EmptyState icon="folder" title={t('none')} />
      ) : (
        <Table<Channel>
          label={t('title')}
          rows={value}
          rowId={(channel) => channel.id}
          columns={[
            {
              id: 'name',
              header: t('name'),
              isRowHeader: true,
              width: '25%',
              render: (channel) => channel.name,
            },
            {
              id: 'place',
              header: t('place'),
              render: ({ place, hostKey }) => (
                <span className="v-channel-place">
                  <span className="v-wrap-anywhere">{place}</span>
                  {hostKey !== undefined && (
                    <span className="v-caption v-muted v-wrap-anywhere">
                      {t('hostKey', { key: hostKey })}
                    </span>
                  )}
                </span>
              ),
            },
            {
              id: 'acts',
              header: t('acts'),
              width: '30%',
              render: (channel) => (
                <span className="v-channel-acts">
                  <Button
                    size="small"
                    disabledReason={test.isRunning ? t('testing') : undefined}
                    onPress={() => {
                      void test.run(channel.name).then((done) => {
                        if (done)
                          messages.show({
                            tone: 'ok',
                            text: t('reachable', { name: channel.name }),
                          });
                      });
                    }}
                  >
                    {t('test')}
                  </Button>
                  <Button
                    size="small"
                    variant="danger"
                    onPress={() => {
                      void remove.run(channel.name).then(reload);
                    }}
                  >
                    {t('remove')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      <AirGap />
    </Section>
  );
}
