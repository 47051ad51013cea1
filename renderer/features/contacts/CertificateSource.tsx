import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { Banner, Button, DropZone, TextArea, writtenOf } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { tokensOf, type Token } from '../packages/index.ts';
import { FindByAddress } from './FindByAddress.tsx';
import type { Looked, Published } from './types.ts';

/** A certificate: a chosen file, pasted text, or what was published. */
export type Source =
  | { readonly file: Token<'certificate'> }
  | { readonly text: string; readonly via?: Published['via'] };

export interface Found {
  readonly source: Source;
  readonly looked: Looked;
  /** The server that it was found at. */
  readonly host?: string;
}

/** Where the certificate comes from: dropped, chosen, or pasted. It is read at once. */
export function CertificateSource({
  expected,
  onFound,
}: {
  readonly expected: string | undefined;
  readonly onFound: (found: Found) => void;
}) {
  const { t } = useTranslation('contacts');
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const look = useAct((source: Source) =>
    bridge.contacts.look('file' in source ? source : { text: source.text }),
  );

  const read = async (source: Source, host?: string) => {
    const looked = await look.run(source);
    if (looked !== undefined) onFound({ source, looked, ...(host === undefined ? {} : { host }) });
  };
  const pick = async () => {
    const reply = await bridge.files.pick({ use: 'certificate' });
    const [file] = reply.ok ? tokensOf(reply.value, 'certificate') : [];
    setWrong(false);
    if (file !== undefined) await read({ file });
  };
  const drop = async (files: readonly File[]) => {
    const reply = await bridge.files.dropped(files.slice(0, 1), { use: 'certificate' });
    const [file] = reply.ok ? tokensOf(reply.value, 'certificate') : [];
    setWrong(file === undefined);
    if (file !== undefined) await read({ file });
  };

  return (
    <div className="v-contacts-stack">
      {expected !== undefined && (
        <p className="v-wrap-anywhere">{t('add.expected', { fingerprint: writtenOf(expected) })}</p>
      )}
      <DropZone
        title={t('add.drop')}
        hint={t('add.dropHint')}
        onDropped={(files) => void drop(files)}
        onPick={() => void pick()}
      />
      {isWrong && <Banner tone="warn" title={t('add.wrong')} />}
      <TextArea
        label={t('add.paste')}
        description={t('add.pasteHint')}
        rows={6}
        value={text}
        onChange={setText}
      />
      <FailureNote failure={look.failure} />
      <div>
        <Button
          variant="primary"
          disabledReason={
            look.isRunning ? t('working') : text.trim() === '' ? t('add.readFirst') : undefined
          }
          onPress={() => void read({ text })}
        >
          {t('add.read')}
        </Button>
      </div>
      <FindByAddress
        onFound={({ text: found, via, host }) => void read({ text: found, via }, host)}
      />
    </div>
  );
}
