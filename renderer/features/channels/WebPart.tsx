import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Picked } from '../../store/pick.ts';
import { PasswordField, TextField } from '../../ui/index.ts';
import { ChosenFile } from './ChosenFile.tsx';

/** What is said of a WebDAV folder. The password stays in its field. */
export interface WebForm {
  readonly url: string;
  readonly user: string;
  readonly authority?: Picked<'authority'>;
}

export const EMPTY_WEB: WebForm = { url: '', user: '' };

/** What is still to be said. */
export function lackOfWeb({ url, user }: WebForm) {
  if (url.trim() === '') return 'urlFirst' as const;
  return user.trim() === '' ? ('userFirst' as const) : undefined;
}

/** A folder on a WebDAV server, and how one signs in there. */
export function WebPart({
  web,
  onChange,
  passwordRef,
}: {
  readonly web: WebForm;
  readonly onChange: (web: WebForm) => void;
  readonly passwordRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('channels');
  const edit = (change: Partial<WebForm>) => {
    onChange({ ...web, ...change });
  };
  return (
    <>
      <TextField
        label={t('form.url')}
        description={t('form.urlHint')}
        value={web.url}
        onChange={(url) => {
          edit({ url });
        }}
        maxLength={4096}
      />
      <TextField
        label={t('form.user')}
        value={web.user}
        onChange={(user) => {
          edit({ user });
        }}
        maxLength={256}
      />
      <PasswordField
        label={t('form.password')}
        description={t('form.kept')}
        inputRef={passwordRef}
      />
      <ChosenFile
        use="authority"
        icon="file"
        label={t('form.authority')}
        hint={t('form.authorityHint')}
        onChosen={(authority) => {
          edit({ authority });
        }}
      />
    </>
  );
}
