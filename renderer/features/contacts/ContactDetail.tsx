import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAnswer } from '../../store/use-answer.ts';
import {
  Button,
  Fingerprint,
  Menu,
  PageHeader,
  Panel,
  Skeleton,
  StatusBadge,
  useFormats,
  type Fact,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useCompared, useOffice } from '../packages/index.ts';
import { AddContact } from './AddContact.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';
import { Conflict } from './Conflict.tsx';
import { BlockDialog, ExceptDialog, MatchDialog, MismatchDialog } from './ContactDialogs.tsx';
import { KeyFacts } from './KeyFacts.tsx';
import { LedgerAlarm } from './LedgerAlarm.tsx';
import { LOOKS } from './looks.ts';
import { Standing } from './Standing.tsx';
import type { Contact } from './types.ts';
import { UnknownKey } from './UnknownKey.tsx';

const DIALOGS = {
  match: MatchDialog,
  mismatch: MismatchDialog,
  block: BlockDialog,
  except: ExceptDialog,
  change: ChangeDialog,
} as const;

/** One contact: how it stands, its fingerprint to compare, and what the key is. */
export function ContactDetail({ fingerprint }: { readonly fingerprint: string }) {
  const { t } = useTranslation('contacts');
  const go = useWindow((state) => state.go);
  const { value: contact, failure } = useAnswer(
    () => bridge.contacts.show({ fingerprint }),
    `contact-${fingerprint}`,
  );
  if (contact !== undefined) return <Detail contact={contact} />;
  if (failure?.code === 'contact-unknown') return <UnknownKey fingerprint={fingerprint} />;
  if (failure === undefined) return <Skeleton lines={8} />;
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
      <FailureNote failure={failure} />
    </div>
  );
}

function Detail({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation('contacts');
  const formats = useFormats();
  const compared = useCompared();
  const officeOf = useOffice();
  const go = useWindow((state) => state.go);
  const [open, setOpen] = useState<keyof typeof DIALOGS>();
  const [isUpdating, setUpdating] = useState(false);
  const block = useRef<HTMLDivElement>(null);
  const { name, fingerprint, state, verification, email, mandate } = contact;
  const Open = open === undefined ? undefined : DIALOGS[open];
  const update = () => {
    setUpdating(true);
  };
  const start = (act: keyof typeof DIALOGS) => () => {
    setOpen(act);
  };
  const more: readonly Fact[] = [
    ...(email === undefined ? [] : [{ term: t('facts.address'), value: email }]),
    { term: t('facts.added'), value: formats.longDate(contact.addedAt) },
    ...(verification?.note === undefined
      ? []
      : [{ term: t('facts.note'), value: verification.note }]),
    ...(mandate === undefined
      ? []
      : [
          {
            term: t('facts.mandate'),
            value:
              mandate.until === undefined
                ? mandate.fileName
                : t('facts.mandateUntil', {
                    file: mandate.fileName,
                    date: formats.longDate(mandate.until),
                  }),
          },
        ]),
  ];

  return (
    <div className="v-contacts-page">
      <PageHeader
        title={name}
        eyebrow={officeOf(contact.organisation, contact.country)}
        description={
          <span className="v-contacts-state">
            <StatusBadge {...LOOKS[state]}>{t(`state.${state}`)}</StatusBadge>
            <span>{compared(verification)}</span>
          </span>
        }
        back={{
          label: t('back'),
          onPress: () => {
            go({ screen: 'contacts' });
          },
        }}
        actions={
          <>
            <Button icon="edit" onPress={start('change')}>
              {t('change.act')}
            </Button>
            <Menu
              label={t('more')}
              entries={[
                { id: 'update', label: t('update'), icon: 'refresh', onAction: update },
                ...(verification === undefined && contact.exception === undefined
                  ? [
                      {
                        id: 'except',
                        label: t('except.act'),
                        icon: 'warning' as const,
                        onAction: start('except'),
                      },
                    ]
                  : []),
                ...(contact.blocked === undefined
                  ? [
                      {
                        id: 'block',
                        label: t('block.act'),
                        icon: 'block' as const,
                        isDangerous: true,
                        onAction: start('block'),
                      },
                    ]
                  : []),
              ]}
            >
              <Button icon="more">{t('more')}</Button>
            </Menu>
          </>
        }
      />
      {contact.conflictsWith !== undefined && (
        <Conflict contact={contact} other={contact.conflictsWith} />
      )}
      {contact.ledgerAlarm !== undefined && (
        <LedgerAlarm contact={contact} alarm={contact.ledgerAlarm} />
      )}
      <Standing
        contact={contact}
        onCompare={() => {
          block.current?.scrollIntoView({ block: 'center' });
          block.current?.focus();
        }}
        onUpdate={update}
      />
      <div ref={block} tabIndex={-1}>
        <Panel title={t('fingerprint.title')}>
          <div className="v-contacts-stack">
            <p className="v-measure">
              {verification === undefined
                ? t('fingerprint.text', { name })
                : t('fingerprint.again')}
            </p>
            <Fingerprint
              look="full"
              value={fingerprint}
              name={name}
              {...(contact.blocked === undefined
                ? { onMatch: start('match'), onMismatch: start('mismatch') }
                : {})}
            />
          </div>
        </Panel>
      </div>
      <Panel title={t('facts.title')}>
        <KeyFacts facts={contact.facts} more={more} />
      </Panel>
      {Open !== undefined && (
        <Open
          contact={contact}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
      {isUpdating && (
        <AddContact
          expected={fingerprint}
          onClose={() => {
            setUpdating(false);
          }}
        />
      )}
    </div>
  );
}
