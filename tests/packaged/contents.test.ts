import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from 'vitest';
import { packed } from './program.ts';

const resources = join(packed.folder, 'resources');
const files = listPackage(join(resources, 'app.asar'), { isPack: false });

test('the archive holds the bundles and the native packages, and nothing else', () => {
  const strangers = files.filter(
    (path) =>
      !/^\/(package\.json|out|out\/(main|preload|renderer)(\/.*)?)$/.test(path) &&
      !/^\/node_modules(\/(@node-rs|@signalapp)?(\/.*)?)?$/.test(path) &&
      !/^\/node_modules\/node-gyp-build(\/.*)?$/.test(path),
  );
  expect(strangers).toEqual([]);
  for (const path of ['/out/main/index.cjs', '/out/main/office.cjs', '/out/preload/index.cjs']) {
    expect(files).toContain(path);
  }
});

test('no source and no map of it is given away with the program', () => {
  expect(files.filter((path) => /\.(map|ts|tsx)$/.test(path))).toEqual([]);
});

test('each native module is there once, for this platform, outside the archive', () => {
  const modules = files.filter((path) => path.endsWith('.node'));
  expect(modules).toHaveLength(2);
  for (const path of modules) {
    expect(path).toContain(`${process.platform}-${process.arch}`);
    expect(existsSync(join(resources, 'app.asar.unpacked', path))).toBe(true);
  }
});

test('the licences of all that is inside come with it', () => {
  const notices = readFileSync(join(packed.folder, 'LICENSE.third-party.txt'), 'utf8');
  for (const name of ['openpgp', 'react', 'zod', '@signalapp/sqlcipher', '@node-rs/argon2']) {
    expect(notices).toContain(`${name} `);
  }
  expect(readFileSync(join(packed.folder, 'LICENSE.valise.txt'), 'utf8')).toContain(
    'GNU AFFERO GENERAL PUBLIC LICENSE',
  );
});

test('a program that is packed for tests says so', () => {
  expect(readdirSync(packed.folder)).toContain('NOT-FOR-RELEASE.txt');
});

test('Electron’s own stand-in program is not left behind', () => {
  expect(readdirSync(resources)).not.toContain('default_app.asar');
});

test('the Debian package and the archive hold the same program', () => {
  const output = join(packed.folder, '..');
  const lists = readdirSync(output).flatMap((name) => {
    const path = join(output, name);
    if (name.endsWith('.deb')) return [listed('dpkg-deb', ['-c', path], '/opt/Valise/')];
    if (name.endsWith('.tar.gz')) return [listed('tar', ['-tvzf', path], `${name.slice(0, -7)}/`)];
    return [];
  });
  expect(lists).toHaveLength(2);
  for (const list of lists) {
    expect(list.get('resources/app.asar')).toBe(statSync(join(resources, 'app.asar')).size);
    expect(list.get('valise')).toBe(statSync(packed.binary).size);
  }
});

/** Files of an archive and their sizes, by their place below `root`. */
function listed(command: string, args: readonly string[], root: string): Map<string, number> {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return new Map(
    stdout.split('\n').flatMap((line) => {
      const [, , size = '', , , path = ''] = line.split(/\s+/);
      const at = path.indexOf(root);
      return at < 0 ? [] : [[path.slice(at + root.length), Number(size)] as const];
    }),
  );
}
