import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { useMember } from '../../store/use-role.ts';
import { TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { NewPassphrase, passphraseFault } from '../vault/index.ts';
import { MemberDialog } from './MemberDialog.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import type { Role } from './types.ts';

interface Form {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly role: Role;
}

/** Somebody new: who they are, what they may, and the passphrase that they begin with. */
export function AddPerson({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('members');
  const { t: vault } = useTranslation('vault');
  const organisation = useMember()?.organisation ?? '';
  const [form, setForm] = useState<Form>({ name: '', email: '', organisation, role: 'approver' });
  const [isTried, setTried] = useState(false);
  const [fault, setFault] = useState<'short' | 'differs'>();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const act = useAct((input: Form & { readonly passphrase: string }) => bridge.members.add(input));
  const faults = faultsOf(form);
  const set = (change: Partial<Form>) => {
    setForm((now) => ({ ...now, ...change }));
  };
  const run = async () => {
    setTried(true);
    const passphrase = first.current?.value ?? '';
    const wrong = passphraseFault(passphrase, second.current?.value ?? '');
    setFault(wrong);
    if (wrong !== undefined || Object.values(faults).some(Boolean)) return;
    const done = await act.run({ ...trimmed(form), passphrase });
    if (done === undefined) return;
    messages.show({ tone: 'ok', text: t('add.done', { name: done.name }) });
    onClose();
  };
  return (
    <MemberDialog
      title={t('add.title')}
      act={t('add.act')}
      isRunning={act.isRunning}
      onRun={() => void run()}
      onClose={onClose}
    >
      <TextField
        label={t('add.name')}
        value={form.name}
        onChange={(name) => {
          set({ name });
        }}
        error={isTried && faults.name ? t('add.nameFault') : undefined}
      />
      <TextField
        label={t('add.email')}
        description={t('add.emailHint')}
        value={form.email}
        onChange={(email) => {
          set({ email });
        }}
        error={isTried && faults.email ? t('add.emailFault') : undefined}
      />
      <TextField
        label={t('add.organisation')}
        value={form.organisation}
        onChange={(office) => {
          set({ organisation: office });
        }}
        error={isTried && faults.organisation ? t('add.organisationFault') : undefined}
      />
      <RoleChoice
        label={t('add.role')}
        value={form.role}
        onChange={(role) => {
          set({ role });
        }}
      />
      <fieldset className="v-people-part">
        <legend>{t('add.first')}</legend>
        <p className="v-muted">{t('add.firstText')}</p>
        <NewPassphrase
          firstRef={first}
          secondRef={second}
          error={fault && vault(`passphrase.fault.${fault}`)}
        />
      </fieldset>
      <FailureNote failure={act.failure} />
    </MemberDialog>
  );
}

function trimmed({ name, email, organisation, role }: Form): Form {
  return { name: name.trim(), email: email.trim(), organisation: organisation.trim(), role };
}

function faultsOf({ name, email, organisation }: Form) {
  return {
    name: name.trim() === '',
    email: !/^[^\s@<>]+@[^\s@<>]+$/.test(email.trim()),
    organisation: organisation.trim() === '',
  };
}
