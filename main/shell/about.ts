import { app } from 'electron';
import { version } from '../version.ts';

const PLATFORMS = ['linux', 'darwin', 'win32'] as const;

/** What the program may say of itself. */
export function programInfo() {
  return {
    name: app.getName(),
    version,
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    platform: PLATFORMS.find((known) => known === process.platform) ?? ('other' as const),
    locale: app.getLocale(),
    packaged: app.isPackaged,
  };
}
