import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindow } from '../../store/create-store.ts';
import { Button, Dialog, Menu, type IconName } from '../../ui/index.ts';
import { AcceptDialog, DestroyDialog, RejectDialog, type ActProps } from './DecisionDialogs.tsx';
import { ApproveDialog, RefuseDialog } from './AgreementDialogs.tsx';
import { DiscardDialog } from './DiscardDialog.tsx';
import { DispatchForms } from './DispatchForms.tsx';
import { ExtractDialog } from './ExtractDialog.tsx';
import {
  DelayDialog,
  DisputeDialog,
  HoldDialog,
  RecallDialog,
  ReturnDialog,
} from './LaterDialogs.tsx';
import { PageDialog } from './PageDialog.tsx';
import { RecordDialog } from './RecordDialog.tsx';
import { isDraft } from './state-look.ts';
import type { PackageView } from './types.ts';

export const ACTS = [
  'approve',
  'refuse',
  'compose',
  'accept',
  'reject',
  'send',
  'extract',
  'record',
  'page',
  'delay',
  'hold',
  'release',
  'return',
  'dispute',
  'recall',
  'destroy',
  'discard',
] as const;
export type PackageAct = (typeof ACTS)[number];

const ICONS: Readonly<Record<PackageAct, IconName>> = {
  approve: 'stamp',
  refuse: 'block',
  compose: 'edit',
  accept: 'check',
  reject: 'block',
  send: 'send',
  extract: 'folder-open',
  record: 'receipt',
  page: 'file',
  delay: 'clock',
  hold: 'lock',
  release: 'unlock',
  return: 'undo',
  dispute: 'warning',
  recall: 'undo',
  destroy: 'destroy',
  discard: 'trash',
};

/** What can be done with a package now, by what its state allows; the first is what it waits for. */
export function actsOf(shown: PackageView): readonly PackageAct[] {
  const { can, direction, state } = shown;
  const isKept = shown.sealed?.kept !== false;
  const isRequest = direction === 'in' && shown.manifest?.kind === 'request';
  const isAsked = shown.agreement?.isAsked === true;
  const allowed: Readonly<Record<PackageAct, boolean>> = {
    approve: isAsked,
    refuse: isAsked,
    compose: isDraft(state) && can.includes('edit') && !isAsked,
    accept: direction === 'in' && can.includes('accept'),
    reject: direction === 'in' && can.includes('reject'),
    send: direction === 'out' && can.includes('dispatch') && isKept,
    extract: can.includes('extract') && isKept,
    record: direction === 'out' && can.includes('hear') && state !== 'sealed',
    page: shown.manifest !== undefined,
    delay: isRequest && can.includes('delay'),
    hold: can.includes('hold') && shown.hold === undefined,
    release: can.includes('hold') && shown.hold !== undefined,
    return: direction === 'in' && can.includes('return'),
    dispute: direction === 'in' && can.includes('dispute'),
    recall: direction === 'out' && can.includes('recall'),
    destroy: direction === 'in' && can.includes('destroy'),
    discard: can.includes('discard') && !isAsked,
  };
  const acts = ACTS.filter((act) => allowed[act]);
  return state === 'sealed' || direction === 'in'
    ? acts
    : [...acts.filter((act) => act !== 'send'), ...acts.filter((act) => act === 'send')];
}

const DIALOGS: Readonly<
  Record<Exclude<PackageAct, 'compose'>, (props: ActProps) => React.JSX.Element>
> = {
  approve: ApproveDialog,
  refuse: RefuseDialog,
  accept: AcceptDialog,
  reject: RejectDialog,
  send: SendDialog,
  extract: ExtractDialog,
  record: RecordDialog,
  page: PageDialog,
  delay: DelayDialog,
  hold: HoldDialog,
  release: HoldDialog,
  return: ReturnDialog,
  dispute: DisputeDialog,
  recall: RecallDialog,
  destroy: DestroyDialog,
  discard: DiscardDialog,
};

/** The acts of a package: the one that it waits for first, two beside it, the others in a menu. */
export function PackageActs({ package: shown }: { readonly package: PackageView }) {
  const { t } = useTranslation('packages');
  const go = useWindow((state) => state.go);
  const [open, setOpen] = useState<Exclude<PackageAct, 'compose'>>();
  const acts = actsOf(shown);
  const start = (act: PackageAct) => {
    if (act === 'compose') go({ screen: 'compose', id: shown.id });
    else setOpen(act);
  };
  const hasPrimary =
    acts[0] === 'approve' ||
    acts[0] === 'compose' ||
    acts[0] === 'accept' ||
    shown.state === 'sealed';
  const beside = acts.slice(0, 3);
  const inMenu = acts.slice(3);
  const Open = open === undefined ? undefined : DIALOGS[open];
  return (
    <>
      {beside.map((act, index) => (
        <Button
          key={act}
          icon={ICONS[act]}
          variant={index === 0 && hasPrimary ? 'primary' : 'plain'}
          onPress={() => {
            start(act);
          }}
        >
          {t(`act.${act}`)}
        </Button>
      ))}
      {inMenu.length > 0 && (
        <Menu
          label={t('act.more')}
          entries={inMenu.map((act) => ({
            id: act,
            label: t(`act.${act}`),
            icon: ICONS[act],
            isDangerous: act === 'destroy' || act === 'discard' || act === 'recall',
            onAction: () => {
              start(act);
            },
          }))}
        >
          <Button icon="more">{t('act.more')}</Button>
        </Menu>
      )}
      {Open !== undefined && (
        <Open
          package={shown}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}

function SendDialog({ package: shown, onClose }: ActProps) {
  const { t } = useTranslation('packages');
  return (
    <Dialog title={t('send.dialog')} isOpen size="large" onClose={onClose}>
      <DispatchForms package={shown} onSent={onClose} />
    </Dialog>
  );
}
