import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { pickOne, type Picked } from '../../store/pick.ts';
import { useAct } from '../../store/use-act.ts';
import { DropZone, WorkBar } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';
import type { Bundle } from './types.ts';
import './bundles.css';

export interface BundleSlotProps {
  /** What to drop here. */
  readonly title: string;
  readonly onOpened: (bundle: Bundle) => void;
}

/** A place for a bundle: its folder or a tar of it is dropped or chosen, and verified with a bar. */
export function BundleSlot({ title, onOpened }: BundleSlotProps) {
  const { t } = useTranslation('bundles');
  const open = useAct((bundle: Picked<'bundle'>, following) =>
    bridge.bundles.open({ bundle }, following),
  );
  const { running } = open;
  const take = async (bundle: Picked<'bundle'> | undefined) => {
    const opened = bundle && (await open.run(bundle));
    if (opened) onOpened(opened);
  };
  if (open.isRunning)
    return (
      <WorkBar
        label={t(running?.stage === 'verify' ? 'slot.verifying' : 'slot.reading')}
        done={running?.done ?? 0}
        unit={running?.stage === 'verify' ? 'entries' : 'bytes'}
        {...(running === undefined ? {} : { total: running.total })}
        {...(running?.speed === undefined ? {} : { speed: running.speed })}
        onCancel={open.cancel}
        isCancelling={open.isCancelling}
      />
    );
  return (
    <>
      <DropZone
        title={title}
        hint={t('slot.hint')}
        canPickFolder
        onPick={(kind) => {
          void pickOne('bundle', kind === 'folder').then((picked) =>
            take(picked.ok ? picked.value : undefined),
          );
        }}
        onDropped={(files) => {
          void bridge.files.dropped(files, { use: 'bundle' }).then((dropped) => {
            const token = dropped.ok ? dropped.value[0]?.token : undefined;
            return take(token?.use === 'bundle' ? { id: token.id, use: 'bundle' } : undefined);
          });
        }}
      />
      <FailureNote failure={open.failure} />
    </>
  );
}
