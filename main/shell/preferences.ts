import { ipcMain, screen, type Rectangle } from 'electron';
import Store from 'electron-store';
import { Preferences } from '../../preload/contract/app.ts';

/**
 * What this machine remembers of a person's taste: nothing of a vault but where it lies. The
 * rules are:
 * - every value is checked on its own when it is read; one that is wrong gives way to its default;
 * - a file that cannot be read at all is started anew, since nothing in it is worth a stop.
 */

interface WindowState {
  readonly bounds?: Rectangle;
  readonly maximised: boolean;
}

const DEFAULTS: Preferences = { theme: 'system', autoLockMinutes: 10 };
const MODE = 0o600;

export class PreferenceStore {
  private readonly store: Store;

  constructor(folder: string) {
    this.store = new Store({
      cwd: folder,
      name: 'preferences',
      clearInvalidConfig: true,
      configFileMode: MODE,
      accessPropertiesByDotNotation: false,
    });
    // The library opens a channel of its own for windows that use it. Ours does not.
    ipcMain.removeAllListeners('electron-store-get-data');
    this.store.set('version', 1);
  }

  get(): Preferences {
    const language = Preferences.shape.language.safeParse(this.store.get('language')).data;
    const theme = Preferences.shape.theme.safeParse(this.store.get('theme'));
    const minutes = Preferences.shape.autoLockMinutes.safeParse(this.store.get('autoLockMinutes'));
    return {
      ...(language === undefined ? {} : { language }),
      theme: theme.data ?? DEFAULTS.theme,
      autoLockMinutes: minutes.data ?? DEFAULTS.autoLockMinutes,
    };
  }

  change(changes: Partial<Preferences>): Preferences {
    for (const [name, value] of Object.entries(changes)) this.store.set(name, value);
    return this.get();
  }

  /** The folder of the vault that was open last. */
  vaultFolder(): string | undefined {
    const folder = this.store.get('vault');
    return typeof folder === 'string' && folder !== '' ? folder : undefined;
  }

  rememberVault(folder: string): void {
    this.store.set('vault', folder);
  }

  /** Where the window was; without bounds when that place is on no screen any more. */
  window(): WindowState {
    const known = this.store.get('window');
    if (!isRecord(known)) return { maximised: false };
    const maximised = known['maximised'] === true;
    const { bounds } = known;
    return isBounds(bounds) && isOnScreen(bounds) ? { bounds, maximised } : { maximised };
  }

  rememberWindow(state: WindowState): void {
    this.store.set('window', state);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isBounds = (value: unknown): value is Rectangle =>
  isRecord(value) &&
  ['x', 'y', 'width', 'height'].every((side) => Number.isSafeInteger(value[side]));

function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width);
    const bottom = Math.min(bounds.y + bounds.height, workArea.y + workArea.height);
    return (
      right - Math.max(bounds.x, workArea.x) > 100 && bottom - Math.max(bounds.y, workArea.y) > 100
    );
  });
}
