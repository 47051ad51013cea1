import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog } from '../../ui/index.ts';

export interface MemberDialogProps {
  readonly title: string;
  readonly act: string;
  readonly isDangerous?: boolean;
  readonly isRunning: boolean;
  /** Why it cannot be done yet. */
  readonly missing?: string | undefined;
  readonly onRun: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One act about one person: its words, not now, and the act. */
export function MemberDialog(props: MemberDialogProps) {
  const { title, act, isDangerous = false, isRunning, missing, onRun, onClose, children } = props;
  const { t } = useTranslation('members');
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('notNow')}
          </Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            disabledReason={isRunning ? t('working') : missing}
            onPress={onRun}
          >
            {act}
          </Button>
        </>
      }
    >
      <div className="v-people-stack">{children}</div>
    </Dialog>
  );
}
