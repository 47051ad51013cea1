import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { Button, EmptyState, Fingerprint, PageHeader } from '../../ui/index.ts';
import { AddContact } from './AddContact.tsx';

/** A key that signed something and belongs to nobody here: the way to its certificate. */
export function UnknownKey({ fingerprint }: { readonly fingerprint: string }) {
  const { t } = useTranslation('contacts');
  const go = useWindow((state) => state.go);
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="v-contacts-page">
      <PageHeader
        title={t('one')}
        back={{
          label: t('back'),
          onPress: () => {
            go({ screen: 'contacts' });
          },
        }}
      />
      <EmptyState
        icon="key"
        title={t('unknown.title')}
        actions={
          <>
            <Button
              variant="primary"
              icon="add"
              onPress={() => {
                setAdding(true);
              }}
            >
              {t('unknown.act')}
            </Button>
            <Button
              variant="quiet"
              onPress={() => {
                go({ screen: 'inbox' });
              }}
            >
              {t('unknown.inbox')}
            </Button>
          </>
        }
      >
        <div className="v-contacts-stack">
          <p>{t('unknown.text')}</p>
          <Fingerprint value={fingerprint} name={t('unknown.name')} />
        </div>
      </EmptyState>
      {isAdding && (
        <AddContact
          expected={fingerprint}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}
