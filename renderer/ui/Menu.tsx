import { useRef, useState } from 'react';
import type { MouseEvent, ReactElement, ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { Kbd } from './Kbd.tsx';
import './Menu.css';
import './Overlay.css';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly shortcut?: string;
  /** Why it cannot be chosen now; shown under it. */
  readonly disabledReason?: string | undefined;
  readonly isDangerous?: boolean;
  readonly onAction: () => void;
}

/** An action, or a line between groups. */
export type MenuEntry = MenuAction | 'line';

export interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** The button that opens it. */
  readonly children: ReactElement;
}

/** A menu under a button. */
export function Menu({ label, entries, children }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="v-popover v-menu-popover" placement="bottom end" offset={4}>
        <Entries label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

export interface ContextMenuProps {
  readonly label: string;
  /** Asked when the menu opens, so that it speaks of what is under the pointer. Empty: no menu. */
  readonly entries: () => readonly MenuEntry[];
  readonly children: ReactNode;
  readonly className?: string;
}

/** A region with a right-click menu (also Shift F10 and the menu key). */
export function ContextMenu({ label, entries, children, className }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState<{ x: number; y: number; entries: readonly MenuEntry[] }>();
  const show = (event: MouseEvent) => {
    const found = entries();
    if (found.length === 0) return;
    event.preventDefault();
    const byKeyboard = event.clientX === 0 && event.clientY === 0;
    const box = (event.target as Element).getBoundingClientRect();
    setOpen({
      x: byKeyboard ? box.left + 12 : event.clientX,
      y: byKeyboard ? box.bottom : event.clientY,
      entries: found,
    });
  };
  return (
    <div className={className} onContextMenu={show}>
      {children}
      <span
        ref={anchor}
        className="v-menu-anchor"
        aria-hidden="true"
        style={open === undefined ? {} : { left: open.x, top: open.y }}
      />
      <Popover
        className="v-popover v-menu-popover"
        triggerRef={anchor}
        placement="bottom start"
        offset={2}
        isOpen={open !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) setOpen(undefined);
        }}
      >
        <Entries label={label} entries={open?.entries ?? []} onChosen={() => setOpen(undefined)} />
      </Popover>
    </div>
  );
}

function Entries({
  label,
  entries,
  onChosen,
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onChosen?: () => void;
}) {
  return (
    <AriaMenu className="v-list v-menu" aria-label={label} autoFocus="first">
      {entries.map((entry, index) =>
        entry === 'line' ? (
          <Separator key={`line-${String(index)}`} className="v-list-line" />
        ) : (
          <AriaMenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            className="v-option"
            data-tone={entry.isDangerous === true ? 'bad' : undefined}
            isDisabled={entry.disabledReason !== undefined}
            onAction={() => {
              onChosen?.();
              entry.onAction();
            }}
          >
            {entry.icon !== undefined && <Icon name={entry.icon} />}
            <Text slot="label" className="v-option-text">
              {entry.label}
            </Text>
            {entry.shortcut !== undefined && (
              <span className="v-option-side">
                <Kbd>{entry.shortcut}</Kbd>
              </span>
            )}
            {entry.disabledReason !== undefined && (
              <Text slot="description" className="v-option-detail">
                {entry.disabledReason}
              </Text>
            )}
          </AriaMenuItem>
        ),
      )}
    </AriaMenu>
  );
}
