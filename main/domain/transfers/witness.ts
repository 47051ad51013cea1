import type { WitnessedLedger } from '../certificates/contact.ts';
import type { WitnessResult } from '../packages/package.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { verifyConsistency } from '../ledger/merkle.ts';
import type { Instant } from '../time.ts';

/** A counterparty's checkpoint with its proofs, as it came in a bag or a receipt. */
export interface LedgerPart {
  readonly checkpoint: string;
  readonly signature: string;
  readonly consistency: readonly { readonly from: number; readonly proof: readonly string[] }[];
}

export interface Witnessed {
  readonly result: WitnessResult;
  /** What to remember of this ledger from now on. */
  readonly remember?: WitnessedLedger;
}

/**
 * Compares a counterparty's ledger with what we saw of it before: the work of a witness. A tree
 * that is larger without a proof from the size that we know says nothing (`none`): the other
 * side did not know yet what we had seen.
 * @throws DomainError of the checkpoint's form
 */
export function witness(
  known: WitnessedLedger | undefined,
  part: LedgerPart,
  at: Instant,
): Witnessed {
  const { origin, size, root, head } = parseCheckpoint(part.checkpoint);
  const remember: WitnessedLedger = { origin, size, root, head, at };
  if (!known) return { result: 'first-seen', remember };
  if (known.origin !== origin) return { result: 'inconsistent' };
  if (size < known.size) return { result: 'smaller' };
  if (size === known.size)
    return root === known.root && head === known.head
      ? { result: 'same' }
      : { result: 'inconsistent' };
  const given = part.consistency.find(({ from }) => from === known.size);
  if (!given) return { result: 'none' };
  const proof = given.proof.map((hash) => Buffer.from(hash, 'base64'));
  const consistent = verifyConsistency(
    known.size,
    size,
    proof,
    Buffer.from(known.root, 'hex'),
    Buffer.from(root, 'hex'),
  );
  return consistent ? { result: 'consistent', remember } : { result: 'inconsistent' };
}
