import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cx } from './classes.ts';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import './DropZone.css';

export interface DropZoneProps {
  /** What to drop: "Drop files or folders here". */
  readonly title: string;
  readonly hint?: ReactNode;
  /**
   * What was let go, as the browser names it. The caller turns these into tokens; no path is ever
   * seen here.
   */
  readonly onDropped: (files: readonly File[]) => void;
  /** Opens the system's picker, for those who do not drag. */
  readonly onPick?: (kind: 'files' | 'folder') => void;
  readonly canPickFolder?: boolean;
  readonly isDisabled?: boolean;
  /** One line high, above a list that is not empty. */
  readonly isCompact?: boolean;
}

/** A place to let files and folders go, with a picker beside it. */
export function DropZone(props: DropZoneProps) {
  const { title, hint, onPick, canPickFolder = false, isDisabled = false } = props;
  const t = useTexts();
  const { isOver, handlers } = useFileDrop(props.onDropped, isDisabled);
  return (
    <div
      {...handlers}
      className={cx('v-drop', props.isCompact === true && 'v-drop-compact')}
      data-over={isOver || undefined}
      role="group"
      aria-label={title}
    >
      <Icon name="upload" size={props.isCompact === true ? 16 : 24} />
      <div className="v-drop-text">
        <span className="v-drop-title">{isOver ? t('drop.release') : title}</span>
        {hint !== undefined && <span className="v-drop-hint">{hint}</span>}
      </div>
      {onPick !== undefined && !isDisabled && (
        <div className="v-drop-actions">
          <Button
            size={props.isCompact === true ? 'small' : 'normal'}
            onPress={() => onPick('files')}
          >
            {t('drop.files')}
          </Button>
          {canPickFolder && (
            <Button
              size={props.isCompact === true ? 'small' : 'normal'}
              onPress={() => onPick('folder')}
            >
              {t('drop.folder')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

export interface DropCurtainProps {
  /** What letting go anywhere will do: "Let go to verify this file". */
  readonly label: string;
  readonly onDropped: (files: readonly File[]) => void;
  readonly children: ReactNode;
  readonly isDisabled?: boolean;
}

/** Makes everything in it one drop zone and says so while a file is held over it. */
export function DropCurtain({ label, onDropped, children, isDisabled = false }: DropCurtainProps) {
  const { isOver, handlers } = useFileDrop(onDropped, isDisabled);
  return (
    <div {...handlers} className="v-curtain-area">
      {children}
      {isOver && (
        <div className="v-curtain" role="status">
          <Icon name="inbox" size={24} />
          {label}
        </div>
      )}
    </div>
  );
}

/** Counts enters against leaves, since each child sends its own. */
function useFileDrop(onDropped: (files: readonly File[]) => void, isDisabled: boolean) {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const settle = (change: number) => {
    depth.current = Math.max(0, depth.current + change);
    setOver(depth.current > 0);
  };
  const carriesFiles = (event: DragEvent) =>
    !isDisabled && event.dataTransfer.types.includes('Files');
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      settle(1);
    },
    onDragOver: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDragLeave: (event: DragEvent) => {
      if (carriesFiles(event)) settle(-1);
    },
    onDrop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      depth.current = 0;
      setOver(false);
      const files = [...event.dataTransfer.files];
      if (files.length > 0) onDropped(files);
    },
  };
  return { isOver, handlers };
}
