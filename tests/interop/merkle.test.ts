import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  appendLeaves,
  consistencyProof,
  inclusionProof,
  leafHash,
  rootAt,
  verifyConsistency,
  verifyInclusion,
  withNodes,
  type NodeReader,
} from '../../main/domain/ledger/merkle.ts';
import { VERIFY_PY } from '../fixtures/bundles.ts';
import vectors from '../vectors/merkle/v1.json' with { type: 'json' };

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

function treeOf(leaves: readonly Uint8Array[]): NodeReader {
  const empty = { node: () => undefined };
  const hashes = leaves.map((leaf) => leafHash(leaf));
  return withNodes(empty, appendLeaves(empty, 0, hashes));
}

interface Answers {
  readonly roots: readonly string[];
  readonly paths: readonly (readonly (readonly string[])[])[];
  readonly proofs: readonly (readonly (readonly string[])[])[];
}

/** What the definition itself gives for a tree, computed by another program. */
function independently(leaves: readonly Uint8Array[]): Answers {
  const script = join(import.meta.dirname, 'rfc6962.py');
  const input = JSON.stringify({ leaves: leaves.map(hex) });
  const answer = execFileSync('python3', ['-B', script], { input, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(answer.toString()) as Answers;
}

/** Has verify.py check proofs: [what leads where, is it good?]. */
function askVerifyPy(asked: readonly object[]): boolean[] {
  const script = `import importlib.util, json, sys
spec = importlib.util.spec_from_file_location('verify', sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
def judge(a):
    if 'leaf' in a:
        node = verify.sha256(b'\\0', bytes.fromhex(a['data'])).digest()
        return verify.root_by_proof(a['leaf'], a['size'], node, a['hashes']).hex() == a['root']
    older, hashes = bytes.fromhex(a['older']), list(map(bytes.fromhex, a['hashes']))
    return verify.roots_by_proof(a['from'], a['size'], older, hashes) == (older, bytes.fromhex(a['root']))
print(json.dumps([judge(a) for a in json.load(sys.stdin)]))`;
  const answer = execFileSync('python3', ['-B', '-c', script, VERIFY_PY], {
    input: JSON.stringify(asked),
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(answer.toString()) as boolean[];
}

describe('the published vectors of RFC 6962', () => {
  const leaves = vectors.leaves.map(bytes);
  const tree = treeOf(leaves);
  const independent = independently(leaves);

  test('have our roots', () => {
    const roots = [vectors.emptyRoot, ...vectors.roots];
    expect(roots.map((_, size) => hex(rootAt(tree, size)))).toEqual(roots);
    expect(independent.roots).toEqual(roots);
  });

  test.each(vectors.inclusion)('have our audit path of leaf $leaf at $size', (vector) => {
    const { leaf, size, hashes } = vector;
    expect(inclusionProof(tree, leaf, size).map(hex)).toEqual(hashes);
    expect(independent.paths[size]?.[leaf]).toEqual(hashes);
    const data = vectors.leaves[leaf] ?? '';
    const root = vectors.roots[size - 1] ?? '';
    expect(verifyInclusion(leafHash(bytes(data)), leaf, size, hashes.map(bytes), bytes(root))).toBe(
      true,
    );
    expect(askVerifyPy([{ ...vector, data, root }])).toEqual([true]);
  });

  test.each(vectors.consistency)('have our consistency proof from $from to $size', (vector) => {
    const { from, size, hashes } = vector;
    expect(consistencyProof(tree, from, size).map(hex)).toEqual(hashes);
    expect(independent.proofs[size]?.[from]).toEqual(hashes);
    const older = vectors.roots[from - 1] ?? '';
    const root = vectors.roots[size - 1] ?? '';
    expect(verifyConsistency(from, size, hashes.map(bytes), bytes(older), bytes(root))).toBe(true);
    expect(askVerifyPy([{ ...vector, older, root }])).toEqual([true]);
  });
});

test('the example of RFC 6962, section 2.1.3, is ours', () => {
  const leaves = Array.from({ length: 7 }, (_, at) => Buffer.from(`d${at}`));
  const tree = treeOf(leaves);
  const [a, b, c, d, e, f, j] = leaves.map((leaf) => hex(leafHash(leaf)));
  const over = (level: number, index: number) => hex(tree.node(level, index) ?? new Uint8Array());
  const [g, h, i, k] = [over(1, 0), over(1, 1), over(1, 2), over(2, 0)];
  const l = hex(rootAt(treeOf(leaves.slice(4)), 3));
  expect({ a, e }).toEqual({ a: over(0, 0), e: over(0, 4) });
  const path = (leaf: number) => inclusionProof(tree, leaf, 7).map(hex);
  expect([path(0), path(3), path(4), path(6)]).toEqual([
    [b, h, l],
    [c, g, l],
    [f, j, k],
    [i, k],
  ]);
  const proof = (from: number) => consistencyProof(tree, from, 7).map(hex);
  expect([proof(3), proof(4), proof(6)]).toEqual([[c, d, g, l], [l], [i, j, k]]);
});

test('random trees: every root and every proof up to 64 leaves is that of the definition', () => {
  const leaves = Array.from({ length: 64 }, () => randomBytes(randomInt(0, 64)));
  const tree = treeOf(leaves);
  const { roots, paths, proofs } = independently(leaves);
  const asked: object[] = [];
  const expected: boolean[] = [];
  for (let size = 0; size <= 64; size += 1) {
    const root = roots[size] ?? '';
    expect(hex(rootAt(tree, size))).toBe(root);
    const other = hex(leafHash(bytes(root)));
    for (let leaf = 0; leaf < size; leaf += 1) {
      const hashes = inclusionProof(tree, leaf, size).map(hex);
      expect({ leaf, size, hashes }).toEqual({ leaf, size, hashes: paths[size]?.[leaf] });
      const data = hex(leaves[leaf] ?? new Uint8Array());
      asked.push({ leaf, size, hashes, data, root }, { leaf, size, hashes, data, root: other });
      expected.push(true, false);
    }
    for (let from = 1; from <= size; from += 1) {
      const hashes = consistencyProof(tree, from, size).map(hex);
      expect({ from, size, hashes }).toEqual({ from, size, hashes: proofs[size]?.[from] });
      const older = roots[from] ?? '';
      asked.push({ from, size, hashes, older, root }, { from, size, hashes, older, root: other });
      asked.push({ from, size, hashes: [...hashes, root], older, root });
      expected.push(true, false, false);
    }
  }
  expect(asked).toHaveLength((2 + 3) * (65 * 32));
  expect(askVerifyPy(asked)).toEqual(expected);
});
