import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { SavedFilter } from './types.ts';

export interface KeepViewProps {
  readonly filter: SavedFilter;
  readonly onClose: () => void;
}

/** Asks for the name under which the filters are kept. */
export function KeepView({ filter, onClose }: KeepViewProps) {
  const { t } = useTranslation('history');
  const [name, setName] = useState('');
  const act = useAct((called: string) => bridge.ledger.saveView({ name: called, filter }));
  const save = async () => {
    const called = name.trim();
    if (called === '' || (await act.run(called)) === undefined) return;
    messages.show({ tone: 'ok', text: t('views.saved', { name: called }) });
    onClose();
  };
  return (
    <Dialog
      title={t('views.title')}
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <Button
          variant="primary"
          disabledReason={name.trim() === '' ? t('views.name') : undefined}
          onPress={() => void save()}
        >
          {t('views.save')}
        </Button>
      }
    >
      <form
        className="v-history-keep"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t('views.name')}
          description={t('views.text')}
          value={name}
          onChange={setName}
          maxLength={80}
        />
        <FailureNote failure={act.failure} />
      </form>
    </Dialog>
  );
}
