import { describe, expect, test } from 'vitest';
import {
  appendLeaves,
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  leafHash,
  nodeHash,
  rootAt,
  verifyConsistency,
  verifyInclusion,
  withNodes,
  type NodeReader,
} from '../../../../main/domain/ledger/merkle.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The definition itself, RFC 6962 section 2.1, without any table. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return leafHash(only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

function tableOf(leaves: readonly Uint8Array[], step = 1) {
  const table = new Map<string, Uint8Array>();
  const reader: NodeReader = {
    node: (level, index) => table.get(`${String(level)}/${String(index)}`),
  };
  for (let size = 0; size < leaves.length; size += step)
    for (const node of appendLeaves(
      reader,
      size,
      leaves.slice(size, size + step).map((leaf) => leafHash(leaf)),
    ))
      table.set(`${String(node.level)}/${String(node.index)}`, node.hash);
  return { reader, table };
}

/** The leaves and roots of the test vectors of the reference implementation of RFC 6962. */
const VECTORS: readonly (readonly [string, string])[] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [
    '606162636465666768696a6b6c6d6e6f',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
];

const leaves = Array.from({ length: 64 }, (_, index) => Uint8Array.of(index, index ^ 0x5a));
const roots = Array.from({ length: 65 }, (_, size) => naiveRoot(leaves.slice(0, size)));
const { reader } = tableOf(leaves);
const at = (list: readonly Uint8Array[], index: number) => list[index] ?? EMPTY_ROOT;

describe('the tree', () => {
  test('has the roots of the published vectors', () => {
    const vectors = tableOf(VECTORS.map(([leaf]) => Buffer.from(leaf, 'hex')));
    expect(hex(rootAt(vectors.reader, 0))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    VECTORS.forEach(([, root], index) => {
      expect(hex(rootAt(vectors.reader, index + 1))).toBe(root);
    });
  });

  test('equals the definition at every size', () => {
    for (let size = 0; size <= 64; size += 1)
      expect(hex(rootAt(reader, size))).toBe(hex(at(roots, size)));
  });

  test.each([1, 2, 3, 7, 64])('holds the same nodes when it grows by %i', (step) => {
    const { table } = tableOf(leaves, step);
    expect(table.size).toBe(127);
    expect([...table].every(([key, hash]) => reader.node(...place(key)) && hash)).toBe(true);
    expect(hex(table.get('6/0') ?? EMPTY_ROOT)).toBe(hex(at(roots, 64)));
  });

  test('adds two nodes a leaf on average', () => {
    const nodes = appendLeaves(
      { node: () => undefined },
      0,
      leaves.map((leaf) => leafHash(leaf)),
    );
    expect(nodes).toHaveLength(127);
    expect(hex(rootAt(withNodes({ node: () => undefined }, nodes), 64))).toBe(hex(at(roots, 64)));
  });

  test('says which node is missing', () => {
    expect(() => rootAt({ node: () => undefined }, 5)).toThrow('lacks node 0 of level 2');
  });
});

describe('an inclusion proof', () => {
  test('is good for every leaf at every size, and for nothing else', () => {
    for (let size = 1; size <= 64; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(reader, index, size);
        const leaf = leafHash(at(leaves, index));
        const root = at(roots, size);
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leaf, index, size, [...proof, leaf], root)).toBe(false);
        expect(verifyInclusion(nodeHash(leaf, leaf), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof, nodeHash(root, root))).toBe(false);
        if (size > 1) {
          expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
          expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false);
        }
        if (proof.length > 1)
          expect(verifyInclusion(leaf, index, size, [...proof].reverse(), root)).toBe(false);
      }
  });

  test('of hostile form is false, not an error', () => {
    const leaf = leafHash(at(leaves, 0));
    const root = at(roots, 1);
    expect(verifyInclusion(leaf, 0, 0, [], root)).toBe(false);
    expect(verifyInclusion(leaf, 1, 1, [], root)).toBe(false);
    expect(verifyInclusion(leaf, -1, 1, [], root)).toBe(false);
    expect(verifyInclusion(leaf, 0.5, 1, [], root)).toBe(false);
    expect(verifyInclusion(leaf, 0, 2 ** 53, [leaf], root)).toBe(false);
    expect(verifyInclusion(leaf, 0, 2, [new Uint8Array(31)], root)).toBe(false);
    const long = Array.from({ length: 64 }, () => leaf);
    expect(verifyInclusion(leaf, 0, 2 ** 52, long, root)).toBe(false);
  });
});

describe('a consistency proof', () => {
  test('is good for every pair of sizes, and for nothing else', () => {
    for (let size = 1; size <= 64; size += 1)
      for (let from = 0; from <= size; from += 1) {
        const proof = consistencyProof(reader, from, size);
        const older = at(roots, from);
        const newer = at(roots, size);
        const other = leafHash(newer);
        expect(verifyConsistency(from, size, proof, older, newer)).toBe(true);
        expect(verifyConsistency(from, size, [...proof, newer], older, newer)).toBe(false);
        expect(verifyConsistency(from, size, proof, older, other)).toBe(from === 0);
        expect(verifyConsistency(from, size, proof, other, newer)).toBe(false);
        if (proof.length > 0)
          expect(verifyConsistency(from, size, proof.slice(1), older, newer)).toBe(false);
        if (proof.length > 1)
          expect(verifyConsistency(from, size, [...proof].reverse(), older, newer)).toBe(false);
      }
  });

  test('does not go backwards', () => {
    expect(verifyConsistency(5, 4, [], at(roots, 5), at(roots, 4))).toBe(false);
    expect(verifyConsistency(-1, 4, [], at(roots, 1), at(roots, 4))).toBe(false);
    expect(() => consistencyProof(reader, 5, 4)).toThrow(RangeError);
  });
});

function place(key: string): [number, number] {
  const [level = 0, index = 0] = key.split('/').map(Number);
  return [level, index];
}
