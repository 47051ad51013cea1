import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { Button, EmptyState, SearchField, Section, Skeleton } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { ContactRow } from './ContactRow.tsx';
import type { Form } from './form.ts';

/** As many as are offered at once; the search finds the others. */
const OFFERED = 30;

/** To whom: contacts, each with how its fingerprint was compared and what stands against it. */
export function WhoStep({
  form,
  edit,
}: {
  readonly form: Form;
  readonly edit: (patch: Partial<Form>) => void;
}) {
  const { t } = useTranslation('compose');
  const go = useWindow((state) => state.go);
  const { value: contacts, failure } = useAnswer(() => bridge.contacts.list(), 'contacts');
  const [query, setQuery] = useState('');

  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (contacts === undefined) return <Skeleton isRows />;

  const chosen = form.recipients.map(
    (fingerprint) => contacts.find((one) => one.fingerprint === fingerprint) ?? fingerprint,
  );
  const wanted = query.trim().toLowerCase();
  const others = contacts.filter(
    (contact) =>
      !form.recipients.includes(contact.fingerprint) &&
      [contact.name, contact.email, contact.organisation, contact.country, contact.fingerprint]
        .join(' ')
        .toLowerCase()
        .includes(wanted),
  );
  const remove = (fingerprint: string) => {
    edit({ recipients: form.recipients.filter((one) => one !== fingerprint) });
  };
  const toContacts = (
    <Button
      onPress={() => {
        go({ screen: 'contacts' });
      }}
    >
      {t('who.toContacts')}
    </Button>
  );

  if (contacts.length === 0)
    return (
      <EmptyState icon="contacts" title={t('who.none')} actions={toContacts}>
        {t('who.noneText')}
      </EmptyState>
    );
  return (
    <div className="v-compose-stack">
      <Section title={t('who.chosen', { count: chosen.length })} description={t('who.chosenHint')}>
        {chosen.length === 0 ? (
          <p className="v-muted">{t('who.nobody')}</p>
        ) : (
          <ul className="v-people">
            {chosen.map((contact) =>
              typeof contact === 'string' ? (
                <li key={contact} className="v-person">
                  <div className="v-person-text">
                    <span>{t('who.unknown')}</span>
                    <span className="v-mono v-caption v-wrap-anywhere">{contact}</span>
                  </div>
                  <Button
                    size="small"
                    onPress={() => {
                      remove(contact);
                    }}
                  >
                    {t('who.remove')}
                  </Button>
                </li>
              ) : (
                <ContactRow
                  key={contact.fingerprint}
                  contact={contact}
                  isChosen
                  onToggle={() => {
                    remove(contact.fingerprint);
                  }}
                />
              ),
            )}
          </ul>
        )}
      </Section>
      <Section
        title={t('who.others')}
        actions={
          <>
            <SearchField label={t('who.search')} value={query} onChange={setQuery} />
            {toContacts}
          </>
        }
      >
        {others.length === 0 ? (
          <p className="v-muted">{wanted === '' ? t('who.allChosen') : t('who.noMatch')}</p>
        ) : (
          <ul className="v-people">
            {others.slice(0, OFFERED).map((contact) => (
              <ContactRow
                key={contact.fingerprint}
                contact={contact}
                isChosen={false}
                onToggle={() => {
                  edit({ recipients: [...form.recipients, contact.fingerprint] });
                }}
              />
            ))}
          </ul>
        )}
        {others.length > OFFERED && (
          <p className="v-caption v-muted">{t('who.more', { count: others.length - OFFERED })}</p>
        )}
      </Section>
    </div>
  );
}
