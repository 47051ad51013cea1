import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Picked } from '../../store/pick.ts';
import { NumberField, PasswordField, RadioGroup, TextField } from '../../ui/index.ts';
import { ChosenFile } from './ChosenFile.tsx';

const WAYS = ['password', 'key', 'agent'] as const;

/** What is said of a server. The password stays in its field. */
export interface ServerForm {
  readonly host: string;
  readonly port: number | null;
  readonly user: string;
  readonly path: string;
  readonly by: (typeof WAYS)[number];
  readonly key?: Picked<'private-key'>;
}

export const EMPTY_SERVER: ServerForm = { host: '', port: 22, user: '', path: '', by: 'password' };

/** What is still to be said. */
export function lackOfServer({ host, user, by, key }: ServerForm) {
  if (host.trim() === '') return 'hostFirst' as const;
  if (user.trim() === '') return 'userFirst' as const;
  return by === 'key' && key === undefined ? ('keyFirst' as const) : undefined;
}

/** A server, and how one signs in there. */
export function ServerPart({
  server,
  onChange,
  passwordRef,
}: {
  readonly server: ServerForm;
  readonly onChange: (server: ServerForm) => void;
  readonly passwordRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('channels');
  const edit = (change: Partial<ServerForm>) => {
    onChange({ ...server, ...change });
  };
  return (
    <>
      <div className="v-channel-pair">
        <TextField
          label={t('form.host')}
          description={t('form.hostHint')}
          value={server.host}
          onChange={(host) => {
            edit({ host });
          }}
          maxLength={253}
        />
        <NumberField
          label={t('form.port')}
          value={server.port}
          onChange={(port) => {
            edit({ port });
          }}
          min={1}
          max={65535}
          isName
        />
      </div>
      <TextField
        label={t('form.user')}
        value={server.user}
        onChange={(user) => {
          edit({ user });
        }}
        maxLength={256}
      />
      <TextField
        label={t('form.path')}
        description={t('form.pathHint')}
        isOptional
        value={server.path}
        onChange={(path) => {
          edit({ path });
        }}
        maxLength={4096}
      />
      <RadioGroup
        label={t('form.by')}
        choices={WAYS.map((id) => ({ id, label: t(`form.with.${id}`) }))}
        value={server.by}
        onChange={(by) => {
          edit({ by });
        }}
      />
      {server.by === 'key' && (
        <ChosenFile
          use="private-key"
          icon="key"
          label={t('form.key')}
          labelOfOther={t('form.keyOther')}
          onChosen={(key) => {
            edit({ key });
          }}
        />
      )}
      {server.by !== 'agent' && (
        <PasswordField
          label={t(server.by === 'key' ? 'form.keyPassword' : 'form.password')}
          description={t('form.kept')}
          inputRef={passwordRef}
        />
      )}
    </>
  );
}
