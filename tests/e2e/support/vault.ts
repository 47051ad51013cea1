import type { ElectronApplication, Page } from '@playwright/test';
// The window's bridge, as the page knows it.
import type {} from '../../../renderer/bridge.ts';
import type { Bridge } from '../../../preload/contract/index.ts';
import type { FileToken, FileUse } from '../../../preload/contract/fields.ts';
import type { Reply } from '../../../preload/contract/kinds.ts';

/** A vault made and used through the window's own bridge, without any screen. */

export const PASSPHRASE = 'four unrelated words here';

export const OFFICER = {
  name: 'Amina Diallo',
  email: 'amina@justice.example',
  organisation: 'Ministry of Justice',
  country: 'SN',
} as const;

/** The value of a reply. @throws Error with the failure's code when there is none */
export function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.failure.code}: ${reply.failure.message}`);
}

type CallName = {
  [Area in keyof Bridge]: `${Area}.${keyof Bridge[Area] & string}`;
}[keyof Bridge];

/** Calls the bridge inside the page, as a screen would. */
export async function ask<T = unknown>(
  page: Page,
  name: CallName,
  ...input: readonly unknown[]
): Promise<Reply<T>> {
  return page.evaluate(
    ([path, given]) => {
      const [area = '', verb = ''] = path.split('.');
      const api = Reflect.get(window.valise, area) as Record<
        string,
        (...all: unknown[]) => unknown
      >;
      return api[verb]?.(...given) as Promise<Reply<never>>;
    },
    [name, input] as const,
  );
}

/** Makes a vault in the usual place of this run and leaves it open. */
export async function makeVault(page: Page): Promise<void> {
  valueOf(await ask(page, 'vault.create', { ...OFFICER, passphrase: PASSPHRASE }));
  await mark(page);
}

export async function unlock(page: Page): Promise<void> {
  valueOf(await ask(page, 'vault.unlock', { passphrase: PASSPHRASE }));
  await mark(page);
}

/** A lock brings a new page, which lacks the mark. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { beforeLock: true }));

/** Waits for the page that follows a lock, and answers with the vault's state. */
export async function stateAfterLock(page: Page): Promise<string> {
  await page.waitForFunction(
    () => location.host === 'bundle' && 'valise' in window && !('beforeLock' in window),
  );
  return valueOf(await ask<{ state: string }>(page, 'vault.state')).state;
}

/** Has the system's picker answer with these paths, from now on. */
export async function pickerAnswers(app: ElectronApplication, paths: readonly string[]) {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

/** Chooses files as a person does; answers with their tokens. */
export async function choose(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  use: FileUse,
  paths: readonly string[],
): Promise<FileToken[]> {
  await pickerAnswers(app, paths);
  const chosen = valueOf(
    await ask<{ token: FileToken }[]>(page, 'files.pick', { use, multiple: true }),
  );
  return chosen.map(({ token }) => token);
}

export const workId = (): string => crypto.randomUUID().replaceAll('-', '');

/** The process that holds the vault. */
export async function officePid(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ serviceName }) => serviceName === 'node.mojom.NodeService')
        ?.pid,
  );
}

/** The process that shows the page. */
export async function pagePid(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window?.webContents.getOSProcessId() ?? 0;
  });
}
