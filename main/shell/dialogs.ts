import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { FileUse } from '../../preload/contract/fields.ts';
import type { Chosen } from '../../preload/contract/files.ts';
import type { PickHow } from '../ipc/files.ts';

type Properties = NonNullable<OpenDialogOptions['properties']>;

const FOLDERS: readonly FileUse[] = ['vault-new', 'vault', 'channel', 'out'];

/** What may be a folder or a file: most systems' pickers offer one of them at a time. */
const EITHER: readonly FileUse[] = ['payload', 'bundle'];

/** Opens the system's picker over the window; no paths when the person changed their mind. */
export async function pickFiles(
  window: BrowserWindow,
  use: FileUse,
  { multiple, folders, name }: PickHow,
): Promise<string[]> {
  if (use === 'save') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      ...(name === undefined ? {} : { defaultPath: name }),
      properties: ['createDirectory', 'dontAddToRecent'],
    });
    return canceled ? [] : [filePath];
  }
  const isFolder = FOLDERS.includes(use) || (folders && EITHER.includes(use));
  const properties: Properties = [
    isFolder ? 'openDirectory' : 'openFile',
    'dontAddToRecent',
    ...(isFolder ? (['createDirectory', 'promptToCreate'] as const) : []),
    ...(multiple ? (['multiSelections'] as const) : []),
  ];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties });
  return canceled ? [] : filePaths;
}

/** What the window may know of a file; undefined for what is neither file nor folder, or gone. */
export async function describeFile(path: string): Promise<Omit<Chosen, 'token'> | undefined> {
  const facts = await stat(path).catch(() => undefined);
  const name = basename(path);
  if (facts?.isDirectory()) return { name, kind: 'folder' };
  return facts?.isFile() ? { name, kind: 'file', size: facts.size } : undefined;
}

/** Shows a file in the system's file manager. It is never opened. */
export function revealFile(path: string): void {
  shell.showItemInFolder(path);
}
