import type { ReactNode } from 'react';
import {
  Dialog as AriaDialog,
  Heading,
  Modal as AriaModal,
  ModalOverlay,
} from 'react-aria-components';
import { useTexts } from './format.ts';
import { IconButton } from './IconButton.tsx';
import './Dialog.css';
import './Overlay.css';

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The buttons: what is quiet first, what acts last. */
  readonly actions?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly size?: 'small' | 'normal' | 'large';
  /** A question that has to be answered: no closing by Escape or by a click beside it. */
  readonly isFirm?: boolean;
}

/** A modal window: one matter, its words, its buttons. */
export function Dialog(props: DialogProps) {
  const { title, children, actions, isOpen, onClose, size = 'normal', isFirm = false } = props;
  const t = useTexts();
  return (
    <ModalOverlay
      className="v-veil"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={!isFirm}
      isKeyboardDismissDisabled={isFirm}
    >
      <AriaModal className="v-dialog-frame" data-size={size}>
        <AriaDialog className="v-dialog" role={isFirm ? 'alertdialog' : 'dialog'}>
          <header className="v-dialog-head">
            <Heading slot="title" className="v-dialog-title">
              {title}
            </Heading>
            {!isFirm && (
              <IconButton icon="close" label={t('actions.close')} onPress={onClose} slot={null} />
            )}
          </header>
          <div className="v-dialog-body">{children}</div>
          {actions !== undefined && <footer className="v-dialog-actions">{actions}</footer>}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}

export interface DrawerProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A modal panel at the end side, for details that are long: an entry and its proof. */
export function Drawer({ title, children, actions, isOpen, onClose }: DrawerProps) {
  const t = useTexts();
  return (
    <ModalOverlay
      className="v-veil v-drawer-veil"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <AriaModal className="v-drawer-frame">
        <AriaDialog className="v-dialog v-drawer">
          <header className="v-dialog-head">
            <Heading slot="title" className="v-dialog-title">
              {title}
            </Heading>
            <IconButton icon="close" label={t('actions.close')} onPress={onClose} slot={null} />
          </header>
          <div className="v-dialog-body">{children}</div>
          {actions !== undefined && <footer className="v-dialog-actions">{actions}</footer>}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}
