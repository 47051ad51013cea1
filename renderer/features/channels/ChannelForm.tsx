import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import type { Picked } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Panel, RadioGroup, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { FolderPart } from './FolderPart.tsx';
import { EMPTY_SERVER, missingOf, ServerPart, type ServerForm } from './ServerPart.tsx';
import './channels.css';

const KINDS = ['folder', 'sftp'] as const;
type Kind = (typeof KINDS)[number];

/** A new channel: what it is, where it leads, and how one signs in; tested as soon as it is there. */
export function ChannelForm({
  onAdded,
  onClose,
}: {
  readonly onAdded: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('channels');
  const [kind, setKind] = useState<Kind>('folder');
  const [name, setName] = useState('');
  const [folder, setFolder] = useState<Picked<'channel'>>();
  const [server, setServer] = useState<ServerForm>(EMPTY_SERVER);
  const password = useRef<HTMLInputElement>(null);
  const add = useAct(async (called: string, following) => {
    const added = await bridge.exchange.addChannel(
      kind === 'folder' && folder !== undefined
        ? { name: called, kind: 'folder', folder }
        : { name: called, kind: 'sftp', ...given(server, password.current?.value ?? '') },
    );
    // A folder was looked at when it was added; a server is met now.
    if (!added.ok || kind === 'folder') return added;
    const tested = await bridge.exchange.testChannel({ name: called }, following);
    if (tested.ok) return tested;
    messages.show({ tone: 'warn', text: t('form.untested', { name: called }) });
    return added;
  });
  const run = async () => {
    const added = await add.run(name.trim());
    if (added === undefined) return;
    if (added.hostKey !== undefined)
      messages.show({
        tone: 'ok',
        text: t('form.pinned', { name: added.name }),
      });
    else if (kind === 'folder')
      messages.show({ tone: 'ok', text: t('form.added', { name: added.name }) });
    onAdded();
  };
  const isFolderMissing = kind === 'folder' && folder === undefined;
  const serverLacks = kind === 'sftp' ? missingOf(server) : undefined;
  const missing = add.isRunning
    ? t('form.working')
    : isFolderMissing
      ? t('form.folderFirst')
      : name.trim() === ''
        ? t('form.nameFirst')
        : serverLacks && t(`form.${serverLacks}`);
  return (
    <Panel title={t('form.title')}>
      <div className="v-channel-form">
        <p className="v-measure">{t('form.text')}</p>
        <RadioGroup
          label={t('form.kind')}
          choices={KINDS.map((id) => ({ id, label: t(`form.kinds.${id}`) }))}
          value={kind}
          onChange={setKind}
          isDisabled={add.isRunning}
        />
        {kind === 'folder' && (
          <FolderPart
            onChosen={(chosen, called) => {
              setFolder(chosen);
              if (name.trim() === '') setName(called);
            }}
          />
        )}
        <TextField
          label={t('form.name')}
          description={t('form.nameHint')}
          value={name}
          onChange={setName}
          maxLength={60}
        />
        {kind === 'sftp' && (
          <ServerPart server={server} onChange={setServer} passwordRef={password} />
        )}
        <FailureNote failure={add.failure} />
        <div className="v-channel-row">
          <Button variant="primary" disabledReason={missing} onPress={() => void run()}>
            {t('form.add')}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('form.notNow')}
          </Button>
        </div>
      </div>
    </Panel>
  );

  /** Pickers keep the token of a folder until the channel is there. */
  function given({ host, port, user, path, by, key }: ServerForm, secret: string) {
    return {
      ...{ host: host.trim(), user: user.trim() },
      ...(port === null ? {} : { port }),
      ...(path.trim() === '' ? {} : { path: path.trim() }),
      ...(by === 'agent' || secret === '' ? {} : { password: secret }),
      ...(by === 'key' && key !== undefined ? { privateKey: key } : {}),
    };
  }
}
