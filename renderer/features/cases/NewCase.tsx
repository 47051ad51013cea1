import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import {
  Button,
  CheckboxField,
  CodePicker,
  DateField,
  Dialog,
  NumberField,
  Select,
  TextField,
} from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { useVocabularies } from '../packages/index.ts';
import { hoursAfter } from './deadline.ts';
import './cases.css';

const METHODS = ['exact', 'estimated', 'unknown'] as const;
type Method = (typeof METHODS)[number];

interface Form {
  readonly reference: string;
  readonly title: string;
  readonly counterpart: string;
  readonly theirReference: string;
  readonly receivedOn: string | null;
  /** An answer is due 72 hours after the request was received. */
  readonly isDue: boolean;
  readonly dueOn: string | null;
  readonly instrument: readonly string[];
  readonly offences: readonly string[];
  readonly affected: number | null;
  readonly method: Method;
}

const EMPTY: Form = {
  reference: '',
  title: '',
  counterpart: '',
  theirReference: '',
  receivedOn: null,
  isDue: false,
  dueOn: null,
  instrument: [],
  offences: [],
  affected: null,
  method: 'exact',
};

/** Opens a case: its reference, what it is about, with whom, what it answers and until when. */
export function NewCase({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('cases');
  const lists = useVocabularies();
  const [form, setForm] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const act = useAct((input: InputOf<Contract['cases']['open']>) => bridge.cases.open(input));
  const set = (change: Partial<Form>) => {
    setForm((now) => ({ ...now, ...change }));
  };
  const close = () => {
    setForm(EMPTY);
    setTried(false);
    act.clear();
    onClose();
  };
  const open = () => {
    setTried(true);
    if (form.reference.trim() === '' || form.title.trim() === '') return;
    void act.run(inputOf(form, t('new.due72'), t('new.dueOther'))).then((record) => {
      if (record) close();
    });
  };
  return (
    <Dialog
      title={t('new.title')}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t('new.cancel')}</Button>
          <Button variant="primary" onPress={open}>
            {t('new.act')}
          </Button>
        </>
      }
    >
      <div className="v-cases-form">
        <TextField
          label={t('new.reference')}
          value={form.reference}
          onChange={(reference) => {
            set({ reference });
          }}
          error={isTried && form.reference.trim() === '' ? t('new.referenceFault') : undefined}
        />
        <TextField
          label={t('new.about')}
          value={form.title}
          onChange={(title) => {
            set({ title });
          }}
          error={isTried && form.title.trim() === '' ? t('new.aboutFault') : undefined}
        />
        <TextField
          label={t('new.counterpart')}
          description={t('new.counterpartHint')}
          value={form.counterpart}
          onChange={(counterpart) => {
            set({ counterpart });
          }}
          isOptional
        />
        <TextField
          label={t('fact.theirReference')}
          value={form.theirReference}
          onChange={(theirReference) => {
            set({ theirReference });
          }}
          isOptional
        />
        <DateField
          label={t('fact.received')}
          value={form.receivedOn}
          onChange={(receivedOn) => {
            set({ receivedOn });
          }}
          isOptional
        />
        {form.receivedOn !== null && (
          <CheckboxField
            description={t('new.due72Text')}
            isSelected={form.isDue}
            onChange={(isDue) => {
              set({ isDue });
            }}
          >
            {t('new.due72')}
          </CheckboxField>
        )}
        <DateField
          label={t('new.dueOn')}
          value={form.dueOn}
          onChange={(dueOn) => {
            set({ dueOn });
          }}
          isOptional
        />
        <CodePicker
          label={t('fact.instrument')}
          entries={lists.entries('instrument')}
          value={form.instrument}
          onChange={(instrument) => {
            set({ instrument });
          }}
          isSingle
          isOptional
        />
        <CodePicker
          label={t('fact.offences')}
          entries={lists.entries('offence')}
          value={form.offences}
          onChange={(offences) => {
            set({ offences });
          }}
          isOptional
        />
        <NumberField
          label={t('fact.affected')}
          min={0}
          value={form.affected}
          onChange={(affected) => {
            set({ affected });
          }}
          isOptional
        />
        {form.affected !== null && (
          <Select
            label={t('new.method')}
            choices={METHODS.map((id) => ({ id, label: t(`new.methods.${id}`) }))}
            value={form.method}
            onChange={(method) => {
              set({ method });
            }}
          />
        )}
        <FailureNote failure={act.failure} />
      </div>
    </Dialog>
  );
}

/** The form as the office takes it: what was left open is left out. */
function inputOf(form: Form, due72: string, dueOther: string): InputOf<Contract['cases']['open']> {
  const { receivedOn, dueOn, affected, method, offences } = form;
  const [instrument] = form.instrument;
  const theirReference = form.theirReference.trim();
  const deadlines = [
    ...(receivedOn !== null && form.isDue ? [{ name: due72, at: hoursAfter(receivedOn, 72) }] : []),
    ...(dueOn === null ? [] : [{ name: dueOther, at: hoursAfter(dueOn, 24) }]),
  ];
  return {
    reference: form.reference.trim(),
    title: form.title.trim(),
    counterpart: form.counterpart
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    ...(theirReference === '' ? {} : { theirReference }),
    ...(receivedOn === null ? {} : { receivedOn }),
    ...(deadlines.length === 0 ? {} : { deadlines }),
    ...(instrument === undefined ? {} : { instrument }),
    ...(offences.length === 0 ? {} : { offences }),
    ...(affected === null ? {} : { affectedIndividuals: { count: affected, method } }),
  };
}
