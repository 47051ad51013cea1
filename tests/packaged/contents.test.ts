import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
