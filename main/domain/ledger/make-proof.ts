import { DomainError } from '../errors/index.ts';
import type { Engine } from '../pgp/engine.ts';
import { KEYS_TYPES } from './authority.ts';
import { certificatesFor } from './certificates-for.ts';
import { decodeEntry } from './entry.ts';
import type { KeptCheckpoint, LedgerAudit } from './ledger-store.ts';
import { consistencyProof, inclusionProof } from './merkle.ts';
import { Named } from './named.ts';
import { PROOF_FORMAT, type Proof } from './proof.ts';

/** What a proof is made from. */
export interface ProofSource {
  readonly store: LedgerAudit;
  readonly engine: Engine;
  readonly at: Date;
}

/**
 * That an entry stands in the ledger, under the checkpoint of `size`: the last one unless told.
 * @throws DomainError `entry-unknown`, `checkpoint-not-kept`, `ledger-node-missing`
 */
export async function proveEntry(source: ProofSource, seq: number, size?: number): Promise<Proof> {
  const { store } = source;
  const checkpoint = keptAt(store, size);
  if (seq >= checkpoint.size || store.entry(seq) === undefined)
    throw new DomainError('entry-unknown', { seq });
  return { ...(await underCheckpoint(source, checkpoint, [seq])), seq };
}

/**
 * That the ledger at `to`, the last checkpoint unless told, continues what it was at `from`.
 * @throws DomainError `checkpoint-not-kept`, `checkpoint-order`, `ledger-node-missing`
 */
export async function proveContinuation(
  source: ProofSource,
  from: number,
  to?: number,
): Promise<Proof> {
  const { store } = source;
  const checkpoint = keptAt(store, to);
  const { body, signature } = keptAt(store, from);
  if (from > checkpoint.size)
    throw new DomainError('checkpoint-order', { from, to: checkpoint.size });
  const hashes = consistencyProof(store, from, checkpoint.size).map(hex);
  const proof = await underCheckpoint(source, checkpoint, [from - 1]);
  return { ...proof, earlier: { body, signature, hashes } };
}

/** The checkpoint, the chosen entries, and all that shows who could make and sign them. */
async function underCheckpoint(
  { store, engine, at }: ProofSource,
  { size, body, signature }: KeptCheckpoint,
  chosen: readonly number[],
): Promise<Omit<Proof, 'seq' | 'earlier'>> {
  const keys = store.query({ types: ['genesis', ...KEYS_TYPES], order: 'ascending' });
  const inKeys = new Set([0, ...keys.map(({ seq }) => seq)].filter((seq) => seq < size));
  const seqs = [...new Set([...inKeys, ...chosen, size - 1])].sort((a, b) => a - b);
  const named = new Named();
  const entries = seqs.map((seq) => {
    const [bytes] = store.bytesBetween(seq, seq + 1);
    if (!bytes) throw new DomainError('ledger-entry-missing', { seq });
    const entry = decodeEntry(bytes, seq);
    named.signers.add(entry.actor.fingerprint);
    if (inKeys.has(seq)) named.note(entry, true);
    const hashes = inclusionProof(store, seq, size).map(hex);
    return { text: Buffer.from(bytes).toString('utf8'), hashes };
  });
  const certificates = [];
  for await (const { fingerprint, armored } of certificatesFor(store, engine, at, named))
    certificates.push({ fingerprint, armored });
  const statements = [...named.evidence].sort().flatMap((digest) => {
    const found = store.evidence(digest);
    return found?.kind === 'rotation' ? [Buffer.from(found.bytes).toString('utf8')] : [];
  });
  const checkpoint = { body, signature };
  return { format: PROOF_FORMAT, checkpoint, entries, certificates, statements };
}

/** @throws DomainError `checkpoint-not-kept` with the nearest ones that are */
function keptAt(store: LedgerAudit, size: number | undefined): KeptCheckpoint {
  const kept = store.checkpoints();
  const found = size === undefined ? kept.at(-1) : kept.find((each) => each.size === size);
  if (found) return found;
  const sizes = kept.map((each) => each.size);
  const before = sizes.filter((each) => each < (size ?? 0)).at(-1);
  const after = sizes.find((each) => each > (size ?? 0));
  const near = [before, after].filter((each) => each !== undefined).join(', ');
  throw new DomainError('checkpoint-not-kept', { size: size ?? 0, near });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
