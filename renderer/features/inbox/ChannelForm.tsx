import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Panel, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { tokensOf, type Token } from '../packages/index.ts';

interface ChannelFolder {
  readonly token: Token<'channel'>;
  readonly name: string;
}

/** The first channel, where it is missed: a name and a folder that both offices reach. */
export function ChannelForm({
  onAdded,
  onClose,
}: {
  readonly onAdded: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('inbox');
  const [name, setName] = useState('');
  const [folder, setFolder] = useState<ChannelFolder>();
  const add = useAct((chosen: ChannelFolder) =>
    bridge.exchange.addChannel({ name: name.trim(), kind: 'folder', folder: chosen.token }),
  );

  const choose = async () => {
    const reply = await bridge.files.pick({ use: 'channel' });
    const [first] = reply.ok ? reply.value : [];
    const [token] = first === undefined ? [] : tokensOf([first], 'channel');
    if (first === undefined || token === undefined) return;
    setFolder({ token, name: first.name });
    if (name.trim() === '') setName(first.name);
  };
  const run = async () => {
    if (folder === undefined) return;
    const added = await add.run(folder);
    setFolder(undefined);
    if (added === undefined) return;
    messages.show({ tone: 'ok', text: t('channel.added', { name: added.name }) });
    onAdded();
  };
  const missing = add.isRunning
    ? t('channel.working')
    : folder === undefined
      ? t('channel.folderFirst')
      : name.trim() === ''
        ? t('channel.nameFirst')
        : undefined;

  return (
    <Panel title={t('channel.title')}>
      <div className="v-inbox-form">
        <p className="v-measure">{t('channel.text')}</p>
        <div className="v-inbox-row">
          <Button icon="folder" autoFocus onPress={() => void choose()}>
            {folder === undefined ? t('channel.choose') : t('channel.other')}
          </Button>
          {folder !== undefined && <span className="v-strong v-wrap-anywhere">{folder.name}</span>}
        </div>
        <TextField
          label={t('channel.name')}
          description={t('channel.nameHint')}
          value={name}
          onChange={setName}
          maxLength={100}
        />
        <FailureNote failure={add.failure} />
        <div className="v-inbox-row">
          <Button variant="primary" disabledReason={missing} onPress={() => void run()}>
            {t('channel.add')}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('channel.notNow')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
