import { describe, expect, test } from 'vitest';
import { projectFiles, sourceOf } from './files.ts';
import { importsOf } from './imports.ts';
import { ROOMS } from './rooms.ts';

const sources = projectFiles().filter(
  (path) => /^(main|preload|renderer)\/.*\.tsx?$/.test(path) && !path.endsWith('.d.ts'),
);

/** What a file imports that its room does not let in, one line each. */
function trespasses(path: string, source: string): string[] {
  const room = ROOMS.find(({ files }) => files.test(path));
  if (!room) return [`${path}: belongs to no room`];
  return importsOf(path, source)
    .filter(({ target, isType }) => {
      const allowed = isType ? [...room.may, ...(room.mayAsType ?? [])] : room.may;
      return !allowed.some((pattern) => pattern.test(target));
    })
    .map(({ target, line }) => `${path}:${line}: ${room.name} may not import ${target}`);
}

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(20);
});

describe('every file imports only what its room may', () => {
  test.each(sources)('%s', (path) => {
    expect(trespasses(path, sourceOf(path))).toEqual([]);
  });
});

describe('a trespass is seen', () => {
  const cases: [string, string][] = [
    ['main/domain/x.ts', "import { readFileSync } from 'node:fs';"],
    ['main/domain/ledger/x.ts', "export * from '../../adapters/files/x.ts';"],
    ['main/domain/packages/x.ts', "import { decrypt } from 'openpgp';"],
    ['main/services/x.ts', "const late = await import('../adapters/files/x.ts');"],
    ['main/services/x.ts', "type Window = import('electron').BrowserWindow;"],
    ['main/adapters/files/x.ts', "import { app } from 'electron';"],
    ['main/adapters/files/x.ts', "import { Inbox } from '../../services/inbox.ts';"],
    ['main/cli/x.ts', "import { app } from 'electron';"],
    ['main/ipc/x.ts', "import { Inbox } from '../services/inbox.ts';"],
    ['main/shell/x.ts', "import Store from 'electron-store';"],
    ['preload/contract/x.ts', "import type { Uuid } from '../../main/domain/identifiers.ts';"],
    ['preload/index.ts', "import { vault } from './contract/vault.ts';"],
    ['renderer/ui/X.tsx', "import { useStore } from '../store/create-store.ts';"],
    [
      'renderer/features/inbox/X.tsx',
      "import { inbox } from '../../../preload/contract/inbox.ts';",
    ],
    ['main/nowhere/x.ts', ''],
  ];
  test.each(cases)('%s: %s', (path, source) => {
    expect(trespasses(path, source)).toHaveLength(1);
  });
});

test('what is allowed is let in', () => {
  const source = `
    import type { Uuid } from '../domain/identifiers.ts';
    import { DomainError } from '../domain/errors/index.ts';
  `;
  expect(trespasses('main/services/x.ts', source)).toEqual([]);
  const types = "import type { Inbox } from '../services/inbox.ts';";
  expect(trespasses('main/ipc/x.ts', types)).toEqual([]);
});

test('features know of each other only what their index says', () => {
  const feature = (path: string) => path.split('/').slice(0, 3).join('/');
  const insides = sources
    .filter((path) => path.startsWith('renderer/features/'))
    .flatMap((path) => importsOf(path, sourceOf(path)).map(({ target }) => ({ path, target })))
    .filter(({ target }) => target.startsWith('renderer/features/'))
    .filter(({ path, target }) => feature(target) !== feature(path))
    .filter(({ target }) => !/^renderer\/features\/[^/]+\/index\.tsx?$/.test(target))
    .map(({ path, target }) => `${path} reaches into ${target}`);
  expect(insides).toEqual([]);
});

test('one file alone speaks OpenPGP', () => {
  const speakers = sources.filter((path) =>
    importsOf(path, sourceOf(path)).some(({ target, isType }) => target === 'openpgp' && !isType),
  );
  expect(speakers).toHaveLength(1);
});

test('every package that is imported is pinned in package.json', () => {
  const { dependencies, devDependencies } = JSON.parse(sourceOf('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const pinned = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const unknown = sources
    .flatMap((path) => importsOf(path, sourceOf(path)).filter(({ isPackage }) => isPackage))
    .map(({ target }) => (/^(@[^/]+\/[^/]+|[^/]+)/.exec(target) ?? [target])[0])
    .filter((name) => !pinned.has(name));
  expect([...new Set(unknown)]).toEqual([]);
});
