import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { useMember } from '../../store/use-role.ts';
import {
  Button,
  EmptyState,
  PageHeader,
  Panel,
  SearchField,
  Select,
  Skeleton,
  VirtualTable,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { AddContact } from './AddContact.tsx';
import { STATES } from './looks.ts';
import { NewerCertificates } from './NewerCertificates.tsx';
import { OwnCertificate } from './OwnCertificate.tsx';
import type { Contact } from './types.ts';
import { useContactColumns } from './use-contact-columns.tsx';

type StateFilter = Contact['state'] | 'all';

/** Everybody we exchange with, below the certificate that we give to them. */
export function ContactList() {
  const { t } = useTranslation('contacts');
  const go = useWindow((state) => state.go);
  const member = useMember();
  const { value: contacts, failure } = useAnswer(() => bridge.contacts.list(), 'contacts');
  const [query, setQuery] = useState('');
  const [state, setState] = useState<StateFilter>('all');
  const [selected, setSelected] = useState<number | null>(null);
  const [isAdding, setAdding] = useState(false);
  const open = useCallback(
    ({ fingerprint }: Contact) => {
      go({ screen: 'contacts', fingerprint });
    },
    [go],
  );
  const columns = useContactColumns(open);
  const found = (contacts ?? []).filter(
    (contact) => (state === 'all' || contact.state === state) && isNamed(contact, query),
  );
  const add = (
    <Button
      variant="primary"
      icon="add"
      onPress={() => {
        setAdding(true);
      }}
    >
      {t('add.act')}
    </Button>
  );

  return (
    <div className="v-contacts-page">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={contacts !== undefined && contacts.length > 0 && add}
      />
      <OwnCertificate />
      <FailureNote failure={failure} />
      {contacts === undefined && failure === undefined && <Skeleton isRows lines={6} />}
      {contacts?.length === 0 && (
        <EmptyState icon="contacts" title={t('empty.title')} actions={add}>
          {t('empty.text')}
        </EmptyState>
      )}
      {contacts !== undefined && contacts.length > 0 && (
        <>
          <div className="v-contacts-filters">
            <SearchField
              label={t('search')}
              value={query}
              onChange={(next) => {
                setQuery(next);
                setSelected(null);
              }}
            />
            <Select
              label={t('filter.state')}
              isCompact
              choices={[
                { id: 'all', label: t('filter.all') },
                ...STATES.map((id) => ({ id, label: t(`state.${id}`) })),
              ]}
              value={state}
              onChange={(next) => {
                setState(next);
                setSelected(null);
              }}
            />
            <span className="v-caption v-muted" role="status">
              {t('found', { count: found.length })}
            </span>
          </div>
          <Panel isPadded={false} className="v-contacts-table">
            <VirtualTable
              label={t('title')}
              columns={columns}
              count={found.length}
              rowAt={(index) => found[index]}
              onRange={noFetch}
              selected={selected}
              onSelect={setSelected}
              onOpen={(index) => {
                const contact = found[index];
                if (contact !== undefined) open(contact);
              }}
              menu={(contact) => [
                {
                  id: 'open',
                  label: t('open'),
                  onAction: () => {
                    open(contact);
                  },
                },
              ]}
              whenEmpty={t('none')}
            />
          </Panel>
          {member?.role === 'officer' && <NewerCertificates />}
        </>
      )}
      {isAdding && (
        <AddContact
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}

/** All rows are here already. */
const noFetch = () => undefined;

/** Whether a contact goes by these words; a fingerprint may be written with spaces. */
function isNamed(contact: Contact, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  const { name, organisation, country, email, fingerprint } = contact;
  return (
    [name, organisation, country, email].join(' ').toLowerCase().includes(wanted) ||
    fingerprint.toLowerCase().includes(wanted.replace(/\s/g, ''))
  );
}
