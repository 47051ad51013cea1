import { BrowserWindow, nativeTheme, type Session } from 'electron';
import type { PreferenceStore } from './preferences.ts';
import { NOWHERE, PAGE } from './scheme.ts';

export interface WindowParts {
  readonly session: Session;
  readonly preload: string;
  readonly preferences: PreferenceStore;
}

const PAPER = { light: '#F6F4EE', dark: '#11141B' } as const;

/** The one window. Its page gets the bridge and nothing else. */
export function openWindow({ session, preload, preferences }: WindowParts): BrowserWindow {
  const { bounds, maximised } = preferences.window();
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 720,
    minHeight: 520,
    ...bounds,
    show: false,
    title: 'Valise',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      plugins: false,
      webviewTag: false,
      webgl: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: false,
      // Devices that no page of ours asks for: without their names nothing can ask.
      disableBlinkFeatures: 'WebUSB,WebHID,Serial,WebBluetooth',
    },
  });
  if (maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    preferences.rememberWindow({
      bounds: window.getNormalBounds(),
      maximised: window.isMaximized(),
    });
  });
  void window.loadURL(PAGE);
  return window;
}

/**
 * Starts the page anew in a new process. The memory of the old one, with all that was on the
 * glass, goes back to the system. A window that is closed meanwhile needs no page.
 */
export async function renewPage(window: BrowserWindow): Promise<void> {
  for (const page of [NOWHERE, PAGE]) {
    if (window.isDestroyed()) return;
    await window.loadURL(page).catch(() => undefined);
  }
}
