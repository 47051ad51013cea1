#!/usr/bin/env node
// What electron-builder asks of fpm for a .deb, done with Debian's own dpkg-deb: there is no fpm
// in Debian, and electron-builder would download one. Named to it by CUSTOM_FPM_PATH.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './project.mjs';

/** @type {import('node:util').ParseArgsConfig['options']} */
const options = Object.fromEntries(
  Object.entries({
    single: [
      ...['architecture', 'after-install', 'after-remove', 'description', 'version', 'package'],
      ...['name', 'maintainer', 'vendor', 'url', 'category', 'deb-priority', 'license'],
      ...['deb-compression', 'iteration', 'log'],
    ],
    many: ['deb-recommends'],
  }).flatMap(([kind, names]) =>
    names.map((name) => [name, { type: 'string', multiple: kind === 'many' }]),
  ),
);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...options,
    source: { type: 'string', short: 's' },
    type: { type: 'string', short: 't' },
    depends: { type: 'string', short: 'd', multiple: true },
    force: { type: 'boolean' },
    debug: { type: 'boolean' },
  },
});

/** @param {string} name */
const one = (name) => {
  const value = /** @type {Record<string, unknown>} */ (values)[name];
  return typeof value === 'string' ? value : '';
};
/** @param {string} name */
const list = (name) => {
  const value = /** @type {Record<string, unknown>} */ (values)[name];
  return Array.isArray(value) ? value.join(', ') : '';
};

/** The control file: the first line of a description is its title, the rest is indented. */
function control() {
  const [title = '', ...rest] = one('description')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const fields = {
    Package: one('name'),
    Version: one('version'),
    Architecture: one('architecture'),
    Maintainer: one('maintainer'),
    Depends: list('depends'),
    Recommends: list('deb-recommends'),
    Section: one('category'),
    Priority: one('deb-priority'),
    Homepage: one('url'),
    Description: [title, ...rest.map((line) => ` ${line}`)].join('\n'),
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

if (values['type'] !== 'deb') throw new Error('Only .deb packages are made here.');
const work = mkdtempSync(join(tmpdir(), 'valise-deb-'));
try {
  for (const pair of positionals) {
    const cut = pair.lastIndexOf('=');
    const target = join(work, pair.slice(cut + 1));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(pair.slice(0, cut), target, { recursive: true, verbatimSymlinks: true });
  }
  const debian = join(work, 'DEBIAN');
  mkdirSync(debian);
  writeFileSync(join(debian, 'control'), control());
  for (const [script, name] of [
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ]) {
    if (!script || !name || one(script) === '') continue;
    copyFileSync(one(script), join(debian, name));
    chmodSync(join(debian, name), 0o755);
  }
  chmodSync(work, 0o755);
  const compression = one('deb-compression') || 'xz';
  const { code } = await run('dpkg-deb', [
    '--root-owner-group',
    `-Z${compression}`,
    // The same word that sets the level of everything else that electron-builder compresses.
    `-z${process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ?? '6'}`,
    '--build',
    work,
    one('package'),
  ]);
  process.exitCode = code;
} finally {
  rmSync(work, { recursive: true, force: true });
}
