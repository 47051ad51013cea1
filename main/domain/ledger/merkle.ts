import { DomainError } from '../errors/index.ts';
import { hashLatin1 } from './hash.ts';

/**
 * The Merkle tree of RFC 6962 section 2.1 over the entries' bytes. Only complete subtrees have a
 * node: `node(level, index)` is the root of the 2^level leaves from index * 2^level on. Hashes
 * are 32 bytes.
 */
export interface NodeReader {
  node(level: number, index: number): Uint8Array | undefined;
}

/** One complete subtree. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

export const HASH_BYTES = 32;

/** A tree of 2^53 leaves has no longer proof than this. */
export const MAX_PROOF_HASHES = 63;

/** SHA-256(0x00 ‖ bytes). */
export function leafHash(bytes: Uint8Array): Uint8Array {
  const input = Buffer.allocUnsafe(bytes.length + 1);
  input[0] = 0;
  input.set(bytes, 1);
  return Buffer.from(hashLatin1(input), 'latin1');
}

const pair = Buffer.allocUnsafe(1 + 2 * HASH_BYTES).fill(1, 0, 1);

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return Buffer.from(hashLatin1(pair), 'latin1');
}

/** The root of the tree of no leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = Buffer.from(hashLatin1(new Uint8Array()), 'latin1');

/**
 * The nodes that `leaves` (hashes) add to a tree of `size` leaves: two a leaf on average.
 * @throws DomainError `ledger-node-missing`
 */
export function appendLeaves(
  reader: NodeReader,
  size: number,
  leaves: readonly Uint8Array[],
): TreeNode[] {
  const added = new Map<string, Uint8Array>();
  const nodes: TreeNode[] = [];
  const both = overlay(added, reader);
  leaves.forEach((leaf, offset) => {
    let index = size + offset;
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      nodes.push({ level, index, hash });
      added.set(`${String(level)}/${String(index)}`, hash);
      if (index % 2 === 0) return;
      hash = nodeHash(need(both, level, index - 1), hash);
      index = (index - 1) / 2;
    }
  });
  return nodes;
}

/** A reader that sees `nodes` before those of `reader`. */
export function withNodes(reader: NodeReader, nodes: readonly TreeNode[]): NodeReader {
  const added = new Map<string, Uint8Array>();
  for (const { level, index, hash } of nodes) added.set(`${String(level)}/${String(index)}`, hash);
  return overlay(added, reader);
}

/**
 * The root of the tree of the first `size` leaves.
 * @throws DomainError `ledger-node-missing`
 */
export function rootAt(reader: NodeReader, size: number): Uint8Array {
  return size === 0 ? EMPTY_ROOT : rangeHash(reader, 0, size);
}

/**
 * The root of the leaves `begin` to before `end`, where `begin` is a multiple of the power of two
 * that holds them: from complete subtrees.
 */
export function rangeHash(reader: NodeReader, begin: number, end: number): Uint8Array {
  let at = begin;
  const parts: Uint8Array[] = [];
  while (at < end) {
    let level = 0;
    let width = 1;
    for (; width * 2 <= end - at; width *= 2) level += 1;
    parts.push(need(reader, level, at / width));
    at += width;
  }
  return parts.reduceRight((right, left) => nodeHash(left, right));
}

/**
 * That leaf `index` is in the tree of `size` leaves (RFC 6962 section 2.1.1): sibling hashes from
 * the leaf up.
 * @throws RangeError unless index < size; DomainError `ledger-node-missing`
 */
export function inclusionProof(reader: NodeReader, index: number, size: number): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new RangeError('the leaf is outside the tree');
  const path = (at: number, begin: number, end: number): Uint8Array[] => {
    if (end - begin === 1) return [];
    const middle = begin + splitPoint(end - begin);
    return at < middle
      ? [...path(at, begin, middle), rangeHash(reader, middle, end)]
      : [...path(at, middle, end), rangeHash(reader, begin, middle)];
  };
  return path(index, 0, size);
}

/**
 * That the tree of `size` leaves begins with the tree of `from` leaves (RFC 6962 section 2.1.2).
 * Empty when `from` is 0 or `size`.
 * @throws RangeError unless from <= size; DomainError `ledger-node-missing`
 */
export function consistencyProof(reader: NodeReader, from: number, size: number): Uint8Array[] {
  if (!(from >= 0 && from <= size)) throw new RangeError('the older tree is not the smaller one');
  if (from === 0 || from === size) return [];
  const path = (first: number, begin: number, end: number, whole: boolean): Uint8Array[] => {
    if (first === end) return whole ? [] : [rangeHash(reader, begin, end)];
    const middle = begin + splitPoint(end - begin);
    return first <= middle
      ? [...path(first, begin, middle, whole), rangeHash(reader, middle, end)]
      : [...path(first, middle, end, false), rangeHash(reader, begin, middle)];
  };
  return path(from, 0, size, true);
}

/** Checks an inclusion proof as RFC 9162 section 2.1.3.2 does. Hostile input is only false. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isPlace(index, size) || !wellFormed(proof)) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(hash, root);
}

/** Checks a consistency proof as RFC 9162 section 2.1.4.2 does. Hostile input is only false. */
export function verifyConsistency(
  from: number,
  size: number,
  proof: readonly Uint8Array[],
  fromRoot: Uint8Array,
  root: Uint8Array,
): boolean {
  if (!isSize(from) || !isSize(size) || from > size || !wellFormed(proof)) return false;
  if (from === size) return proof.length === 0 && equal(fromRoot, root);
  if (from === 0) return proof.length === 0 && equal(fromRoot, EMPTY_ROOT);
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  const [seed, ...rest] = path;
  if (seed === undefined) return false;
  let node = from - 1;
  let last = size - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  let older = seed;
  let newer = seed;
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newer = nodeHash(newer, hash);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equal(older, fromRoot) && equal(newer, root);
}

/** The largest power of two smaller than `size`. */
function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isPlace(index: number, size: number): boolean {
  return isSize(index) && isSize(size) && index < size;
}

function isPowerOfTwo(value: number): boolean {
  return splitPoint(2 * value) === value;
}

function wellFormed(proof: readonly Uint8Array[]): boolean {
  return proof.length <= MAX_PROOF_HASHES && proof.every((hash) => hash.length === HASH_BYTES);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** The reader's node. @throws DomainError `ledger-node-missing` */
function need(reader: NodeReader, level: number, index: number): Uint8Array {
  const hash = reader.node(level, index);
  if (hash?.length !== HASH_BYTES) throw new DomainError('ledger-node-missing', { level, index });
  return hash;
}

function overlay(added: ReadonlyMap<string, Uint8Array>, reader: NodeReader): NodeReader {
  return {
    node: (level, index) =>
      added.get(`${String(level)}/${String(index)}`) ?? reader.node(level, index),
  };
}
