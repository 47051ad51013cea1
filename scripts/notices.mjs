// The licences of what is inside the bundles, gathered from the bundles' own source maps: what is
// not in a map is not in the program.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { at, manifest } from './project.mjs';

/**
 * Writes one text with the name, version and licence of every package that the program carries.
 * @param {string} to
 * @returns {number} how many packages there are
 */
export function writeNotices(to) {
  const names = new Set(Object.keys(manifest.dependencies));
  for (const folder of ['out/main', 'out/preload', 'out/renderer/assets']) {
    for (const map of readdirSync(at(folder)).filter((name) => name.endsWith('.map'))) {
      for (const name of packagesIn(at(folder, map))) names.add(name);
    }
  }
  // Fonts come in through styles, which have no map.
  for (const name of readdirSync(at('node_modules/@fontsource'))) names.add(`@fontsource/${name}`);
  const notices = [...names].sort().map(notice);
  writeFileSync(to, `${notices.join(`\n${'-'.repeat(80)}\n\n`)}`);
  return notices.length;
}

/** @param {string} map */
function packagesIn(map) {
  /** @type {{ sources: string[] }} */
  const { sources } = JSON.parse(readFileSync(map, 'utf8'));
  return sources.flatMap((source) => {
    const path = posix.normalize(source);
    const inside = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!path.includes('node_modules/')) return [];
    const [first = '', second = ''] = inside.split('/');
    return [first.startsWith('@') ? `${first}/${second}` : first];
  });
}

/** @param {string} name */
function notice(name) {
  const folder = at('node_modules', name);
  /** @type {{ version: string, license?: string }} */
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text =
    file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  return `${name} ${version}\n${license ?? ''}\n\n${text.trim()}\n`;
}
