import { DomainError } from '../errors/index.ts';
import type { Fingerprint } from '../identifiers.ts';
import { decodeCanonical } from '../json/canonical.ts';
import { checkDocument } from '../json/document.ts';
import {
  ArmoredSignature,
  CheckpointBody,
  Consistency,
  type ConsistencyProof,
} from '../transfers/ledger-part.ts';
import type { FoundFiles } from './bag-contents.ts';
import { broken, decodeText } from './bag-lists.ts';
import type { Manifest } from './manifest.ts';

export interface ReadApproval {
  readonly fingerprint: Fingerprint;
  /** Armored, detached, over the bytes of `release.json`. */
  readonly signature: string;
  /** As the sender gave it: vouched for by the sender, not by anybody here. */
  readonly certificate?: string;
}

export interface ReadLedger {
  readonly checkpoint: string;
  readonly signature: string;
  readonly consistency: readonly ConsistencyProof[];
  /** Entry 0, of a ledger that continues another. */
  readonly genesis?: string;
}

/**
 * The approvals in a bag. One by somebody whom the manifest does not name is refused, since it
 * would look like one that counts.
 * @throws DomainError `bag-approval-unlisted`, `bag-tag-malformed`
 */
export function readApprovals(found: FoundFiles, manifest: Manifest): ReadApproval[] {
  const listed = new Set(manifest.approval.approvers.map(({ fingerprint }) => fingerprint));
  const approvals: ReadApproval[] = [];
  for (const path of found.paths()) {
    const fingerprint = /^approvals\/([0-9A-F]+)\.asc$/.exec(path)?.[1];
    const signature = found.text(path);
    if (fingerprint === undefined || !signature) continue;
    if (!listed.has(fingerprint)) throw new DomainError('bag-approval-unlisted', { fingerprint });
    const text = decodeText(signature, path);
    if (!ArmoredSignature.safeParse(text).success)
      throw broken(path, 'it is not an armored OpenPGP signature');
    const name = `approvals/${fingerprint}.cert.asc`;
    const certificate = found.text(name);
    approvals.push({
      fingerprint,
      signature: text,
      ...(certificate ? { certificate: decodeText(certificate, name) } : {}),
    });
  }
  return approvals.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
}

/**
 * The sender's checkpoint, or nothing when the bag has none: all of it or none of it.
 * @throws DomainError `bag-tag-missing`, `bag-tag-malformed`, `not-canonical`, `document-refused`
 */
export function readLedger(found: FoundFiles): ReadLedger | undefined {
  const checkpoint = found.text('ledger/checkpoint');
  const signature = found.text('ledger/checkpoint.asc');
  const proofs = found.text('ledger/consistency.json');
  const genesis = found.text('ledger/genesis.json');
  if (!checkpoint && !signature && !proofs && !genesis) return undefined;
  if (!checkpoint) throw new DomainError('bag-tag-missing', { name: 'ledger/checkpoint' });
  if (!signature) throw new DomainError('bag-tag-missing', { name: 'ledger/checkpoint.asc' });
  const body = decodeText(checkpoint, 'ledger/checkpoint');
  const armored = decodeText(signature, 'ledger/checkpoint.asc');
  if (!CheckpointBody.safeParse(body).success)
    throw broken('ledger/checkpoint', 'it is not the body of a checkpoint');
  if (!ArmoredSignature.safeParse(armored).success)
    throw broken('ledger/checkpoint.asc', 'it is not an armored OpenPGP signature');
  const what = 'ledger/consistency.json';
  const consistency = proofs
    ? checkDocument({ schema: Consistency, what }, decodeCanonical(proofs, what))
    : [];
  return {
    checkpoint: body,
    signature: armored,
    consistency,
    ...(genesis ? { genesis: decodeText(genesis, 'ledger/genesis.json') } : {}),
  };
}
