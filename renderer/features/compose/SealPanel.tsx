import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Fingerprint, Fold, Icon, Panel, SealButton, useFormats } from '../../ui/index.ts';
import { useCompared, Who, type Contact } from '../packages/index.ts';
import type { Form, PackageView } from './form.ts';
import { SealDialog } from './SealDialog.tsx';
import type { Draft } from './use-draft.ts';

export type SealResult = ValueOf<Contract['packages']['seal']>;

/** What would be sealed, who could read it, until when, and the act itself. */
export function SealPanel({
  shown,
  form,
  draft,
  blocked,
  onSealed,
}: {
  readonly shown: PackageView;
  readonly form: Form;
  readonly draft: Draft;
  /** How many things still block; undefined while nobody knows. */
  readonly blocked: number | undefined;
  readonly onSealed: (result: SealResult) => void;
}) {
  const { t } = useTranslation('compose');
  const formats = useFormats();
  const compared = useCompared();
  const [isOpen, setOpen] = useState(false);
  const { recipients } = form;
  const { value: contacts = [] } = useAnswer(() => bridge.contacts.list(), 'contacts');
  const people = recipients.flatMap((fingerprint) =>
    contacts.filter((contact) => contact.fingerprint === fingerprint),
  );
  const { value: message } = useAnswer(
    () => bridge.packages.profile({ recipients }),
    `profile-${recipients.join(' ')}`,
  );
  const affected = useAffected()(form);
  const reason =
    blocked === undefined
      ? t('seal.checking')
      : blocked > 0
        ? t('seal.blocked', { count: blocked })
        : undefined;

  return (
    <Panel title={t('seal.title')} className="v-seal-panel">
      <div className="v-compose-stack">
        <p>
          {shown.files === 0
            ? t('seal.empty')
            : t('seal.content', { count: shown.files, bytes: formats.bytes(shown.bytes) })}{' '}
          {affected}
        </p>
        {people.length === 0 ? (
          <p className="v-muted">{t('seal.nobody')}</p>
        ) : (
          <div>
            <p>{t('seal.readers')}</p>
            <ul className="v-readers">
              {people.map((contact) => (
                <Reader
                  key={contact.fingerprint}
                  contact={contact}
                  text={compared(contact.verification)}
                />
              ))}
            </ul>
            <Fold title={t('seal.fingerprints', { count: people.length })}>
              {people.map(({ fingerprint, name }) => (
                <div key={fingerprint} className="v-readers-key">
                  <p className="v-caption v-muted">{t('seal.fingerprintOf', { name })}</p>
                  <Fingerprint value={fingerprint} name={name} />
                </div>
              ))}
            </Fold>
          </div>
        )}
        <div className="v-caption v-muted">
          <p>
            {form.deleteBy === null
              ? t('seal.noRetention')
              : t(`seal.until.${form.retentionAction}`, { date: formats.longDate(form.deleteBy) })}
          </p>
          {message !== undefined && recipients.length > 0 && (
            <p>{t(`seal.form.${message.profile}`)}</p>
          )}
        </div>
        <SealButton
          isWide
          disabledReason={reason}
          onPress={() => {
            void draft.save().then((isSaved) => {
              if (isSaved) setOpen(true);
            });
          }}
        >
          {t('seal.act')}
        </SealButton>
      </div>
      {isOpen && (
        <SealDialog
          shown={shown}
          form={form}
          people={people}
          onClose={() => {
            setOpen(false);
          }}
          onSealed={onSealed}
        />
      )}
    </Panel>
  );
}

function Reader({ contact, text }: { readonly contact: Contact; readonly text: string }) {
  const { t } = useTranslation('compose');
  const isGood = contact.state === 'verified';
  return (
    <li>
      <Icon
        name={isGood ? 'check' : 'warning'}
        label={t(`who.state.${contact.state}`)}
        className={isGood ? 'v-tone-ok' : 'v-tone-warn'}
      />
      <span>
        <Who name={contact.name} organisation={contact.organisation} country={contact.country} />
        <span className="v-caption v-muted v-readers-how">{text}</span>
      </span>
    </li>
  );
}

/** How many people the data are about, in words. */
export function useAffected(): (form: Form) => string {
  const { t } = useTranslation('compose');
  return ({ affectedMethod, affectedCount }) => {
    if (affectedMethod === null) return t('affected.unsaid');
    if (affectedMethod === 'unknown') return t('affected.unknown');
    return affectedCount === null
      ? t('affected.unsaid')
      : t(`affected.${affectedMethod}`, { count: affectedCount });
  };
}
