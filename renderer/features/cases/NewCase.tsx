import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '../../../preload/contract/kinds.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

const EMPTY = { reference: '', title: '', counterpart: '' };

/** Opens a case: its reference, what it is about, and with whom. */
export function NewCase({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('cases');
  const [form, setForm] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const act = useAct((input: InputOf<Contract['cases']['open']>) => bridge.cases.open(input));
  const set = (change: Partial<typeof EMPTY>) => {
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
    const reference = form.reference.trim();
    const title = form.title.trim();
    if (reference === '' || title === '') return;
    const counterpart = form.counterpart
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    void act.run({ reference, title, counterpart }).then((record) => {
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
      <FailureNote failure={act.failure} />
    </Dialog>
  );
}
