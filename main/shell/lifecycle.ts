import { app, type BrowserWindow } from 'electron';
import { forbidCoreDumps } from './core-dumps.ts';
import { renewPage } from './window.ts';

const CRASHES = 3;
const MINUTE = 60_000;

/**
 * Whether this is the only running copy for this account. A second one brings the first to the
 * front and ends.
 */
export function isAlone(window: () => BrowserWindow | undefined): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const first = window();
    if (!first) return;
    if (first.isMinimized()) first.restore();
    first.show();
    first.focus();
  });
  return true;
}

/** The program ends with its window, and not before the vault is closed. */
export function endWithWindow(lock: () => Promise<void>): void {
  let isClosed = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    const end = () => {
      isClosed = true;
      app.quit();
    };
    lock().then(end, end);
  });
}

/**
 * A page that crashed is started anew. One that keeps crashing ends the program: there is nothing
 * left to show what happened on.
 */
export function survivePage(window: BrowserWindow): void {
  const crashes: number[] = [];
  const { webContents } = window;
  webContents.on('render-process-gone', () => {
    const now = Date.now();
    crashes.push(now);
    if (crashes.filter((at) => now - at < MINUTE).length > CRASHES) app.quit();
    else void renewPage(window);
  });
  webContents.on('did-finish-load', () => {
    forbidCoreDumps(webContents.getOSProcessId());
  });
}
