import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What the project makes or fetches, and never keeps. */
const MADE = new Set(['.git', '.cache', 'node_modules', 'out', 'dist', 'test-results']);

/** Every file of the project, as paths from its top, in a fixed order. */
export function projectFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !MADE.has(name) && !name.endsWith('.tsbuildinfo'))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? projectFiles(path) : [path];
    })
    .sort();
}

export const sourceOf = (path: string): string => readFileSync(join(root, path), 'utf8');
