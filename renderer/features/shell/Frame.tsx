import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../commands/use-commands.ts';
import { roomOf } from '../../routes.ts';
import { useWindow, type LedgerStatus, type Verifying } from '../../store/create-store.ts';
import {
  AppShell,
  CommandPalette,
  LedgerChip,
  type LedgerState,
  type NavItem,
} from '../../ui/index.ts';
import { ContinuityBanner } from '../continuity/index.ts';
import { Guard } from '../failure/index.ts';
import { Screen } from './Screen.tsx';
import { useCounts } from './use-counts.ts';

type Room = ReturnType<typeof roomOf>;

/** The open vault: rooms on the left, the ledger's state and the lock always in sight. */
export function Frame() {
  const { t } = useTranslation('shell');
  const route = useWindow((state) => state.route);
  const go = useWindow((state) => state.go);
  const ledger = useWindow((state) => state.ledger);
  const verifying = useWindow((state) => state.verifying);
  const isPaletteOpen = useWindow((state) => state.isPaletteOpen);
  const setPaletteOpen = useWindow((state) => state.setPaletteOpen);
  const { commands, run, lock } = useCommands();
  const counts = useCounts();
  const room = roomOf(route);

  const items: readonly NavItem<Room>[] = [
    { id: 'overview', label: t('room.overview'), icon: 'home', count: counts.overview },
    { id: 'inbox', label: t('room.inbox'), icon: 'inbox', count: counts.inbox },
    { id: 'packages', label: t('room.packages'), icon: 'package' },
    { id: 'cases', label: t('room.cases'), icon: 'cases' },
    { id: 'contacts', label: t('room.contacts'), icon: 'contacts' },
    { id: 'history', label: t('room.history'), icon: 'history' },
    { id: 'settings', label: t('room.settings'), icon: 'settings' },
  ];

  useEffect(() => {
    document.title = t('title', { room: t(`room.${room}`) });
  }, [room, t]);

  return (
    <>
      <AppShell
        brand={t('brand')}
        items={items}
        current={room}
        onSelect={(screen) => {
          go({ screen });
        }}
        ledger={
          <LedgerChip
            state={chipOf(ledger, verifying)}
            onPress={() => {
              go({ screen: 'history' });
            }}
          />
        }
        lock={{ shortcut: t('lockShortcut'), onPress: lock }}
        isFilled={route.screen === 'history'}
      >
        <ContinuityBanner />
        <Guard key={route.screen}>
          <Screen route={route} />
        </Guard>
      </AppShell>
      <CommandPalette
        commands={commands}
        isOpen={isPaletteOpen}
        onClose={() => {
          setPaletteOpen(false);
        }}
        onRun={run}
      />
    </>
  );
}

/** The ledger's state as the chip says it. */
function chipOf(ledger: LedgerStatus | undefined, verifying: Verifying | undefined): LedgerState {
  if (verifying) return { kind: 'verifying', ...verifying };
  if (!ledger) return { kind: 'unverified' };
  if (ledger.state === 'broken') return { kind: 'broken', entry: ledger.problem?.seq ?? 0 };
  const { verified } = ledger;
  if (!verified) return { kind: 'unverified' };
  return ledger.state === 'verified'
    ? { kind: 'verified', size: verified.entries, at: verified.at, byYou: true }
    : { kind: 'unverified', since: verified.at };
}
