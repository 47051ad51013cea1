import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../bridge.ts';
import { roomsOf } from '../routes.ts';
import { useWindow } from '../store/create-store.ts';
import { useRole } from '../store/use-role.ts';
import type { PaletteCommand } from '../ui/index.ts';

interface Command extends PaletteCommand {
  readonly act: () => void;
}

/**
 * Everything that can be done from anywhere, once: the palette, the shortcuts and the menu's keys
 * are views of this list.
 */
export function useCommands(): {
  readonly commands: readonly PaletteCommand[];
  readonly run: (id: string) => void;
  readonly lock: () => void;
} {
  const { t } = useTranslation('shell');
  const role = useRole() ?? 'officer';
  const go = useWindow((state) => state.go);
  const setPaletteOpen = useWindow((state) => state.setPaletteOpen);
  const lock = useCallback(() => {
    void bridge.vault.lock();
  }, []);

  const commands = useMemo<readonly Command[]>(() => {
    return [
      ...roomsOf(role).map((screen, index): Command => ({
        id: `go-${screen}`,
        label: t('command.go', { room: t(`room.${screen}`) }),
        section: t('command.places'),
        shortcut: `Ctrl ${String(index + 1)}`,
        act: () => {
          go({ screen });
        },
      })),
      {
        id: 'lock',
        label: t('command.lock'),
        section: t('command.vault'),
        icon: 'lock',
        shortcut: t('lockShortcut'),
        act: lock,
      },
    ];
  }, [go, lock, role, t]);

  const run = useCallback(
    (id: string) => {
      setPaletteOpen(false);
      commands.find((command) => command.id === id)?.act();
    },
    [commands, setPaletteOpen],
  );

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === 'k') setPaletteOpen(true);
      else if (key === 'l') lock();
      else {
        const command = commands.find((item) => item.shortcut === `Ctrl ${key}`);
        if (!command) return;
        command.act();
      }
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [commands, lock, setPaletteOpen]);

  return { commands, run, lock };
}
