import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NameTree } from '../../../../main/domain/packages/name-tree.ts';
import { foldName } from '../../../../main/domain/packages/names.ts';

const clashes = (...paths: string[]) => {
  const tree = new NameTree();
  return paths.map((path) => tree.add(path, 'file'));
};

test('finds names that are one on some systems', () => {
  expect(clashes('a', 'A')).toEqual([undefined, 'a']);
  expect(clashes('a/x', 'A/y')).toEqual([undefined, 'a']);
  expect(clashes('a/b/straße', 'a/b/STRASSE')).toEqual([undefined, 'a/b/straße']);
  expect(clashes('a', 'a')).toEqual([undefined, 'a']);
});

test('finds a file where another name needs a folder', () => {
  expect(clashes('a', 'a/b')).toEqual([undefined, 'a']);
  expect(clashes('a/b', 'a')).toEqual([undefined, 'a']);
});

test('lets a folder come again, and files share it', () => {
  expect(clashes('a/b', 'a/c', 'ab')).toEqual([undefined, undefined, undefined]);
  const tree = new NameTree();
  expect([tree.add('a', 'folder'), tree.add('a', 'folder'), tree.add('a/b', 'file')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(tree.add('A', 'folder')).toBe('a');
});

test('agrees with comparing every two names', () => {
  const part = fc.constantFrom('a', 'A', 'b', 'ß', 'SS', 'é');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(path, { maxLength: 6 }), (paths) => {
      const found = clashes(...paths).some((clash) => clash !== undefined);
      expect(found).toBe(clashByPairs(paths));
    }),
  );
});

function clashByPairs(paths: readonly string[]): boolean {
  const prefixes = (path: string) =>
    path.split('/').map((_part, index, parts) => parts.slice(0, index + 1).join('/'));
  return paths.some((a, index) =>
    paths
      .slice(index + 1)
      .some((b) =>
        prefixes(a).some((x) =>
          prefixes(b).some((y) => foldName(x) === foldName(y) && (x !== y || x === a || y === b)),
        ),
      ),
  );
}

test('takes many deep names, each as one walk and not as many prefixes', () => {
  const tree = new NameTree();
  for (let index = 0; index < 2000; index += 1)
    expect(tree.add(`${'d/'.repeat(1400)}${String(index)}`, 'file')).toBeUndefined();
});
