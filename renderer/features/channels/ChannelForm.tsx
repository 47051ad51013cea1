import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf, Reply } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import type { Picked } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, NumberField, Panel, RadioGroup, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ChosenFile } from './ChosenFile.tsx';
import { EMPTY_MAIL, lackOfMail, MailPart, type MailForm } from './MailPart.tsx';
import { ProxyField } from './ProxyField.tsx';
import { EMPTY_SERVER, lackOfServer, ServerPart, type ServerForm } from './ServerPart.tsx';
import { EMPTY_WEB, lackOfWeb, WebPart, type WebForm } from './WebPart.tsx';
import type { Channel } from './types.ts';
import './channels.css';

interface Added {
  readonly channel: Channel;
  readonly works: boolean;
}

const KINDS = ['folder', 'sftp', 'webdav', 'email'] as const;
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
  const [web, setWeb] = useState<WebForm>(EMPTY_WEB);
  const [proxy, setProxy] = useState('');
  const [limit, setLimit] = useState<number | null>(null);
  const [mail, setMail] = useState<MailForm>(EMPTY_MAIL);
  const password = useRef<HTMLInputElement>(null);
  const add = useAct(async (called: string, following): Promise<Reply<Added>> => {
    const added = await bridge.exchange.addChannel(given(called, password.current?.value ?? ''));
    // A folder was looked at when it was added; a server is met now.
    if (!added.ok) return added;
    if (kind === 'folder') return { ok: true, value: { channel: added.value, works: true } };
    const tested = await bridge.exchange.testChannel({ name: called }, following);
    const channel = tested.ok ? tested.value : added.value;
    return { ok: true, value: { channel, works: tested.ok } };
  });
  const run = async () => {
    const added = await add.run(name.trim());
    if (added === undefined) return;
    const { name: called, hostKey } = added.channel;
    if (added.works)
      messages.show({
        tone: 'ok',
        text: t(hostKey === undefined ? 'form.added' : 'form.pinned', { name: called }),
      });
    else messages.show({ tone: 'warn', text: t('form.untested', { name: called }) });
    onAdded();
  };
  const lacks = {
    folder: () => (folder === undefined ? ('folderFirst' as const) : undefined),
    sftp: () => lackOfServer(server),
    webdav: () => lackOfWeb(web),
    email: () => lackOfMail(mail),
  }[kind]();
  const missing = add.isRunning
    ? t('form.working')
    : kind === 'folder' && lacks !== undefined
      ? t(`form.${lacks}`)
      : name.trim() === ''
        ? t('form.nameFirst')
        : lacks && t(`form.${lacks}`);
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
          <ChosenFile
            use="channel"
            icon="folder"
            label={t('form.choose')}
            labelOfOther={t('form.other')}
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
        {kind === 'webdav' && <WebPart web={web} onChange={setWeb} passwordRef={password} />}
        {kind === 'email' && <MailPart mail={mail} onChange={setMail} passwordRef={password} />}
        {kind !== 'folder' && (
          <>
            <ProxyField value={proxy} onChange={setProxy} />
            <NumberField
              label={t('form.limit')}
              description={t('form.limitHint')}
              isOptional
              value={limit}
              onChange={setLimit}
              min={16}
              max={10_000_000}
            />
          </>
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

  function given(called: string, secret: string): InputOf<Contract['exchange']['addChannel']> {
    const way = {
      ...(proxy.trim() === '' ? {} : { proxy: proxy.trim() }),
      ...(limit === null ? {} : { limitKiB: limit }),
    };
    switch (kind) {
      case 'folder':
        return { name: called, kind, folder: folder ?? { id: '', use: 'channel' } };
      case 'sftp': {
        const { host, port, user, path, by, key } = server;
        return {
          ...{ name: called, kind, host: host.trim(), user: user.trim() },
          ...(port === null ? {} : { port }),
          ...(path.trim() === '' ? {} : { path: path.trim() }),
          ...(by === 'agent' || secret === '' ? {} : { password: secret }),
          ...way,
          ...(by === 'key' && key !== undefined ? { privateKey: key } : {}),
        };
      }
      case 'webdav': {
        const { url, user, authority } = web;
        return {
          ...{ name: called, kind, url: url.trim(), user: user.trim(), ...way },
          ...(secret === '' ? {} : { password: secret }),
          ...(authority === undefined ? {} : { authority }),
        };
      }
      case 'email': {
        const { host, port, imapHost, imapPort, from, to, user, largestMiB, authority } = mail;
        return {
          ...{ name: called, kind, host: host.trim(), user: user.trim() },
          ...{ from: from.trim(), to: to.trim(), ...way },
          ...(port === null ? {} : { port }),
          ...(imapHost.trim() === '' ? {} : { imapHost: imapHost.trim() }),
          ...(imapPort === null ? {} : { imapPort }),
          ...(secret === '' ? {} : { password: secret }),
          ...(largestMiB === null ? {} : { largestMiB }),
          ...(authority === undefined ? {} : { authority }),
        };
      }
    }
  }
}
