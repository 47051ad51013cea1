import { DomainError } from '../errors/index.ts';
import type { Digest } from '../identifiers.ts';
import { instant, type Instant } from '../time.ts';
import type { Act } from '../vault/journal.ts';
import { Authority, isKeysType } from './authority.ts';
import { encodeCheckpoint, originOf } from './checkpoint.ts';
import { decodeEntry, encodeEntry, entryDigest, NO_PREV, ENTRY_FORMAT } from './entry.ts';
import type { Actor, Entry } from './entry.ts';
import { factsOf, type EntryFacts } from './facts.ts';
import {
  appendLeaves,
  leafHash,
  rootAt,
  withNodes,
  type NodeReader,
  type TreeNode,
} from './merkle.ts';

/** Where a ledger stands: all that the next append needs to know of it. */
export interface Tail {
  readonly size: number;
  /** Digest of the last entry; `NO_PREV` before entry 0. */
  readonly head: Digest;
  readonly at: Instant | undefined;
  readonly actor: Actor | undefined;
  readonly origin: string | undefined;
  readonly authority: Authority;
}

export const EMPTY_TAIL: Tail = {
  size: 0,
  head: NO_PREV,
  at: undefined,
  actor: undefined,
  origin: undefined,
  authority: new Authority(),
};

export interface NewEntry {
  readonly bytes: Uint8Array;
  readonly facts: EntryFacts;
}

/** Everything that one commit appends, before anything of it is signed or stored. */
export interface Appended {
  readonly entries: readonly NewEntry[];
  readonly nodes: readonly TreeNode[];
  /** The checkpoint's body at the new size: what the actor signs. */
  readonly checkpoint: string;
  readonly tail: Tail;
}

/**
 * Makes the entries of some acts, the nodes that they add and the checkpoint over them. A clock
 * that went back is written down first. Nothing is changed: the tail that comes back counts once
 * all of it is stored.
 * @throws DomainError `ledger-not-authorised`, `entry-too-large`, `document-refused`,
 * `ledger-node-missing`
 */
export function planAppend(
  reader: NodeReader,
  tail: Tail,
  acts: readonly Act[],
  actor: Actor,
  now: Date,
): Appended {
  const at = instant(now);
  const authority = tail.authority.copy();
  const all: Act[] = [...acts];
  if (tail.at !== undefined && at < tail.at)
    all.unshift({ type: 'clock-went-back', detail: { from: tail.at, to: at } });

  const entries: NewEntry[] = [];
  let head = tail.head;
  for (const act of all) {
    const seq = tail.size + entries.length;
    const entry = {
      format: ENTRY_FORMAT,
      seq,
      at,
      actor: { fingerprint: actor.fingerprint, role: actor.role },
      type: act.type,
      subject: act.subject ?? {},
      detail: withPrevKeys(act, authority),
      prev: head,
    } as Entry;
    const bytes = encodeEntry(entry);
    const problem = authority.apply(entry);
    if (problem !== undefined)
      throw new DomainError('ledger-not-authorised', {
        type: act.type,
        role: actor.role,
        reason: problem,
      });
    entries.push({ bytes, facts: factsOf(entry) });
    head = entryDigest(bytes);
  }

  const size = tail.size + entries.length;
  const first = entries[0];
  const origin = tail.origin ?? (first === undefined ? undefined : originOf(first.bytes));
  if (origin === undefined) throw new TypeError('a commit without acts');
  const leaves = entries.map(({ bytes }) => leafHash(bytes));
  const nodes = appendLeaves(reader, tail.size, leaves);
  const root = Buffer.from(rootAt(withNodes(reader, nodes), size)).toString('hex');
  const keys = authority.keysSeq;
  const checkpoint = encodeCheckpoint({ origin, size, root, head, time: at, keys });
  return { entries, nodes, checkpoint, tail: { size, head, at, actor, origin, authority } };
}

/**
 * The tail of a stored ledger.
 * @param keysEntries bytes of its genesis, member-* and key-* entries, ascending, with their seq
 * @throws DomainError as `decodeEntry`, `ledger-damaged` when they do not follow one another
 */
export function tailOf(
  last: { readonly seq: number; readonly bytes: Uint8Array } | undefined,
  keysEntries: readonly { readonly seq: number; readonly bytes: Uint8Array }[],
): Tail {
  const genesis = keysEntries[0];
  if (last === undefined || genesis === undefined) return EMPTY_TAIL;
  const authority = new Authority();
  for (const { seq, bytes } of keysEntries) {
    const problem = authority.apply(decodeEntry(bytes, seq));
    if (problem !== undefined) throw new DomainError('ledger-damaged', { problem });
  }
  const { at, actor } = decodeEntry(last.bytes, last.seq);
  const head = entryDigest(last.bytes);
  return { size: last.seq + 1, head, at, actor, origin: originOf(genesis.bytes), authority };
}

/** The keys chain is the ledger's own: no caller has to know where it stands. */
function withPrevKeys(act: Act, authority: Authority): unknown {
  return isKeysType(act.type) && act.type !== 'genesis'
    ? { ...act.detail, prevKeys: authority.keysSeq }
    : act.detail;
}
