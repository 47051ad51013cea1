import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';
import { useRole } from '../../store/use-role.ts';
import { Fingerprint, IconButton, Button, Menu, Section, Tag, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { AddPerson } from './AddPerson.tsx';
import { ChangeRole } from './ChangeRole.tsx';
import { RemovePerson } from './RemovePerson.tsx';
import { RenewKey } from './RenewKey.tsx';
import type { Person } from './types.ts';

import './members.css';

type Act = 'role' | 'renew' | 'remove';
type Asked = { readonly act: 'add' } | { readonly act: Act; readonly person: Person };

/** Everybody who has a way into this vault, and what an officer can do about it. */
export function People() {
  const { t } = useTranslation('members');
  const { value = [], failure } = useAnswer(() => bridge.members.list(), 'members');
  const [asked, setAsked] = useState<Asked>();
  const isOfficer = useRole() === 'officer';
  const close = () => {
    setAsked(undefined);
  };
  return (
    <Section
      title={t('title')}
      description={isOfficer ? t('text') : `${t('text')} ${t('officersOnly')}`}
      actions={
        isOfficer && (
          <Button
            icon="add"
            onPress={() => {
              setAsked({ act: 'add' });
            }}
          >
            {t('add.title')}
          </Button>
        )
      }
    >
      <FailureNote failure={failure} />
      <ul className="v-people">
        {value.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            onAct={
              isOfficer && !person.isYou
                ? (act) => {
                    setAsked({ act, person });
                  }
                : undefined
            }
          />
        ))}
      </ul>
      {asked?.act === 'add' && <AddPerson onClose={close} />}
      {asked?.act === 'role' && <ChangeRole person={asked.person} onClose={close} />}
      {asked?.act === 'renew' && <RenewKey person={asked.person} onClose={close} />}
      {asked?.act === 'remove' && <RemovePerson person={asked.person} onClose={close} />}
    </Section>
  );
}

interface PersonRowProps {
  readonly person: Person;
  /** Absent where nothing can be done: oneself, or by who is no officer. */
  readonly onAct: ((act: Act) => void) | undefined;
}

function PersonRow({ person, onAct }: PersonRowProps) {
  const { t } = useTranslation('members');
  const formats = useFormats();
  const { name, email, organisation, role, fingerprint, since, isYou } = person;
  const entry = (act: Act) => () => {
    onAct?.(act);
  };
  return (
    <li className="v-panel v-person">
      <div className="v-person-who">
        <p className="v-person-name">
          <b>{name}</b>
          <Tag>{t(`role.${role}`)}</Tag>
          {isYou && <Tag tone="ok">{t('you')}</Tag>}
        </p>
        <p className="v-muted">
          {organisation} · {email}
        </p>
        <p className="v-muted">{t(`may.${role}`)}</p>
        <p className="v-muted">{t('since', { date: formats.exact(since) })}</p>
      </div>
      <div className="v-person-key">
        <Fingerprint value={fingerprint} name={name} />
      </div>
      {onAct && (
        <div className="v-person-acts">
          <Menu
            label={t('acts', { name })}
            entries={[
              { id: 'role', label: t('change.menu'), icon: 'edit', onAction: entry('role') },
              { id: 'renew', label: t('renew.menu'), icon: 'key', onAction: entry('renew') },
              'line',
              {
                id: 'remove',
                label: t('remove.menu'),
                icon: 'trash',
                isDangerous: true,
                onAction: entry('remove'),
              },
            ]}
          >
            <IconButton icon="more" label={t('acts', { name })} />
          </Menu>
        </div>
      )}
    </li>
  );
}
