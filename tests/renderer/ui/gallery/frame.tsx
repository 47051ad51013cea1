import type { ReactNode } from 'react';
import { AppShell, LedgerChip } from '../../../../renderer/ui/index.ts';
import type { NavItem } from '../../../../renderer/ui/index.ts';

export const noop = () => undefined;

const ITEMS: readonly NavItem[] = [
  { id: 'overview', label: 'Overview', icon: 'home', count: 3 },
  { id: 'inbox', label: 'Inbox', icon: 'inbox', count: 1 },
  { id: 'packages', label: 'Packages', icon: 'package' },
  { id: 'cases', label: 'Cases', icon: 'cases', count: 12 },
  { id: 'contacts', label: 'Contacts', icon: 'contacts' },
  { id: 'history', label: 'History', icon: 'history' },
  { id: 'reports', label: 'Reports', icon: 'chart' },
  { id: 'settings', label: 'Settings', icon: 'settings' },
];

export function today(time: string): string {
  return `${new Date().toISOString().slice(0, 10)}T${time}:00Z`;
}

/** The window around an invented screen. */
export function Frame({
  current,
  isFilled = false,
  children,
}: {
  readonly current: string;
  readonly isFilled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <AppShell
      brand="Valise"
      items={ITEMS}
      current={current}
      onSelect={noop}
      isFilled={isFilled}
      ledger={
        <LedgerChip
          state={{ kind: 'verified', size: 12345, at: today('00:03'), byYou: true }}
          onPress={noop}
        />
      }
      lock={{ shortcut: 'Ctrl L', onPress: noop }}
    >
      {children}
    </AppShell>
  );
}
