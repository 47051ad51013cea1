import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { contract } from '../../preload/contract/index.ts';
import { appHandlers } from '../ipc/app.ts';
import { openCounter } from '../ipc/counter.ts';
import { fileHandlers } from '../ipc/files.ts';
import { answering } from '../ipc/handlers.ts';
import { officeEvents, officeHandlers } from '../ipc/office.ts';
import { withPrintedPages } from '../ipc/printed-pages.ts';
import { publisher } from '../ipc/publish.ts';
import { VaultGate } from '../ipc/vault-gate.ts';
import { workHandlers } from '../ipc/work.ts';
import { Works } from '../ipc/works.ts';
import { programInfo } from './about.ts';
import { copyForAWhile } from './clipboard.ts';
import { Diagnostics } from './diagnostics.ts';
import { describeFile, pickFiles, revealFile } from './dialogs.ts';
import { FileTokens } from './file-tokens.ts';
import { collectGarbage } from './garbage.ts';
import { endWithWindow, survivePage } from './lifecycle.ts';
import { offerEditing, setMenu } from './menu.ts';
import { OfficeHost } from './office-host.ts';
import { watchPower } from './power.ts';
import { PreferenceStore } from './preferences.ts';
import { printToPdf } from './print.ts';
import { ORIGIN, serveBundle } from './scheme.ts';
import { windowSession } from './session-policy.ts';
import { openWindow, renewPage } from './window.ts';

/** The desktop program, put together: the window, the counter, the office behind it. */
export function desktop(): { window: () => BrowserWindow | undefined; open: () => void } {
  let window: BrowserWindow | undefined;
  const current = () => (window?.isDestroyed() === false ? window : undefined);

  const open = () => {
    const userData = app.getPath('userData');
    const out = (path: string) => join(app.getAppPath(), 'out', path);
    const preferences = new PreferenceStore(userData);
    const diagnostics = new Diagnostics(userData);
    const tokens = new FileTokens();
    const works = new Works();
    const publish = publisher(() => current()?.webContents);
    const host: OfficeHost = new OfficeHost({
      script: out('main/office.cjs'),
      samples: join(userData, 'samples'),
      isPackaged: app.isPackaged,
      onEvent: officeEvents(publish),
      onCrash: () => gate.officeStopped(),
    });
    const gate: VaultGate = new VaultGate({
      host,
      tokens,
      works,
      publish,
      remembered: {
        get: () => preferences.vaultFolder(),
        set: (folder) => preferences.rememberVault(folder),
      },
      usualFolder: join(userData, 'vault'),
      holdsVault: (folder) => existsSync(join(folder, 'vault.json')),
      onLocked: () => {
        const shown = current();
        if (shown) void renewPage(shown).then(collectGarbage);
      },
    });
    const lock = (reason: 'asked' | 'idle' | 'suspend' | 'screen' | 'quit') => gate.lock(reason);

    openCounter({
      ipc: ipcMain,
      pages: contract,
      handlers: new Map([
        ...answering<typeof contract.app>(
          'app',
          appHandlers({
            info: programInfo(),
            preferences,
            copy: copyForAWhile,
            quit: () => app.quit(),
          }),
        ),
        ...answering<typeof contract.files>(
          'files',
          fileHandlers({
            tokens,
            pick: async (use, how) => (window ? pickFiles(window, use, how) : []),
            describe: describeFile,
            reveal: revealFile,
          }),
        ),
        ...answering<typeof contract.vault>('vault', gate.handlers()),
        ...answering<typeof contract.work>('work', workHandlers(works)),
        ...withPrintedPages(officeHandlers({ host, tokens, isOpen: () => gate.isOpen }), {
          host,
          tokens,
          print: printToPdf,
        }),
      ]),
      isOurs: (event) => isOurs(event, current()),
      works,
      progress: (work, { stage, done, total }) =>
        publish('work.progress', { work, stage, done, total }),
      incident: (where, trace) => diagnostics.incident(where, trace),
    });

    endWithWindow(() => lock('quit'));
    watchPower({
      idleSeconds: () => preferences.get().autoLockMinutes * 60,
      isBusy: () => !gate.isOpen || works.count > 0,
      lock: (reason) => void lock(reason),
    });
    setMenu(() => void lock('asked'));
    const session = windowSession();
    serveBundle(session, out('renderer'));
    window = openWindow({ session, preload: out('preload/index.cjs'), preferences });
    survivePage(window);
    offerEditing(window.webContents);
  };
  return { window: current, open };
}

/** The main frame of our own window, showing our own page. */
function isOurs({ sender, senderFrame }: IpcMainInvokeEvent, window?: BrowserWindow): boolean {
  if (!window || !senderFrame || sender.id !== window.webContents.id) return false;
  return senderFrame.parent === null && senderFrame.url.startsWith(`${ORIGIN}/`);
}
