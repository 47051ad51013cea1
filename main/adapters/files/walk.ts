import { lstat, opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Found } from '../../domain/files.ts';
import { onDisk } from './system-error.ts';

/**
 * Every file under `path` (or `path` itself), folders in the order of their names. Links are
 * reported and never followed, so a walk ends and stays inside.
 * @throws DomainError `file-missing`, `not-readable`
 */
export async function* walk(path: string): AsyncGenerator<Found, void, void> {
  yield* visit(path, basename(path));
}

async function* visit(path: string, relative: string): AsyncGenerator<Found, void, void> {
  const facts = await onDisk(path, 'read', () => lstat(path));
  const found = (kind: Found['kind']): Found => ({
    kind,
    path,
    relative,
    size: kind === 'file' ? facts.size : 0,
    modified: facts.mtimeMs,
  });
  if (facts.isSymbolicLink()) yield found('link');
  else if (facts.isFile()) yield found('file');
  else if (!facts.isDirectory()) yield found('special');
  else {
    const names = await namesIn(path);
    if (names.length === 0) yield found('empty-folder');
    for (const name of names) yield* visit(join(path, name), `${relative}/${name}`);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return onDisk(folder, 'read', async () => {
    const names: string[] = [];
    for await (const item of await opendir(folder)) names.push(item.name);
    return names.sort();
  });
}
