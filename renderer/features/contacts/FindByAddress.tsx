import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, TextField } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Published } from './types.ts';

/** Looks a certificate up where it is published; a key server is asked only when it is named. */
export function FindByAddress({ onFound }: { readonly onFound: (found: Published) => void }) {
  const { t } = useTranslation('contacts');
  const [address, setAddress] = useState('');
  const [server, setServer] = useState('');
  const find = useAct((_: undefined, following) =>
    bridge.contacts.find(
      {
        address: address.trim(),
        ...(server.trim() === '' ? {} : { server: server.trim() }),
      },
      following,
    ),
  );
  const run = async () => {
    const found = await find.run(undefined);
    if (found !== undefined) onFound(found);
  };
  return (
    <>
      <TextField
        label={t('add.find.label')}
        description={t('add.find.hint')}
        value={address}
        onChange={setAddress}
        maxLength={320}
      />
      <TextField
        label={t('add.find.server')}
        description={t('add.find.serverHint')}
        isOptional
        value={server}
        onChange={setServer}
        maxLength={300}
      />
      <FailureNote failure={find.failure} />
      <div>
        <Button
          icon="search"
          disabledReason={
            find.isRunning ? t('working') : address.trim() === '' ? t('add.find.first') : undefined
          }
          onPress={() => void run()}
        >
          {t('add.find.act')}
        </Button>
      </div>
    </>
  );
}
