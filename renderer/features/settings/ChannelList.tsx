import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, EmptyState, Section, Table, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

type Channel = ValueOf<Contract['exchange']['channels']>[number];

/** Folders through which sealed files go to and fro. */
export function ChannelList() {
  const { t } = useTranslation('settings');
  const { value = [], failure } = useAnswer(() => bridge.exchange.channels(), 'channels');
  const [name, setName] = useState('');
  const add = useAct(async (called: string) => {
    const picked = await bridge.files.pick({ use: 'channel' });
    if (!picked.ok) return picked;
    const token = picked.value[0]?.token;
    if (token?.use !== 'channel')
      return { ok: false as const, failure: { code: 'cancelled', message: '' } };
    return bridge.exchange.addChannel({
      name: called,
      kind: 'folder',
      folder: { id: token.id, use: 'channel' },
    });
  });
  const test = useAct((channel: string) => bridge.exchange.testChannel({ name: channel }));
  const remove = useAct((channel: string) => bridge.exchange.removeChannel({ name: channel }));
  return (
    <Section title={t('channels.title')} description={t('channels.text')}>
      <FailureNote failure={failure ?? add.failure ?? test.failure ?? remove.failure} />
      {value.length === 0 ? (
        <EmptyState icon="folder" title={t('channels.none')} />
      ) : (
        <Table<Channel>
          label={t('channels.title')}
          rows={value}
          rowId={(channel) => channel.id}
          columns={[
            {
              id: 'name',
              header: t('channels.name'),
              isRowHeader: true,
              width: '200px',
              render: (channel) => channel.name,
            },
            { id: 'folder', header: t('channels.folder'), render: (channel) => channel.folder },
            {
              id: 'acts',
              header: t('channels.acts'),
              width: '200px',
              render: (channel) => (
                <span className="v-settings-acts">
                  <Button
                    size="small"
                    onPress={() => {
                      void test.run(channel.name).then((done) => {
                        if (done)
                          messages.show({
                            tone: 'ok',
                            text: t('channels.reachable', { name: channel.name }),
                          });
                      });
                    }}
                  >
                    {t('channels.test')}
                  </Button>
                  <Button
                    size="small"
                    variant="danger"
                    onPress={() => {
                      void remove.run(channel.name);
                    }}
                  >
                    {t('channels.remove')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      <div className="v-settings-row">
        <TextField label={t('channels.newName')} value={name} onChange={setName} />
        <Button
          icon="folder"
          disabledReason={name.trim() === '' ? t('channels.nameFirst') : undefined}
          onPress={() => {
            void add.run(name.trim()).then((done) => {
              if (done) setName('');
            });
          }}
        >
          {t('channels.add')}
        </Button>
      </div>
    </Section>
  );
}
