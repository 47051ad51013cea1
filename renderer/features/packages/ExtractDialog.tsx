import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { messages } from '../../store/messages.ts';
import { useAct } from '../../store/use-act.ts';
import { Button, Dialog, useFormats, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import { revealOf, type ActProps } from './DecisionDialogs.tsx';
import { FolderField, type Folder } from './FolderField.tsx';

/** Writes the files out in the clear, into a folder that the person picks. */
export function ExtractDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  const formats = useFormats();
  const [folder, setFolder] = useState<Folder>();
  const extract = useAct((out: Folder['token'], following) =>
    bridge.packages.extract({ id: shown.id, out }, following),
  );
  const run = async () => {
    if (folder === undefined) return;
    const { name } = folder;
    const done = await extract.run(folder.token);
    setFolder(undefined);
    if (done === undefined) return;
    messages.show({
      tone: 'ok',
      text: t('extract.done', { count: done.files, folder: name }),
      ...revealOf(done.written, t('reveal')),
    });
    onClose();
  };
  const { running } = extract;
  return (
    <Dialog
      title={t('extract.title')}
      isOpen
      isFirm={extract.isRunning}
      onClose={onClose}
      actions={
        !extract.isRunning && (
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('notNow')}
            </Button>
            <Button
              variant="primary"
              disabledReason={folder === undefined ? t('extract.chooseFirst') : undefined}
              onPress={() => void run()}
            >
              {t('extract.act')}
            </Button>
          </>
        )
      }
    >
      <div className="v-packages-stack">
        {extract.isRunning ? (
          <WorkBar
            label={t('extract.running')}
            done={running?.done ?? 0}
            {...(running === undefined ? {} : { total: running.total })}
            {...(running?.speed === undefined ? {} : { speed: running.speed })}
            onCancel={extract.cancel}
            isCancelling={extract.isCancelling}
          />
        ) : (
          <>
            <p>{t('extract.text', { count: shown.files, bytes: formats.bytes(shown.bytes) })}</p>
            <p>{t('extract.clear')}</p>
            <FolderField folder={folder} onChoose={setFolder} />
          </>
        )}
        <FailureNote failure={extract.failure} />
      </div>
    </Dialog>
  );
}
