import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Picked } from '../../store/pick.ts';
import { NumberField, PasswordField, TextField } from '../../ui/index.ts';
import { ChosenFile } from './ChosenFile.tsx';

/** What is said of a mailbox. The password stays in its field. */
export interface MailForm {
  readonly from: string;
  readonly to: string;
  readonly host: string;
  readonly port: number | null;
  readonly imapHost: string;
  readonly imapPort: number | null;
  readonly user: string;
  readonly largestMiB: number | null;
  readonly authority?: Picked<'authority'>;
}

export const EMPTY_MAIL: MailForm = {
  ...{ from: '', to: '', host: '', port: 465, imapHost: '', imapPort: 993, user: '' },
  largestMiB: 20,
};

/** What is still to be said. */
export function lackOfMail({ from, to, host, user }: MailForm) {
  if (!from.includes('@')) return 'fromFirst' as const;
  if (!to.includes('@')) return 'toFirst' as const;
  if (host.trim() === '') return 'hostFirst' as const;
  return user.trim() === '' ? ('userFirst' as const) : undefined;
}

/** A mailbox of ours, an address of the other office, and the servers between. */
export function MailPart({
  mail,
  onChange,
  passwordRef,
}: {
  readonly mail: MailForm;
  readonly onChange: (mail: MailForm) => void;
  readonly passwordRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('channels');
  const field = (of: 'from' | 'to' | 'user' | 'host' | 'imapHost', more: object = {}) => (
    <TextField
      label={t(`form.${of === 'host' ? 'smtpHost' : of}`)}
      value={mail[of]}
      onChange={(value) => {
        onChange({ ...mail, [of]: value });
      }}
      maxLength={256}
      {...more}
    />
  );
  const number = (of: 'port' | 'imapPort' | 'largestMiB', max: number, more: object = {}) => (
    <NumberField
      label={t(`form.${of === 'port' ? 'smtpPort' : of}`)}
      value={mail[of]}
      onChange={(value) => {
        onChange({ ...mail, [of]: value });
      }}
      min={1}
      max={max}
      {...more}
    />
  );
  return (
    <>
      {field('from')}
      {field('to', { description: t('form.toHint') })}
      <div className="v-channel-pair">
        {field('host', { description: t('form.portHint') })}
        {number('port', 65535, { isName: true })}
      </div>
      <div className="v-channel-pair">
        {field('imapHost', { description: t('form.imapHostHint'), isOptional: true })}
        {number('imapPort', 65535, { isName: true })}
      </div>
      {field('user')}
      <PasswordField
        label={t('form.password')}
        description={t('form.kept')}
        inputRef={passwordRef}
      />
      {number('largestMiB', 100, { description: t('form.largestHint') })}
      <ChosenFile
        use="authority"
        icon="file"
        label={t('form.authority')}
        hint={t('form.authorityHint')}
        onChosen={(authority) => {
          onChange({ ...mail, authority });
        }}
      />
    </>
  );
}
