import { expect, test } from 'vitest';
import {
  appendLeaves,
  inclusionProof,
  leafHash,
  withNodes,
} from '../../../../main/domain/ledger/merkle.ts';
import { NodeCache } from '../../../../main/domain/ledger/node-cache.ts';

const SIZE = 1000;
const leaves = Array.from({ length: SIZE }, (_, index) => leafHash(Buffer.from(String(index))));
const empty = { node: () => undefined };
const tree = withNodes(empty, appendLeaves(empty, 0, leaves));

test('proofs of neighbours are the same, with few questions to the store', () => {
  let asked = 0;
  const cache = new NodeCache({
    node: (level, index) => {
      asked += 1;
      return tree.node(level, index);
    },
  });
  for (let seq = 0; seq < SIZE; seq += 1)
    expect(inclusionProof(cache, seq, SIZE)).toEqual(inclusionProof(tree, seq, SIZE));
  expect(asked).toBeLessThan(3 * SIZE);
});

test('what is missing stays missing, and is not remembered', () => {
  let isThere = false;
  const node = leafHash(Buffer.from('late'));
  const cache = new NodeCache({ node: () => (isThere ? node : undefined) });
  expect(cache.node(0, 0)).toBeUndefined();
  isThere = true;
  expect(cache.node(0, 0)).toBe(node);
});
