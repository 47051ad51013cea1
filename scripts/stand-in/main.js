// What `electron [-r MODULE] FOLDER` runs first. Electron's own file for this is missing from a
// runtime that was taken out of a packaged program; this one knows what development and
// Playwright need: load the modules of -r, then take the folder for the program.
const electron = require('electron');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { resolve } = require('node:path');

/**
 * Electron's own default program sets these two; its types leave them out.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} Hidden
 */
const app = /** @type {Electron.App & Hidden} */ (electron.app);

/** @param {readonly string[]} words the command line after the binary's name */
function read(words) {
  const modules = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-r' || word === '--require') modules.push(resolve(words[(at += 1)] ?? ''));
    else if (!word.startsWith('-')) return { modules, folder: resolve(word) };
  }
  return { modules, folder: undefined };
}

const { modules, folder } = read(process.argv.slice(1));
const load = createRequire(resolve(folder ?? '.', 'package.json'));
for (const path of modules) load(path);
if (folder === undefined) {
  process.stderr.write('usage: electron [-r MODULE] FOLDER\n');
  app.exit(2);
} else {
  const description = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
  Object.assign(process, { defaultApp: true });
  app.name = description.productName ?? description.name;
  if (description.version) app.setVersion(description.version);
  app.setAppPath(folder);
  load(resolve(folder, description.main ?? 'index.js'));
}
