import type { LedgerAlarm, WitnessedLedger } from '../certificates/contact.ts';
import { isDomainError } from '../errors/index.ts';
import type { WitnessResult } from '../packages/package.ts';
import { originOf, parseCheckpoint, type Checkpoint } from '../ledger/checkpoint.ts';
import { decodeEntry } from '../ledger/entry.ts';
import { verifyConsistency } from '../ledger/merkle.ts';
import type { Instant } from '../time.ts';
import { continuation, type Continues } from '../vault/earlier.ts';

/** A counterparty's checkpoint with its proofs, as it came in a bag or a receipt. */
export interface LedgerPart {
  readonly checkpoint: string;
  readonly signature: string;
  readonly consistency: readonly { readonly from: number; readonly proof: readonly string[] }[];
  /** Entry 0, of a ledger that continues another. */
  readonly genesis?: string;
}

export interface Witnessed {
  readonly result: WitnessResult;
  readonly seen: WitnessedLedger;
  /** What to remember of this ledger from now on. */
  readonly remember?: WitnessedLedger;
  /** What a person has to decide about. */
  readonly alarm?: LedgerAlarm['kind'];
}

/**
 * Compares a counterparty's ledger with what we saw of it before: the work of a witness. Nothing
 * is said (`none`) of a tree that is larger without a proof from the size that we know, since the
 * other side did not know yet what we had seen; nor of an older checkpoint that only came late.
 * @throws DomainError of the checkpoint's form
 */
export function witness(
  known: WitnessedLedger | undefined,
  part: LedgerPart,
  at: Instant,
): Witnessed {
  const checkpoint = parseCheckpoint(part.checkpoint);
  const { origin, size, root, head } = checkpoint;
  const { checkpoint: body, signature } = part;
  const seen = { origin, size, root, head, at, signed: { checkpoint: body, signature } };
  if (!known) return { result: 'first-seen', seen, remember: seen };
  const mine = { ...seen, ...(known.earlier === undefined ? {} : { earlier: known.earlier }) };
  if (known.origin !== origin) return ofAnother(known, part, checkpoint, mine);
  if (size < known.size) {
    if (cameLate(known, checkpoint)) return { result: 'none', seen };
    return { result: 'smaller', seen, alarm: 'rollback' };
  }
  if (size === known.size) {
    const isSame = root === known.root && head === known.head;
    if (!isSame) return { result: 'inconsistent', seen, alarm: 'fork' };
    return { result: 'same', seen, ...(known.signed ? {} : { remember: mine }) };
  }
  const given = part.consistency.find(({ from }) => from === known.size);
  if (!given) return { result: 'none', seen };
  const proof = given.proof.map((hash) => Buffer.from(hash, 'base64'));
  const before = Buffer.from(known.root, 'hex');
  const after = Buffer.from(root, 'hex');
  return verifyConsistency(known.size, size, proof, before, after)
    ? { result: 'consistent', seen, remember: mine }
    : { result: 'inconsistent', seen, alarm: 'fork' };
}

/** A ledger with another entry 0: one that says that it continues ours, or a contradiction. */
function ofAnother(
  known: WitnessedLedger,
  part: LedgerPart,
  checkpoint: Checkpoint,
  seen: WitnessedLedger,
): Witnessed {
  if (known.earlier?.includes(checkpoint.origin) === true && cameLate(known, checkpoint))
    return { result: 'none', seen };
  const continues = continuationIn(part.genesis, checkpoint.origin);
  const isOurs = continues?.origin === known.origin;
  const agrees = continues?.size !== known.size || continues.root === known.root;
  if (!isOurs || !agrees) return { result: 'inconsistent', seen, alarm: 'fork' };
  const earlier = [...(known.earlier ?? []), known.origin].slice(-16);
  return { result: 'first-seen', seen, remember: { ...seen, earlier }, alarm: 'restarted' };
}

/** What the entry 0 that came along says, when it is the one that the origin names. */
function continuationIn(genesis: string | undefined, origin: string): Continues | undefined {
  if (genesis === undefined) return undefined;
  const bytes = Buffer.from(genesis);
  if (originOf(bytes) !== origin) return undefined;
  try {
    const { at, actor, type } = decodeEntry(bytes, 0);
    return continuation({ entry: () => ({ seq: 0, bytes, type, at, actor: actor.fingerprint }) });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return undefined;
  }
}

/** Whether a checkpoint was made before the one that we know: packages arrive in any order. */
function cameLate({ signed }: WitnessedLedger, { time }: Checkpoint): boolean {
  return signed !== undefined && time <= parseCheckpoint(signed.checkpoint).time;
}
