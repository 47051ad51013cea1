import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useWindow } from '../../store/create-store.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, ComboBox, RadioGroup, TextField, useFormats } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { countryCodes } from './countries.ts';
import { Door } from './Door.tsx';
import { NewPassphrase, passphraseFault } from './NewPassphrase.tsx';
import { RecoverySheet } from './RecoverySheet.tsx';

interface Form {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly country: string | null;
  readonly profile: 'interop' | 'rfc9580';
}

interface NewVault extends Form {
  readonly country: string;
  readonly passphrase: string;
}

const EMPTY: Form = { name: '', email: '', organisation: '', country: null, profile: 'interop' };

/** A new vault: who you are, a passphrase, and the recovery code that is shown once. */
export function FirstRun({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation('vault');
  const formats = useFormats();
  const hold = useWindow((state) => state.hold);
  const setVault = useWindow((state) => state.setVault);
  const [form, setForm] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const [fault, setFault] = useState<'short' | 'differs'>();
  const [recoveryCode, setRecoveryCode] = useState<string>();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const act = useAct((input: NewVault) => bridge.vault.create(input));

  const faults = isTried ? faultsOf(form) : {};
  const set = (change: Partial<Form>) => {
    setForm((now) => ({ ...now, ...change }));
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    const passphrase = first.current?.value ?? '';
    const wrong = passphraseFault(passphrase, second.current?.value ?? '');
    setFault(wrong);
    const { country } = form;
    if (wrong !== undefined || country === null || Object.keys(faultsOf(form)).length > 0) return;
    void (async () => {
      hold(true);
      const made = await act.run({ ...trimmed(form), country, passphrase });
      if (made === undefined) hold(false);
      else {
        if (first.current) first.current.value = '';
        if (second.current) second.current.value = '';
        setVault(made.state);
        setRecoveryCode(made.recoveryCode);
      }
    })();
  };

  if (recoveryCode !== undefined)
    return (
      <RecoverySheet
        code={recoveryCode}
        issuer={form.organisation}
        name={form.name}
        onDone={() => {
          hold(false);
        }}
      />
    );
  return (
    <Door onBack={onBack} isWide>
      <form className="v-panel v-door-panel v-first-run" onSubmit={submit} noValidate>
        <header>
          <h1>{t('new.title')}</h1>
          <p className="v-muted">{t('new.lead')}</p>
        </header>
        <fieldset className="v-first-run-part">
          <legend>{t('new.you')}</legend>
          <TextField
            label={t('new.name')}
            value={form.name}
            onChange={(name) => {
              set({ name });
            }}
            error={faults.name && t('new.nameFault')}
          />
          <TextField
            label={t('new.email')}
            description={t('new.emailHint')}
            value={form.email}
            onChange={(email) => {
              set({ email });
            }}
            error={faults.email && t('new.emailFault')}
          />
          <TextField
            label={t('new.organisation')}
            value={form.organisation}
            onChange={(organisation) => {
              set({ organisation });
            }}
            error={faults.organisation && t('new.organisationFault')}
          />
          <ComboBox
            label={t('new.country')}
            choices={countryCodes
              .map((code) => ({ id: code, label: formats.country(code) }))
              .sort((a, b) => a.label.localeCompare(b.label))}
            value={form.country}
            onChange={(country) => {
              set({ country });
            }}
            error={faults.country && t('new.countryFault')}
          />
        </fieldset>
        <fieldset className="v-first-run-part">
          <legend>{t('new.lock')}</legend>
          <NewPassphrase
            firstRef={first}
            secondRef={second}
            error={fault && t(`passphrase.fault.${fault}`)}
          />
          <RadioGroup
            label={t('new.profile')}
            choices={[
              { id: 'interop', label: t('new.interop'), description: t('new.interopHint') },
              { id: 'rfc9580', label: t('new.modern'), description: t('new.modernHint') },
            ]}
            value={form.profile}
            onChange={(profile) => {
              set({ profile });
            }}
          />
        </fieldset>
        <div className="v-first-run-end">
          <FailureNote failure={act.failure} />
          <Button
            type="submit"
            variant="primary"
            disabledReason={act.isRunning ? t('new.busy') : undefined}
          >
            {t('new.act')}
          </Button>
        </div>
      </form>
    </Door>
  );
}

function trimmed({ name, email, organisation, profile }: Form) {
  return { name: name.trim(), email: email.trim(), organisation: organisation.trim(), profile };
}

function faultsOf(form: Form): Partial<Record<keyof Form, true>> {
  return {
    ...(form.name.trim() === '' ? { name: true as const } : {}),
    ...(/^[^\s@<>]+@[^\s@<>]+$/.test(form.email.trim()) ? {} : { email: true as const }),
    ...(form.organisation.trim() === '' ? { organisation: true as const } : {}),
    ...(form.country === null ? { country: true as const } : {}),
  };
}
