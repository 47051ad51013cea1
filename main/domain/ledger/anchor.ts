import type { Digest } from '../identifiers.ts';
import { decodeEntry, entryDigest } from './entry.ts';
import { originOf } from './checkpoint.ts';
import type { LedgerStore } from './ledger-store.ts';
import { rootAt } from './merkle.ts';

/** A place of a ledger that somebody remembers; root and head in hex. */
export interface Position {
  readonly origin: string;
  readonly size: number;
  readonly root: Digest;
  readonly head: Digest;
}

/**
 * How a ledger stands to a remembered place.
 * `same`: exactly there. `ahead-consistent`: further, and it went through that place.
 * `rollback`: the ledger is shorter than what is remembered. `fork`: it went another way.
 * `continued`: it is a new ledger that says it continues the remembered one at or before there.
 */
export type Comparison = 'same' | 'ahead-consistent' | 'rollback' | 'fork' | 'continued';

type Stored = Pick<LedgerStore, 'size' | 'entry' | 'node'>;

/**
 * Compares by stored nodes, in log n time; whether these are right is what `verifyLedger` says.
 * @throws DomainError `ledger-node-missing`
 */
export function compareAnchor(store: Stored, anchor: Position): Comparison {
  const genesis = store.entry(0);
  if (!genesis) return 'rollback';
  if (originOf(genesis.bytes) !== anchor.origin)
    return continues(genesis.bytes, anchor) ? 'continued' : 'fork';
  const size = store.size();
  if (anchor.size > size) return 'rollback';
  const last = store.entry(anchor.size - 1);
  const root = Buffer.from(rootAt(store, anchor.size)).toString('hex');
  if (!last || root !== anchor.root || entryDigest(last.bytes) !== anchor.head) return 'fork';
  return anchor.size === size ? 'same' : 'ahead-consistent';
}

/** What a counterparty signed of our ledger: is it a place that we went through? */
export function compareWitness(
  store: Stored,
  witnessed: Position,
): 'consistent' | 'rollback' | 'fork' {
  const comparison = compareAnchor(store, witnessed);
  return comparison === 'rollback' || comparison === 'fork' ? comparison : 'consistent';
}

function continues(genesisBytes: Uint8Array, anchor: Position): boolean {
  const genesis = decodeEntry(genesisBytes, 0);
  return genesis.type === 'genesis' && genesis.detail.continues?.origin === anchor.origin;
}
