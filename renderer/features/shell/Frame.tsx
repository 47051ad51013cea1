import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../commands/use-commands.ts';
import { roomOf, roomsOf, type Room } from '../../routes.ts';
import { useRole } from '../../store/use-role.ts';
import { useWindow, type LedgerStatus, type Verifying } from '../../store/create-store.ts';
import {
  AppShell,
  CommandPalette,
  LedgerChip,
  type IconName,
  type LedgerState,
  type NavItem,
} from '../../ui/index.ts';
import { ContinuityBanner } from '../continuity/index.ts';
import { Guard } from '../failure/index.ts';
import { useSignedIn } from '../members/index.ts';
import { Screen } from './Screen.tsx';
import { useCounts } from './use-counts.ts';

const ICONS: Readonly<Record<Room, IconName>> = {
  overview: 'home',
  inbox: 'inbox',
  packages: 'package',
  cases: 'cases',
  contacts: 'contacts',
  history: 'history',
  reports: 'chart',
  standing: 'verified',
  sample: 'dice',
  findings: 'edit',
  compare: 'compare',
  evidence: 'download',
  settings: 'settings',
};

/** Rooms that scroll inside themselves. */
const FILLED: readonly Room[] = ['history', 'sample'];

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
  const role = useRole() ?? 'officer';
  const counts = useCounts(role !== 'auditor');
  const who = useSignedIn();
  const room = roomOf(route);

  const waiting: Partial<Record<Room, number>> = counts;
  const items = roomsOf(role).map((id): NavItem<Room> => {
    const count = waiting[id];
    const item = { id, label: t(`room.${id}`), icon: ICONS[id] };
    return count === undefined ? item : { ...item, count };
  });

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
        who={who}
        ledger={
          <LedgerChip
            state={chipOf(ledger, verifying)}
            onPress={() => {
              go({ screen: 'history' });
            }}
          />
        }
        lock={{ shortcut: t('lockShortcut'), onPress: lock }}
        isFilled={FILLED.includes(room)}
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
