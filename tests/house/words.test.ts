import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, sourceOf } from './files.ts';

const root = resolve(import.meta.dirname, '../..');
const files = projectFiles();
const code = files.filter((path) => /\.(ts|tsx|js|mjs|css|sql)$/.test(path));
const texts = files.filter((path) =>
  /(\.(ts|tsx|js|mjs|cjs|json|css|sql|md|yml|yaml|html|py|sh)|\/run|ignore|LICENSE)$/.test(path),
);

/** Lines of files that a pattern fits, as `path:line: text`. */
const lines = (paths: readonly string[], pattern: RegExp): string[] =>
  paths
    .filter((path) => path !== 'tests/house/words.test.ts')
    .flatMap((path) =>
      sourceOf(path)
        .split('\n')
        .map((text, at) => ({ text, where: `${path}:${at + 1}` }))
        .filter(({ text }) => pattern.test(text))
        .map(({ text, where }) => `${where}: ${text.trim().slice(0, 120)}`),
    );

/** Tables, which may be as long as what they list. */
const DATA = [
  /^renderer\/locales\//,
  /^main\/domain\/vocabularies\//,
  /^tests\/renderer\/ui\/gallery\/parts\.tsx$/,
  /^tests\/renderer\/features\/packages\/office\.ts$/,
];

test('no file of code is longer than 400 lines', () => {
  const long = code
    .filter((path) => !DATA.some((pattern) => pattern.test(path)))
    .map((path) => ({ path, length: sourceOf(path).split('\n').length }))
    .filter(({ length }) => length > 401)
    .map(({ path, length }) => `${path}: ${length} lines`);
  expect(long).toEqual([]);
});

test('nothing is left for later, and no rule is silenced', () => {
  expect(
    lines(code, /\b(TODO|FIXME|XXX|HACK)\b|eslint-disable|@ts-(ignore|expect-error|nocheck)/),
  ).toEqual([]);
});

test('nothing is typed as any', () => {
  const typescript = code.filter((path) => /\.tsx?$/.test(path));
  expect(lines(typescript, /(:|\bas|<|\|) any\b(?! )|<any>/)).toEqual([]);
});

test('no test is left out or runs alone', () => {
  const tests = code.filter((path) => path.startsWith('tests/'));
  expect(lines(tests, /\b(test|it|describe)\.(skip|only|todo|fails|runIf|skipIf)\b/)).toEqual([]);
});

test('no place of a maintainer’s machine and no host of a package registry is named', () => {
  const machine = /\/(work|root)\/[a-z]/;
  const hosts = /registry\.(npmjs|yarnpkg|npmmirror)|\bnpm\.pkg\.|deb\.debian\.org|pypi\.org/;
  expect(lines(texts, machine)).toEqual([]);
  expect(lines(texts, hosts)).toEqual([]);
});

test('no file or class is a drawer for anything', () => {
  expect(files.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/i.test(path))).toEqual(
    [],
  );
  expect(lines(code, /\b(class|interface) \w+Manager\b|\binterface I[A-Z]\w+/)).toEqual([]);
});

test('every dependency is pinned exactly, and the lockfile names no place to get it from', () => {
  const { dependencies, devDependencies } = JSON.parse(sourceOf('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
  expect(sourceOf('package-lock.json')).not.toContain('"resolved"');
});

test('links between the documents lead somewhere', () => {
  const broken = files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...sourceOf(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)(#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(resolve(root, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
  expect(broken).toEqual([]);
});
