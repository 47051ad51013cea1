import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../../store/use-act.ts';
import { Button, Dialog, type DialogProps, type IconName } from '../../ui/index.ts';
import { FailureNote } from '../failure/index.ts';

interface ActDialogProps extends Pick<DialogProps, 'title' | 'size' | 'onClose'> {
  /** On the button that does it. */
  readonly act: string;
  readonly icon?: IconName;
  readonly acting: Pick<Act<never, unknown>, 'isRunning' | 'failure'>;
  readonly onAct: () => Promise<void>;
  /** Why it cannot be done yet. */
  readonly blocked?: string | undefined;
  readonly isFirm?: boolean;
  readonly isDangerous?: boolean;
  /** On the button that leaves everything as it is. */
  readonly leave?: string;
  readonly children: ReactNode;
}

/** A dialog of one act: what it means, the way out, the button that does it, and what went wrong. */
export function ActDialog({
  title,
  size = 'normal',
  onClose,
  act,
  icon,
  acting,
  onAct,
  blocked,
  isFirm = false,
  isDangerous = false,
  leave,
  children,
}: ActDialogProps) {
  const { t } = useTranslation('packages');
  return (
    <Dialog
      title={title}
      isOpen
      size={size}
      isFirm={isFirm || acting.isRunning}
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {leave ?? t('notNow')}
          </Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            {...(icon === undefined ? {} : { icon })}
            disabledReason={acting.isRunning ? t('working') : blocked}
            onPress={() => void onAct()}
          >
            {act}
          </Button>
        </>
      }
    >
      <div className="v-packages-stack">
        {children}
        <FailureNote failure={acting.failure} />
      </div>
    </Dialog>
  );
}
