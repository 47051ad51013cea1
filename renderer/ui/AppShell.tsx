import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { cx } from './classes.ts';
import { useFormats, useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { Kbd } from './Kbd.tsx';
import { ValiseMark } from './Mark.tsx';
import './AppShell.css';

export interface NavItem<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly icon: IconName;
  /** How many there wait for a person. */
  readonly count?: number;
}

export interface AppShellProps<Id extends string> {
  /** The name of the program, or of the vault. */
  readonly brand: string;
  readonly items: readonly NavItem<Id>[];
  readonly current: Id;
  readonly onSelect: (id: Id) => void;
  /** Whose vault is open: a name, what they may, and what that line is for who cannot see it. */
  readonly who?:
    { readonly label: string; readonly name: string; readonly role: string } | undefined;
  readonly ledger: ReactNode;
  readonly lock: { readonly shortcut: string; readonly onPress: () => void };
  readonly children: ReactNode;
  /** For screens that fill the window and scroll inside themselves. */
  readonly isFilled?: boolean;
}

/** The window: rooms on the left with what waits in each, the ledger's state and the lock below. */
export function AppShell<Id extends string>(props: AppShellProps<Id>) {
  const { brand, items, current, onSelect, who, ledger, lock, children } = props;
  const t = useTexts();
  const formats = useFormats();
  return (
    <div className="v-shell">
      <a className="v-shell-skip" href="#main">
        {t('shell.skip')}
      </a>
      <nav className="v-shell-nav" aria-label={t('shell.navigation')}>
        <div className="v-shell-brand">
          <ValiseMark size={26} />
          <span>{brand}</span>
        </div>
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <Button
                className="v-shell-item"
                onPress={() => onSelect(item.id)}
                {...(item.id === current ? { 'aria-current': 'page' as const } : {})}
              >
                <Icon name={item.icon} />
                <span className="v-shell-label">{item.label}</span>
                {item.count !== undefined && item.count > 0 && (
                  <span className="v-shell-count">
                    <span aria-hidden="true">{formats.count(item.count)}</span>
                    <span className="v-hidden">{t('shell.waiting', { count: item.count })}</span>
                  </span>
                )}
              </Button>
            </li>
          ))}
        </ul>
        <div className="v-shell-end">
          {who && (
            <p className="v-shell-who">
              <Icon name="contact" label={who.label} />
              <span className="v-shell-label">
                {who.name}
                <span className="v-shell-role">{who.role}</span>
              </span>
            </p>
          )}
          {ledger}
          <Button className="v-button v-shell-lock" onPress={lock.onPress} data-variant="plain">
            <Icon name="lock" />
            <span className="v-shell-label">{t('shell.lock')}</span>
            <Kbd>{lock.shortcut}</Kbd>
          </Button>
        </div>
      </nav>
      <main
        id="main"
        className={cx('v-shell-main', props.isFilled === true && 'v-shell-filled')}
        tabIndex={-1}
      >
        {children}
      </main>
    </div>
  );
}
