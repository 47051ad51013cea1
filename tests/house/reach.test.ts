import ts from 'typescript';
import { expect, test } from 'vitest';
import { projectFiles, sourceOf } from './files.ts';
import { importsOf } from './imports.ts';

/** Where programs start: what no file imports, and everything else is there for. */
const ENTRIES = [
  'main/cli.ts',
  'main/demo.ts',
  'main/index.ts',
  'main/workers/office.ts',
  'preload/index.ts',
  'renderer/main.tsx',
];

/** Formats that are published from the first release on, before the program itself writes them. */
const PUBLISHED = ['main/domain/transfers/approval.ts', 'main/domain/transfers/notice.ts'];

const files = projectFiles();
const program = files.filter((path) => /^(main|preload|renderer)\/.*\.(ts|tsx)$/.test(path));
const everything = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));

test('every file is reached from where a program starts', () => {
  const reached = new Set<string>();
  const follow = (path: string): void => {
    if (reached.has(path) || !program.includes(path)) return;
    reached.add(path);
    for (const { target } of importsOf(path, sourceOf(path))) follow(target);
  };
  ENTRIES.forEach(follow);
  expect(ENTRIES.filter((path) => !reached.has(path))).toEqual([]);
  const alone = program.filter(
    (path) => !reached.has(path) && !path.endsWith('.d.ts') && !PUBLISHED.includes(path),
  );
  expect(alone).toEqual([]);
});

test('every name that is exported is used by someone', () => {
  const words = new Map<string, Set<string>>();
  for (const path of everything) {
    for (const word of new Set(sourceOf(path).match(/[\w$]+/g))) {
      words.set(word, (words.get(word) ?? new Set()).add(path));
    }
  }
  const unused = program.flatMap((path) =>
    exportsOf(path)
      .filter((name) => name !== 'default' && words.get(name)?.size === 1)
      .filter((name) => occurrences(sourceOf(path), name) === 1)
      .map((name) => `${path}: ${name}`),
  );
  expect(unused).toEqual([]);
});

/** The names that a file declares and exports. */
function exportsOf(path: string): string[] {
  const file = ts.createSourceFile(path, sourceOf(path), ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    }
    const { name } = statement as ts.DeclarationStatement;
    return name && ts.isIdentifier(name) ? [name.text] : [];
  });
}

const occurrences = (source: string, name: string): number =>
  source.split(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)).length - 1;
