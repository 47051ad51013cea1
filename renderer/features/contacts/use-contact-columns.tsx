import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { StatusBadge, useFormats, type VirtualColumn } from '../../ui/index.ts';
import { useOffice } from '../packages/index.ts';
import { LOOKS } from './looks.ts';
import type { Contact } from './types.ts';

/** The columns of the list of contacts; the name opens one. */
export function useContactColumns(
  open: (contact: Contact) => void,
): readonly VirtualColumn<Contact>[] {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const officeOf = useOffice();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        track: 'minmax(150px, 1.4fr)',
        render: (contact) => (
          <Button
            className="v-contacts-link"
            excludeFromTabOrder
            onPress={() => {
              open(contact);
            }}
          >
            {contact.name}
          </Button>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        track: 'minmax(146px, 160px)',
        render: ({ state }) => <StatusBadge {...LOOKS[state]}>{t(`state.${state}`)}</StatusBadge>,
      },
      {
        id: 'office',
        header: t('column.office'),
        track: 'minmax(160px, 2fr)',
        render: ({ organisation, country }) => officeOf(organisation, country) ?? '',
      },
      {
        id: 'compared',
        header: t('column.compared'),
        track: 'minmax(110px, 130px)',
        align: 'end',
        render: ({ verification }) =>
          verification === undefined ? (
            <span className="v-muted">{t('never')}</span>
          ) : (
            <time dateTime={verification.at} title={t(`method.${verification.method}`)}>
              {formats.date(verification.at)}
            </time>
          ),
      },
      {
        id: 'expires',
        header: t('column.expires'),
        track: 'minmax(110px, 130px)',
        align: 'end',
        render: ({ facts: { expiresAt } }) =>
          expiresAt === undefined ? (
            <span className="v-muted">{t('never')}</span>
          ) : (
            <time dateTime={expiresAt}>{formats.date(expiresAt)}</time>
          ),
      },
    ],
    [formats, officeOf, open, t],
  );
}
